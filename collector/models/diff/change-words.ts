import type { Condition, EngagementRule, FitRule, Gate, ScoringModel } from '../../contracts/model.ts'
import { conditionWords, durationWords } from './words.ts'

/** Changes of a model in words: what is new, what is gone, what is instead of what. */

export function engagementChange(from: EngagementRule | null, to: EngagementRule | null): string {
  if (from && to) return changed(to.id, from, to, ENGAGEMENT_PARTS)
  return to ? `new rule ${to.id}: ${earns(to)}` : `rule ${from?.id} is gone (${from ? earns(from) : ''})`
}

const earns = (rule: EngagementRule): string =>
  `${points(rule)} for ${event(rule)}${rule.window ? `, ${ENGAGEMENT_PARTS.window(rule)}` : ''}`

export function fitChange(from: FitRule | null, to: FitRule | null): string {
  if (from && to) return changed(to.id, from, to, FIT_PARTS)
  return to
    ? `new rule ${to.id}: ${points(to)} for ${conditionWords(to.if)}`
    : `rule ${from?.id} is gone (${from ? `${points(from)} for ${conditionWords(from.if)}` : ''})`
}

export function gateChange(from: Gate | null, to: Gate | null): string {
  if (!to) return `no longer excluded: ${from?.id}`
  const whom = `${to.id} (${conditionWords(to.if)})`
  return from ? `excluded: ${whom} instead of ${conditionWords(from.if)}` : `now excluded: ${whom}`
}

export function conditionChange(from: Condition | null, to: Condition | null): string {
  if (!to) return `no longer asked: ${from ? conditionWords(from) : ''}`
  if (!from) return `asked in addition: ${conditionWords(to)}`
  const [before, after] = [floorOf(from), floorOf(to)]
  return before && after && before.key === after.key
    ? `${after.key} must reach ${after.floor} instead of ${before.floor}`
    : `asked: ${conditionWords(to)}; instead of: ${conditionWords(from)}`
}

function floorOf(condition: Condition): { readonly key: string; readonly floor: number } | null {
  if (!('key' in condition) || !('from' in condition.is)) return null
  const { from, to } = condition.is
  return from === undefined || to !== undefined ? null : { key: condition.key, floor: from }
}

type FastTrack = ScoringModel['mql']['fastTrack']

export function fastTrackChange(from: FastTrack, to: FastTrack): string {
  if (!to) return `${from?.rule} no longer goes straight through`
  const now = `${to.rule} goes straight through${fitFloor(to)}`
  if (!from) return now
  return from.rule === to.rule
    ? `${now} instead of${fitFloor(from).replace(' from fit', '')}`
    : `${now} instead of ${from.rule}${fitFloor(from)}`
}

const fitFloor = ({ fitFrom }: NonNullable<FastTrack>): string =>
  fitFrom === null ? ' whatever the fit' : ` from fit ${fitFrom}`

type Parts<T> = Readonly<Record<string, (rule: T) => string>>

/** The parts of a rule that are said otherwise than before. */
function changed<T>(id: string, from: T, to: T, parts: Parts<T>): string {
  const said = Object.values(parts).map(say => [say(from), say(to)] as const)
  const different = said.filter(([before, after]) => before !== after)
  return `${id}: ${different.map(([before, after]) => `${after} instead of ${before}`).join('; ')}`
}

const points = ({ points: count }: { readonly points: number }): string =>
  `${String(count).replace('-', '−')} point${Math.abs(count) === 1 ? '' : 's'}`

const event = ({ on, if: condition }: EngagementRule): string =>
  condition === null ? on.replaceAll('_', ' ') : `${on.replaceAll('_', ' ')} (${conditionWords(condition)})`

const sets = (rule: { readonly sets: readonly string[] }): string =>
  rule.sets.length > 0 ? `a sign of ${rule.sets.join(' and ')}` : 'a sign of nothing'

const FIT_PARTS: Parts<FitRule> & { readonly points: (rule: FitRule) => string } = {
  points,
  if: rule => conditionWords(rule.if),
  sets,
}

const ENGAGEMENT_PARTS = {
  points,
  event,
  cap: ({ cap }) =>
    cap ? `at most ${cap.points} points${cap.per === 'day' ? ' a day' : ' in all'}` : 'no limit',
  once: ({ once }) => (once ? 'only the first time' : 'every time'),
  window: ({ window }) =>
    window
      ? `${window.atLeast} times (${window.per}s) within ${durationWords(window.withinMs)}${window.again === 'never' ? ', once' : ''}`
      : 'each by itself',
  sets,
  for: ({ forMs }) => (forMs === null ? 'held as long as it is true' : `held for ${durationWords(forMs)}`),
} as const satisfies Parts<EngagementRule>
