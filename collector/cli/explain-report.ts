import type { MissingShape } from '../queries/lead-shape.ts'
import type { ScoreShape } from '../queries/score-shape.ts'
import { ENGLISH } from '../queries/words/english.ts'
import { bar, columns, plain } from './columns.ts'
import type { Paint } from './paint.ts'

/** A lead's explanation with what is needed to show it. */
export interface Explained {
  readonly site: string
  readonly id: string
  /** of the model: in which instants are shown */
  readonly timezone: string
  readonly score: ScoreShape
}

/** Of every terminal (our choice). */
const WIDTH = 80
const BAR_WIDTH = 10
const INDENT = 2

/** An explanation as people read it at a terminal: the summary, both scores rule by rule, what is missing, until when. */
export function explanationLines(explained: Explained, paint: Paint): readonly string[] {
  const { score } = explained
  const title = (text: string): string => paint('bold', text)
  return [
    ...wrapped(score.summary, WIDTH),
    '',
    ...wrapped(contextOf(explained), WIDTH).map(line => paint('dim', line)),
    '',
    title(`Fit ${brief(score.fit.score)}, grade ${score.grade}`),
    ...fitLines(score),
    '',
    title(`Engagement ${brief(score.engagement.score)}`),
    ...engagementLines(score, paint),
    ...missingLines(score.missing, title),
    ...untilLines(explained, title),
  ]
}

function contextOf({ site, id, timezone, score }: Explained): string {
  const { asOf, model, stage } = score
  const at = Date.parse(asOf)
  const when = ENGLISH.moment(at, { at, timezone })
  return `Stage: ${ENGLISH.stage(stage)}. As of ${when} (${timezone}), by ${model.name}, version ${model.version}. Lead ${id} of ${site}.`
}

function fitLines({ fit }: ScoreShape): readonly string[] {
  if (fit.reasons.length === 0) return ['  No rule matches.']
  return table(fit.reasons.map(({ rule, decayed, text }) => ({ cells: [signed(decayed)], rule, text })))
}

function engagementLines({ engagement }: ScoreShape, paint: Paint): readonly string[] {
  if (engagement.reasons.length === 0) return ['  Nothing that earns points.']
  const rows = engagement.reasons.map(({ rule, decayed, earned, capped, text }) => {
    const left = bar(Math.abs(decayed), Math.abs(earned - capped), BAR_WIDTH, null)
    return {
      cells: [shown(decayed), left.replaceAll(' ', '·')],
      rule,
      text,
      look: (text: string) => paint(decayed < 0 ? 'red' : 'green', text),
    }
  })
  return table(rows)
}

interface Row {
  /** points, and a bar of what is left of them */
  readonly cells: readonly string[]
  readonly rule: string
  readonly text: string
  readonly look?: (bar: string) => string
}

const MAX_RULE_CHARS = 20

/** Rows whose last column goes on in the lines below. */
function table(rows: readonly Row[]): readonly string[] {
  const names = rows.map(({ rule }) => plain(rule, MAX_RULE_CHARS))
  const points = Math.max(...rows.map(({ cells }) => cells[0]?.length ?? 0))
  const bars = rows[0]?.cells.length === 2 ? BAR_WIDTH + 2 : 0
  const used = INDENT + points + 2 + bars + Math.max(...names.map(name => [...name].length)) + 2
  return columns(
    rows.flatMap(({ cells: [left = '', drawn], text, look }, index) => {
      const [first = '', ...more] = wrapped(text, WIDTH - used)
      const paint = look ? { paint: look } : {}
      const figures = [{ text: left, align: 'right' as const }, ...(drawn ? [{ text: drawn, ...paint }] : [])]
      return [
        [...figures, names[index] ?? '', first],
        ...more.map(line => [...figures.map(() => ''), '', line]),
      ]
    }),
    INDENT,
  )
}

function missingLines(missing: readonly MissingShape[], title: (text: string) => string): readonly string[] {
  const lacking = missing.filter(({ kind }) => kind !== 'closer' && kind !== 'trait')
  const unknown = missing.filter(({ kind }) => kind === 'trait')
  const enough = missing.filter(({ kind }) => kind === 'closer')
  return [
    ...list(title('Missing for an MQL'), lacking),
    ...list(title('Not known'), unknown),
    ...list(title('Any of these'), enough),
  ]
}

function list(head: string, items: readonly MissingShape[]): readonly string[] {
  if (items.length === 0) return []
  const lines = items.flatMap(({ text }) =>
    wrapped(text, WIDTH - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
  )
  return ['', head, ...lines]
}

function untilLines({ score, timezone }: Explained, title: (text: string) => string): readonly string[] {
  const { mql, until, asOf } = score
  const when = { at: Date.parse(asOf), timezone }
  const said = [
    ...(mql?.until
      ? [`${title('MQL until')} ${ENGLISH.moment(Date.parse(mql.until), when)}, if nothing happens.`]
      : []),
    ...(mql && until && until !== mql.until
      ? [
          `${title('Engagement below the exit from')} ${ENGLISH.moment(Date.parse(until), when)}, if nothing happens.`,
        ]
      : []),
  ]
  return said.length > 0 ? ['', ...said] : []
}

/** Broken between words, without characters that steer a terminal; a word longer than a line has it to itself. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text, MAX_TEXT_CHARS).split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if ([...longer].length > width && line !== '') {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

const MAX_TEXT_CHARS = 4_000

const shown = (points: number): string => points.toFixed(1).replace('-', '−')
const brief = (points: number): string => shown(points).replace(/\.0$/, '')
const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points)}`
