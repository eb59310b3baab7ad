import { calendarDay } from '../../shared/calendar.ts'
import type { Bucket, Group, Median, ModelDiff, ModelName, Moved, PersonDiff } from '../models/diff/shapes.ts'
import { durationWords } from '../models/diff/words.ts'
import { bar, type Cell, columns, plain } from './columns.ts'
import { qualityLines } from './diff-quality.ts'
import { DAYS_A_MONTH, headline, outcomeWords, tooFew } from './diff-words.ts'
import type { Paint } from './paint.ts'
import { count } from './words.ts'

/** A model diff as people read it: the answer in a sentence, then what it rests on. */
export function diffLines(diff: ModelDiff, paint: Paint): readonly string[] {
  const title = (text: string): string => paint('bold', text)
  return [
    ...headLines(diff, paint),
    '',
    ...headline(diff).map(title),
    '',
    title('What changes, and for how many leads it made the difference'),
    ...changeLines(diff, paint),
    '',
    title('MQLs'),
    ...mqlLines(diff, paint),
    '',
    ...pictureLines(diff, title, paint),
    '',
    title('Against what sales found'),
    ...qualityLines(diff, paint),
    '',
    ...groupLines('Gained', diff.gained, diff, paint),
    ...groupLines('Lost', diff.lost, diff, paint),
    paint(
      'dim',
      'Each model was tried as if it had been in force all the time, on what people did and said alone.',
    ),
    paint(
      'dim',
      `A person counts once, when a model first makes them an MQL. Days are those of ${diff.timezone}.`,
    ),
  ]
}

function headLines(
  { site, old, new: fresh, period, timezone, leads }: ModelDiff,
  paint: Paint,
): readonly string[] {
  const day = calendarDay(timezone)
  const named = (word: string, { label, name }: ModelName): readonly (Cell | string)[] => [
    { text: word, paint: text => paint('dim', text) },
    plain(label, 60),
    `“${plain(name, 40)}”`,
  ]
  const span = `${day(period.since)} to ${day(period.until)}`
  return [
    ...columns([named('old', old), named('new', fresh)], 0),
    `${plain(site, 60)}, ${span}, ${count(leads, 'lead')} in the history`,
  ]
}

function changeLines({ changes }: ModelDiff, paint: Paint): readonly string[] {
  if (changes.length === 0) return ['  Nothing that decides who is an MQL.']
  return columns(
    changes.map(({ text, gained, lost }, index) => [
      { text: letterOf(index), paint: one => paint('bold', one) },
      { text: gained > 0 ? `+${gained}` : '', align: 'right', paint: one => paint('green', one) },
      { text: lost > 0 ? `−${lost}` : '', align: 'right', paint: one => paint('red', one) },
      plain(text, 100) + (gained + lost === 0 ? ' (nobody)' : ''),
    ]),
  )
}

/** Changes are referred to by a letter; there are never more than the alphabet has (changes.ts). */
const letterOf = (index: number): string => String.fromCodePoint(0x61 + index)

function mqlLines({ mqls, gained, lost, kept, timing, quality }: ModelDiff, paint: Paint): readonly string[] {
  const numbers = (...both: readonly string[]): readonly Cell[] =>
    both.map(text => ({ text, align: 'right' as const }))
  const wait = ({ n, medianMs }: Median): string =>
    medianMs === null ? tooFew({ n }, quality.minN) : durationWords(medianMs)
  const { firstVisitToMql, staysMql, earlier, later, same } = timing
  const heads = numbers('old', 'new').map(cell => ({ ...cell, paint: (text: string) => paint('dim', text) }))
  const rows: readonly (readonly (Cell | string)[])[] = [
    ['', ...heads],
    ['in the period', ...numbers(String(mqls.old), String(mqls.new)), signed(mqls.new - mqls.old)],
    ['from first visit to MQL, median', ...numbers(wait(firstVisitToMql.old), wait(firstVisitToMql.new))],
    ['stays one if nobody takes it up, median', ...numbers(wait(staysMql.old), wait(staysMql.new))],
  ]
  const moves = [
    ...movedWords(earlier, 'sooner'),
    ...movedWords(later, 'later'),
    same > 0 ? `${same} at the same moment` : [],
    ...before('old', kept.total + lost.total - mqls.old),
    ...before('new', kept.total + gained.total - mqls.new),
  ].flat()
  return [
    ...columns(rows),
    '',
    ...columns([
      [{ text: 'gained', paint: text => paint('green', text) }, ...numberAndOutcomes(gained)],
      [{ text: 'lost', paint: text => paint('red', text) }, ...numberAndOutcomes(lost)],
      ['kept', ...numberAndOutcomes(kept)],
      ...(moves.length > 0 ? [['', '', `of them ${moves.join(', ')}`]] : []),
    ]),
  ]
}

