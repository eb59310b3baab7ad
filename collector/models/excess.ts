import { Lexer } from 'yaml'
import { type ModelProblem, problemAt } from './problems.ts'

/** Limits of the file, all far above any model written by people (our choice). */
const MOST_BYTES = 1_000_000
const MOST_TOKENS = 100_000
const MOST_TOKEN_CHARS = 8_000
export const MOST_NESTING = 20
/** Beyond it nothing is parsed: a parser that goes down some hundred levels may take the process with it. */
const MOST_OPEN = 5 * MOST_NESTING

/**
 * What is too much of a text, found in one cheap pass: parsing hostile YAML costs seconds or the whole process, lexing does
 * not. Null: nothing is.
 */
export function excessOf(text: string): ModelProblem | null {
  const bytes = Buffer.byteLength(text)
  if (bytes > MOST_BYTES) return refusal(START, `a file of at most ${MOST_BYTES} bytes`, `${bytes} bytes`)
  const spot = { ...START }
  const nesting = startNesting()
  let tokens = 0
  let isText = false
  for (const token of new Lexer().lex(text)) {
    tokens += 1
    if (tokens > MOST_TOKENS) return refusal(START, `at most ${MOST_TOKENS} YAML tokens`, 'more')
    const flaw = flawOf(token, isText)
    if (flaw) return refusal(spot, ...flaw)
    if (nesting(token, spot.column, isText) > MOST_OPEN)
      return refusal(spot, `at most ${MOST_NESTING} levels of nesting`, 'more')
    isText = token === TEXT_FOLLOWS
    if (!WIDTHLESS.has(token)) move(spot, token)
  }
  return null
}

type Flaw = readonly [expected: string, got: string]

function flawOf(token: string, isText: boolean): Flaw | null {
  if (token.startsWith('%') && !isText) return ['no YAML directives', 'a line that starts with %']
  return token.length > MOST_TOKEN_CHARS
    ? [`texts of at most ${MOST_TOKEN_CHARS} characters`, `one of ${token.length}`]
    : null
}

const START = { line: 1, column: 1 }
type Spot = { line: number; column: number }

const refusal = (at: Readonly<Spot>, expected: string, got: string): ModelProblem =>
  problemAt({ ...at, path: '' }, { expected, got })

/** The lexer's marks: a scalar follows, a document begins, flow ends in error; none of them is in the text. */
const TEXT_FOLLOWS = '\u001f'
const WIDTHLESS: ReadonlySet<string> = new Set([TEXT_FOLLOWS, '\u0002', '\u0018'])

function move(spot: Spot, token: string): void {
  const lines = token.split('\n')
  const last = lines.at(-1) ?? ''
  spot.line += lines.length - 1
  spot.column = lines.length > 1 ? last.length + 1 : spot.column + last.length
}

const BRACKETS: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
])
const ITEMS: ReadonlySet<string> = new Set(['-', '?'])

/** Counts, token by token, at least as many levels as are open: brackets, and columns at which something began. */
function startNesting(): (token: string, column: number, isText: boolean) => number {
  const columns: number[] = []
  let brackets = 0
  return (token, column, isText) => {
    if (!isText) brackets = Math.max(0, brackets + (BRACKETS.get(token) ?? 0))
    const begins = isText ? brackets === 0 : ITEMS.has(token)
    if (!begins) return brackets + columns.length
    while ((columns.at(-1) ?? 0) >= column) columns.pop()
    columns.push(column)
    return brackets + columns.length
  }
}
