/** One mistake in goldpan.yaml or in a list file beside it. */
export interface ModelProblem {
  /** the list file it is in; null: goldpan.yaml itself */
  readonly file: string | null
  /** from 1 */
  readonly line: number
  /** from 1, in characters */
  readonly column: number
  /** where in the model, `engagement.rules[2].points`; empty for the whole file */
  readonly path: string
  readonly expected: string
  readonly got: string
  /** a sentence that says what to do; null: none is known */
  readonly fix: string | null
  /** the whole sentence: what was expected, what came, and the fix where one is known */
  readonly message: string
}

/** A spot in the text, and its name in the model. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

export interface Finding {
  readonly expected: string
  readonly got: string
  /** a sentence that says what to do */
  readonly fix?: string | null
}

export type Report = (place: Place, finding: Finding) => void

/** Beyond this a reader is not helped by more; also bounds the memory a hostile file can take (our choice). */
const MOST_PROBLEMS = 100

export const problemAt = (place: Place, finding: Finding, file: string | null = null): ModelProblem => ({
  file,
  line: place.line,
  column: place.column,
  path: place.path,
  expected: finding.expected,
  got: finding.got,
  fix: finding.fix ?? null,
  message: messageOf(place.path, finding),
})

function messageOf(path: string, { expected, got, fix }: Finding): string {
  const where = path === '' ? '' : `${path}: `
  return `${where}expected ${expected}, got ${got}.${fix ? ` ${fix}` : ''}`
}

/** In the order of the text, one for each spot (the first that was found), at most a hundred. */
export function inReadingOrder(problems: readonly ModelProblem[]): readonly ModelProblem[] {
  const spotOf = ({ file, line, column, path }: ModelProblem) => JSON.stringify([file, line, column, path])
  const first = new Map<string, ModelProblem>()
  for (const problem of problems) if (!first.has(spotOf(problem))) first.set(spotOf(problem), problem)
  return [...first.values()]
    .sort((a, b) => (a.file ?? '').localeCompare(b.file ?? '') || a.line - b.line || a.column - b.column)
    .slice(0, MOST_PROBLEMS)
}

/** How a value is named in "got …": quoted and cut, so that a message stays one line. */
export function quoted(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  return `${typeof value === 'number' ? 'the number' : 'the yes/no value'} ${String(value)}`
}
