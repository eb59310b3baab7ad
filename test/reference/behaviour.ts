import { TRAFFIC_KINDS, type TrafficKind } from '../../collector/contracts/evidence.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import { automatedBy } from '../../collector/enrich/user-agents.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'

/** What the timelines show of who was behind them (trust.md, score inflation). */
export interface Behaviour {
  /** a person's word on a whole timeline */
  saidOf(fact: Fact): TrafficKind | null
  isProgram(fact: Fact): boolean
  /** the browser was marked as one of our own by then */
  isOurOwn(fact: Fact): boolean
}

const PROGRAMS: readonly TrafficKind[] = ['bot', 'ai_crawler', 'link_preview', 'mail_scanner', 'headless']

/** @param facts of everybody, in order */
export function behaviourOf(facts: readonly Fact[]): Behaviour {
  const words = facts.filter(({ type }) => type === 'reclassify')
  const marks = facts.filter(({ noted }) => noted?.optedOut)
  const runs = sprees(facts)
  const isInFlood = floodsIn(facts)
  const saidOf = ({ subject }: Fact) =>
    TRAFFIC_KINDS.find(kind => kind === words.findLast(word => word.subject === subject)?.props.kind) ?? null
  const isInRun = ({ subject, occurredAt }: Fact) =>
    runs.some(run => run.subject === subject && run.from <= occurredAt && occurredAt <= run.to)
  return {
    saidOf,
    isProgram: fact => {
      const said = saidOf(fact)
      if (said !== null) return PROGRAMS.includes(said)
      const { userAgent, noted } = fact
      return (
        (userAgent !== null && automatedBy(userAgent) !== null) ||
        (isOfBrowser(fact) && (isInRun(fact) || isInFlood(fact))) ||
        (noted?.crowd ?? 0) > 0
      )
    },
    isOurOwn: fact => marks.some(mark => mark.subject === fact.subject && !isAfter(mark, fact)),
  }
}

const isAfter = (one: Fact, other: Fact): boolean =>
  one.occurredAt === other.occurredAt ? one.id > other.id : one.occurredAt > other.occurredAt

interface Run {
  readonly subject: string
  readonly from: number
  readonly to: number
}

const PAUSE_MS = 30 * MINUTE_MS

/** A sitting is a program's from the first of 40 views within a minute, or the first click of a mail scanner, to its end. */
function sprees(facts: readonly Fact[]): readonly Run[] {
  const scans = scansIn(facts)
  return sittingsOf(facts.filter(isOfBrowser)).flatMap(sitting => {
    const views = sitting.filter(({ type }) => type === 'page_view')
    const isFast = ({ occurredAt }: Fact, i: number) =>
      (views[i + 39]?.occurredAt ?? Number.POSITIVE_INFINITY) - occurredAt < MINUTE_MS
    const starts = [...views.filter(isFast), ...sitting.filter(fact => scans.includes(fact))]
    const [one, last] = [sitting[0], sitting.at(-1)]
    if (!one || !last || starts.length === 0) return []
    return [{ subject: one.subject, from: Math.min(...starts.map(timeOf)), to: last.occurredAt }]
  })
}

const timeOf = ({ occurredAt }: Fact): number => occurredAt

/** A server's calls may come at any pace; the lines of a log, which name an agent, are a visitor's. */
const isOfBrowser = ({ origin, visitor, userAgent, tooLate, type }: Fact): boolean =>
  !tooLate && type !== 'reclassify' && visitor !== null && (origin === 'browser' || userAgent !== null)

/** The facts of each timeline, parted where it paused. */
function sittingsOf(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const sittings: Fact[][] = []
  for (const fact of facts) {
    const last = sittings.findLast(([one]) => one?.subject === fact.subject)
    const isSame = last && fact.occurredAt - (last.at(-1)?.occurredAt ?? 0) <= PAUSE_MS
    if (isSame) last.push(fact)
    else sittings.push([fact])
  }
  return sittings
}

const SCANS: readonly { clicks: number; withinMs: number; isEach: boolean }[] = [
  { clicks: 3, withinMs: SECOND_MS, isEach: true },
  { clicks: 2, withinMs: SECOND_MS, isEach: false },
  { clicks: 3, withinMs: 10 * SECOND_MS, isEach: false },
]

/** Clicks of one message within a moment: several links, or in several browsers, or too many of whatever kind. */
function scansIn(facts: readonly Fact[]): readonly Fact[] {
  const clicks = facts.filter(({ noted }) => noted?.click)
  const isOfMessage = (one: Fact, other: Fact) =>
    one.noted?.click?.email === other.noted?.click?.email &&
    one.noted?.click?.message === other.noted?.click?.message
  const wayOf = ({ subject, noted }: Fact) => `${noted?.click?.link} in ${subject}`
  return SCANS.flatMap(({ clicks: many, withinMs, isEach }) =>
    clicks.flatMap(first => {
      const near = clicks.filter(
        click =>
          isOfMessage(click, first) &&
          first.occurredAt <= click.occurredAt &&
          click.occurredAt <= first.occurredAt + withinMs,
      )
      return (isEach ? near.length : new Set(near.map(wayOf)).size) >= many ? near : []
    }),
  )
}

const SPELL_MS = 2 * MINUTE_MS

/** 300 events of a browser that came within one of the two-minute spells, whenever they are said to have happened. */
function floodsIn(facts: readonly Fact[]): (fact: Fact) => boolean {
  const sent = facts.filter(fact => fact.origin === 'browser' && isOfBrowser(fact))
  const starts = [0, MINUTE_MS]
  const spellsOf = ({ subject, receivedAt }: Fact) =>
    starts.map(ms => `${subject} ${ms} ${Math.floor((receivedAt + ms) / SPELL_MS)}`)
  const counts = new Map<string, number>()
  for (const spell of sent.flatMap(spellsOf)) counts.set(spell, (counts.get(spell) ?? 0) + 1)
  return fact => fact.origin === 'browser' && spellsOf(fact).some(spell => (counts.get(spell) ?? 0) >= 300)
}
