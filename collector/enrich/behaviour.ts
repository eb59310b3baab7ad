import { SECOND_MS } from '../../shared/time.ts'
import { TRAFFIC_KINDS, type Traffic } from '../contracts/evidence.ts'
import { byOccurrence, type Fact } from '../contracts/facts.ts'
import { type Pace, watchPace } from './pace.ts'

/** What all timelines of a component show about who was behind them. Mutable: it sees what comes next, too. */
export interface Behaviour {
  /** What a person said of a timeline; null: nothing that stands. */
  saidOf(fact: Fact): Traffic | null
  /** Whether its browser had been marked as one of our own (facts.ts, Noted, optedOut). */
  isOwn(fact: Fact): boolean
  /** What speaks against a person behind a fact; null: nothing. */
  against(fact: Fact): Traffic | null
  /** Takes the next fact in, later than all so far. @returns whether earlier facts are seen otherwise now */
  see(fact: Fact): boolean
}

/** @param facts in order of occurrence */
export function behaviourIn(facts: readonly Fact[]): Behaviour {
  const said = wordsIn(facts)
  const scans = scansIn(facts)
  const paces = new Map<string, Pace>()
  const marks = new Map<string, Fact>()
  const take = (fact: Fact): boolean => {
    if (fact.noted?.optedOut && !marks.has(fact.subject)) marks.set(fact.subject, fact)
    if (fact.tooLate || !isOfBrowser(fact)) return false
    const pace = paces.get(fact.subject) ?? watchPace()
    paces.set(fact.subject, pace)
    return pace.see(fact, scans.has(fact.id))
  }
  for (const fact of facts) take(fact)
  return {
    saidOf: ({ subject }) => said.get(subject) ?? null,
    isOwn: fact => {
      const since = marks.get(fact.subject)
      return since !== undefined && byOccurrence(since, fact) <= 0
    },
    against: fact => (isOfBrowser(fact) ? (paces.get(fact.subject)?.against(fact) ?? null) : null),
    see: fact => isWordOnTraffic(fact) || fact.noted?.click !== undefined || take(fact),
  }
}

/** Of a fact that is looked at alone nothing is known beside itself. */
export const NO_BEHAVIOUR: Behaviour = {
  saidOf: () => null,
  isOwn: ({ noted }) => noted?.optedOut === true,
  against: () => null,
  see: () => false,
}

/** A program's own calls may come at any pace; a log's lines are a visitor's. */
const isOfBrowser = ({ origin, visitor, userAgent }: Fact): boolean =>
  visitor !== null && (origin === 'browser' || userAgent !== null)

/** A person's word on who is behind a visitor's whole timeline: `props.kind`, or `auto` to take it back. */
const isWordOnTraffic = ({ type }: Fact): boolean => type === 'reclassify'

function wordsIn(facts: readonly Fact[]): ReadonlyMap<string, Traffic> {
  const said = new Map<string, Traffic>()
  for (const { subject, actor, props } of facts.filter(isWordOnTraffic)) {
    const kind = TRAFFIC_KINDS.find(name => name === props.kind)
    if (kind) said.set(subject, { kind, evidence: `said by ${actor ?? 'an operator'}` })
    else said.delete(subject)
  }
  return said
}

/** Clicks on links of one message, and within how long (our choice): nobody reads that fast, scanners open all at once. */
const SCANS = [
  { clicks: 3, keyOf: ({ id }: Click): string => id, withinMs: SECOND_MS },
  { clicks: 2, keyOf: howOpened, withinMs: SECOND_MS },
  { clicks: 3, keyOf: howOpened, withinMs: 10 * SECOND_MS },
] as const

interface Click {
  readonly id: string
  readonly at: number
  readonly link: string
  readonly subject: string
}

/** The same link in the same browser may be somebody's impatience. */
function howOpened({ link, subject }: Click): string {
  return `${subject} ${link}`
}

/** Ids of the clicks that a mail scanner made: close to other clicks of the same message, in whatever browsers. */
function scansIn(facts: readonly Fact[]): ReadonlySet<string> {
  const byMail = new Map<string, Click[]>()
  for (const { id, occurredAt: at, subject, noted } of facts) {
    if (!noted?.click) continue
    const { email, message, link } = noted.click
    const mail = `${email} ${message}`
    byMail.set(mail, [...(byMail.get(mail) ?? []), { id, at, link, subject }])
  }
  return new Set([...byMail.values()].flatMap(scansOf))
}

/** @param clicks of one mail, in order of occurrence */
function scansOf(clicks: readonly Click[]): readonly string[] {
  return clicks.flatMap((first, index) =>
    SCANS.flatMap(({ clicks: many, keyOf, withinMs }) => {
      const end = clicks.findIndex(({ at }) => at > first.at + withinMs)
      const near = clicks.slice(index, end < 0 ? undefined : end)
      return new Set(near.map(keyOf)).size >= many ? near.map(({ id }) => id) : []
    }),
  )
}