function movedWords({ count, medianMs }: Moved, how: string): readonly string[] {
  if (count === 0) return []
  return [`${count} ${how}${medianMs === null ? '' : ` (by ${durationWords(medianMs)}, median)`}`]
}

/** Kept people who under one model were MQLs before the period began, and so do not count in it. */
const before = (side: string, count: number): readonly string[] =>
  count > 0 ? [`${count} under the ${side} model already before the period`] : []

const numberAndOutcomes = ({ total, outcomes }: Group): readonly (Cell | string)[] => [
  { text: String(total), align: 'right' },
  total > 0 ? outcomeWords(outcomes) : '',
]

const signed = (number: number): string => (number > 0 ? `+${number}` : String(number).replace('-', '−'))

/** More weeks than this are shown by month: a picture is read at a glance. */
const MOST_WEEKS = 14
const BAR_CHARS = 26

function pictureLines(diff: ModelDiff, title: (text: string) => string, paint: Paint): readonly string[] {
  const byWeek = diff.perWeek.length <= MOST_WEEKS
  const buckets = byWeek ? diff.perWeek : diff.perMonth
  const target = diff.mqlsPerMonthTarget
  const targetIn = ({ days }: Bucket): number | null =>
    target === null ? null : (target * days) / DAYS_A_MONTH
  const most = Math.max(1, ...buckets.flatMap(one => [one.old, one.new, targetIn(one) ?? 0]))
  const whole = byWeek ? 7 : 28
  const heading = byWeek ? 'MQLs a week' : 'MQLs a month'
  const aim =
    target === null
      ? ''
      : `, ┊ the target of ${target} a month${byWeek ? ` (${perWeek(target)} a week)` : ''}`
  const side = (value: number, one: Bucket, style: 'dim' | 'cyan'): readonly Cell[] => [
    { text: String(value), align: 'right' },
    { text: bar(value, most, BAR_CHARS, targetIn(one)), paint: text => paint(style, text) },
  ]
  return [
    title(`${heading}${aim}`),
    ...columns([
      ['', '', 'old', '', 'new'],
      ...buckets.map(one => [
        byWeek ? one.start : one.start.slice(0, 7),
        ...side(one.old, one, 'dim'),
        ...side(one.new, one, 'cyan'),
        one.days < whole ? `${one.days} day${one.days === 1 ? '' : 's'}` : '',
      ]),
    ]),
  ]
}

const perWeek = (perMonth: number): number => Math.round((perMonth / DAYS_A_MONTH) * 7 * 10) / 10

const SHOWN_PEOPLE = 8

function groupLines(
  name: string,
  { total, people }: Group,
  diff: ModelDiff,
  paint: Paint,
): readonly string[] {
  if (total === 0) return []
  const day = calendarDay(diff.timezone)
  const shown = people.slice(0, SHOWN_PEOPLE)
  const letters = new Map(diff.changes.map((change, index) => [change.id, letterOf(index)]))
  const what = shown.length < total ? `${total}, here ${shown.length}` : String(total)
  const rows = shown.map(({ newAt, oldAt, outcome, who, id, rules, because }: PersonDiff) => [
    day(newAt ?? oldAt ?? 0),
    OUTCOME[outcome],
    plain([who.jobTitle, who.company].filter(part => part !== null).join(', ') || 'nothing known', 36),
    { text: id.slice(0, 8), paint: (text: string) => paint('dim', text) },
    plain(rules.join(', '), 44),
    becauseWords(because, letters),
  ])
  const heads = ['day', 'sales says', 'who', 'lead', 'by these rules', 'because of'].map(text => ({
    text,
    paint: (one: string) => paint('dim', one),
  }))
  return [paint('bold', `${name}: ${what}`), ...columns([heads, ...rows]), '']
}

function becauseWords(because: PersonDiff['because'], letters: ReadonlyMap<string, string>): string {
  if (!because || because.kind === 'together') return 'several together'
  const named = because.changes.map(id => letters.get(id) ?? id)
  return named.join(because.kind === 'needed' ? ' and ' : ' or ')
}

const OUTCOME = { good: 'good', bad: 'given back', open: 'not judged' } as const
