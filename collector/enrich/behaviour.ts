import { SECOND_MS } from '../../shared/time.ts'
import { TRAFFIC_KINDS, type Traffic } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { type Pace, watchPace } from './pace.ts'

/** What all timelines of a component show about who was behind them. Mutable: it sees what comes next, too. */
export interface Behaviour {
  /** What a person said of a timeline; null: nothing that stands. */
  saidOf(fact: Fact): Traffic | null
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
  const watch = (fact: Fact): boolean => {
    if (fact.tooLate || !isOfBrowser(fact)) return false
    const pace = paces.get(fact.subject) ?? watchPace()
    paces.set(fact.subject, pace)
    return pace.see(fact, scans.has(fact.id))
  }
  for (const fact of facts) watch(fact)
  return {
    saidOf: ({ subject }) => said.get(subject) ?? null,
    against: ({ subject, occurredAt }) =>
      paces.get(subject)?.verdicts.find(({ from, until }) => from <= occurredAt && occurredAt <= until)
        ?.traffic ?? null,
    see: fact => isWordOnTraffic(fact) || fact.noted?.click !== undefined || watch(fact),
  }
}

/** Of a fact that is looked at alone nothing is known beside itself. */
export const NO_BEHAVIOUR: Behaviour = { saidOf: () => null, against: () => null, see: () => false }

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

/** Distinct links of one message, and within how long (our choice): nobody reads that fast, scanners open all at once. */
const SCANS = [
  { links: 2, withinMs: SECOND_MS },
  { links: 3, withinMs: 10 * SECOND_MS },
] as const

/** Ids of the clicks that a mail scanner made: close to clicks on other links of the same message, in whatever browsers. */
function scansIn(facts: readonly Fact[]): ReadonlySet<string> {
  const clicks = facts.flatMap(({ id, occurredAt, noted }) =>
    noted?.click ? [{ id, at: occurredAt, ...noted.click }] : [],
  )
  const isScan = (click: (typeof clicks)[number]): boolean =>
    SCANS.some(({ links, withinMs }) => {
      const near = clicks.filter(
        ({ at, email, message }) =>
          Math.abs(at - click.at) <= withinMs && email === click.email && message === click.message,
      )
      return new Set(near.map(({ link }) => link)).size >= links
    })
  return new Set(clicks.filter(isScan).map(({ id }) => id))
}
