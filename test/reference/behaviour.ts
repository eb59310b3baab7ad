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
  const runs = [...sprees(facts), ...floods(facts)]
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
        (userAgent !== null && automatedBy(userAgent) !== null) || isInRun(fact) || (noted?.crowd ?? 0) > 0
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

const SCANS = [
  { links: 2, withinMs: SECOND_MS },
  { links: 3, withinMs: 10 * SECOND_MS },
]

/** Clicks on several links of one message within a moment, in whatever browsers. */
function scansIn(facts: readonly Fact[]): readonly Fact[] {
  const clicks = facts.filter(({ noted }) => noted?.click)
  const isOfMessage = (one: Fact, other: Fact) =>
    one.noted?.click?.email === other.noted?.click?.email &&
    one.noted?.click?.message === other.noted?.click?.message
  return SCANS.flatMap(({ links, withinMs }) =>
    clicks.flatMap(first => {
      const near = clicks.filter(
        click =>
          isOfMessage(click, first) &&
          first.occurredAt <= click.occurredAt &&
          click.occurredAt <= first.occurredAt + withinMs,
      )
      return new Set(near.map(({ noted }) => noted?.click?.link)).size >= links ? near : []
    }),
  )
}

/** 400 events of a browser that came within a minute, whenever they are said to have happened. */
function floods(facts: readonly Fact[]): readonly Run[] {
  return [...new Set(facts.map(({ subject }) => subject))].flatMap(subject => {
    const sent = facts.filter(
      fact => fact.subject === subject && fact.origin === 'browser' && isOfBrowser(fact),
    )
    if (sent.length < 400) return []
    return sent.flatMap(first => {
      const near = sent.filter(({ receivedAt }) => {
        return first.receivedAt <= receivedAt && receivedAt < first.receivedAt + MINUTE_MS
      })
      const times = near.map(timeOf)
      return near.length >= 400 ? [{ subject, from: Math.min(...times), to: Math.max(...times) }] : []
    })
  })
}
