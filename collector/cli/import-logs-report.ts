import { SECOND_MS } from '../../shared/time.ts'
import type { DeliveryTally } from '../imports/delivery.ts'
import { type BrokenLine, type Counted, isNoLog, type LogTally } from '../imports/logs/log-tally.ts'
import { SKIP_REASONS, type SkipReason } from '../imports/logs/target.ts'
import { type Cell, columns, plain } from './columns.ts'
import { recordedLines } from './import-recorded.ts'
import { count, timeWords } from './words.ts'

export interface LogReport {
  readonly site: string
  readonly files: number
  /** where lines that name no host are; null: nothing says so */
  readonly base: string | null
  readonly tally: LogTally
  /** null: it was only counted */
  readonly recorded: DeliveryTally | null
  readonly tookMs: number
}

/** What was found in some logs, and what became of it. */
export function logReportLines({ site, files, base, tally, recorded, tookMs }: LogReport): readonly string[] {
  const { lines, firstAt, lastAt } = tally
  const span = firstAt === null || lastAt === null ? '' : `, ${timeWords(firstAt)} to ${timeWords(lastAt)}`
  const rate =
    tookMs < SECOND_MS ? '' : `; ${count(Math.round((lines / tookMs) * SECOND_MS), 'line')} a second`
  return [
    `${site}: ${count(files, 'log')}, ${count(lines, 'line')}${span}${rate}`,
    ...columns(whoRows(tally)),
    ...skippedLines(tally),
    ...brokenLines(tally),
    ...recordedLines(recorded),
    ...hints(tally, base),
  ]
}

const BOT_WORDS = {
  ai_crawler: 'AI crawlers',
  link_preview: 'link previews',
  mail_scanner: 'mail scanners',
  headless: 'headless browsers',
  bot: 'other robots',
} as const

function whoRows({ people, bots }: LogTally): readonly (readonly (Cell | string)[])[] {
  const kinds = Object.entries(BOT_WORDS).flatMap(([kind, words]) => {
    const counted = Object.entries(bots).find(([name]) => name === kind)?.[1]
    return counted ? [rowOf(words, counted)] : []
  })
  const head = ['', 'visitors', 'sessions', 'page views', 'downloads'].map(right)
  return [head, rowOf('people', people), ...kinds]
}

const rowOf = (
  words: string,
  { visitors, sessions, pageViews, downloads }: Counted,
): readonly (Cell | string)[] => [
  words,
  ...[visitors, sessions, pageViews, downloads].map(number => right(number.toLocaleString('en'))),
]

const right = (text: string): Cell => ({ text, align: 'right' })

const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  asset: 'scripts, styles, images, fonts, media, data',
  machine: 'robots.txt, feeds, APIs and other doors for programs',
  error: 'errors, 4xx and 5xx',
  redirect: 'redirects',
  method: 'not GET',
  no_content: 'without content, 204 to 206',
  other_host: 'pages of other hosts, or of none that is known',
  outside: 'outside --from and --to',
  future: 'in the future',
  bot: 'robots, with --bots skip',
  no_request: 'no request of HTTP',
}

function skippedLines({ skipped, empty }: LogTally): readonly string[] {
  const rows = SKIP_REASONS.flatMap(reason => {
    const lines = skipped[reason]
    return lines ? [{ lines, words: SKIP_WORDS[reason] }] : []
  })
  const all = [...rows, ...(empty > 0 ? [{ lines: empty, words: 'empty lines' }] : [])]
  if (all.length === 0) return []
  const sorted = all.sort((a, b) => b.lines - a.lines)
  return [
    'skipped:',
    ...columns(sorted.map(({ lines, words }) => [right(lines.toLocaleString('en')), words])),
  ]
}

function brokenLines({ broken, brokenFirst }: LogTally): readonly string[] {
  if (broken === 0) return []
  const first = brokenFirst.length < broken ? `, the first ${brokenFirst.length}` : ''
  return [`not understood: ${count(broken, 'line')}${first}:`, ...columns(brokenFirst.map(brokenRow))]
}

const brokenRow = ({ file, line, text }: BrokenLine): readonly string[] => [
  `${plain(file, 60)}:${line}`,
  text === null ? '(longer than any request)' : plain(text, 90),
]

/** What makes a count mean less than it seems, and how to mend it. */
function hints(tally: LogTally, base: string | null): readonly string[] {
  const { withoutAgent, skipped } = tally
  return [
    withoutAgent > 0 &&
      `${count(withoutAgent, 'event')} name no user agent, so robots among them count as people. Log in the combined format.`,
    (skipped.other_host ?? 0) > 0 &&
      (base === null
        ? 'Some lines name no host: say whose they are with --base https://www.example.com.'
        : `Only pages of the site's origins and of ${base} were taken.`),
    isNoLog(tally) && 'No line was understood: is it an access log? See --format.',
  ].filter(line => typeof line === 'string')
}
