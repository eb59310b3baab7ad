import { EVENT_PROPS } from '../../../shared/events.ts'
import { byOccurrence, type Fact } from '../../contracts/facts.ts'
import type { Handoff, Span } from '../../contracts/state.ts'
import { behaviourIn } from '../../enrich/behaviour.ts'
import { claimsBeside, identifierIn } from '../../enrich/claim.ts'
import { traitsOf } from '../../enrich/traits.ts'
import { type IdOf, resolve } from '../../identity/resolve.ts'

/**
 * The leak guard. A back-test may know only what a model could have known before sales had a hand in it: one that reads
 * what sales wrote down afterwards "predicts" its own outcome. Left out are
 *
 *   decisions       always: they are the outcome, and would move people whom the other model never sent to sales
 *   operator facts  always: somebody at the company entered them
 *   server facts    received after the person's first hand-over or decision: their traits, and events of the site's own
 *                   names, for nobody can tell a CRM's word from the visitor's. What visitors do (views, downloads, forms)
 *                   stays, forms without what was filled in.
 *
 * Who is who is not foretold: the e-mail or phone that makes somebody a person is kept of every fact, and so are merges.
 */
export interface Guarded {
  /** what a back-test may see, in order of occurrence */
  readonly facts: readonly Fact[]
  /** by person id, for everybody identified */
  readonly persons: ReadonlyMap<string, GuardedPerson>
}

export interface GuardedPerson {
  readonly decisions: readonly Fact[]
  /** epoch ms of the first hand-over or decision; null: sales never had a hand in it */
  readonly contactedAt: number | null
  readonly refused: readonly Refusal[]
}

/** A trait that is known from refused facts alone, or the type of refused events. */
export interface Refusal {
  readonly kind: 'trait' | 'event'
  readonly name: string
}

/** @param facts a whole component, in order of occurrence */
export function guard(facts: readonly Fact[], handoffs: readonly Handoff[], idOf: IdOf): Guarded {
  const { spans, persons: resolved } = resolve(facts, claimsBeside(behaviourIn(facts)), idOf)
  const identified = new Set(resolved.flatMap(({ id, identifier }) => (identifier === null ? [] : id)))
  const allowed: Fact[] = []
  const persons = new Map<string, GuardedPerson>()
  for (const [id, own] of ownedBy(facts, spans)) {
    const decisions = own.filter(isDecision)
    const told = handoffs.filter(({ lead, status }) => lead === id && TOLD.has(status))
    const contacts = [...decisions.map(({ occurredAt }) => occurredAt), ...told.map(({ toldAt }) => toldAt)]
    const contactedAt = contacts.length > 0 ? Math.min(...contacts) : null
    const kept = own.flatMap(fact => whatMayBeSeen(fact, contactedAt) ?? [])
    allowed.push(...kept)
    if (identified.has(id)) persons.set(id, { decisions, contactedAt, refused: refusals(own, kept) })
  }
  return { facts: allowed.sort(byOccurrence), persons }
}

const isDecision = ({ type }: Fact): boolean => type === 'decision'

/** What a person said about who is who. */
const JOINS: ReadonlySet<string> = new Set(['merge', 'unmerge'])

const TOLD: ReadonlySet<Handoff['status']> = new Set(['told', 'withdrawn'])

/** Each fact under the person whose span it lies in. */
function ownedBy(facts: readonly Fact[], spans: readonly Span[]): ReadonlyMap<string, readonly Fact[]> {
  const bySubject = new Map<string, Span[]>()
  for (const span of spans) {
    const others = bySubject.get(span.subject)
    if (others) others.push(span)
    else bySubject.set(span.subject, [span])
  }
  const owned = new Map<string, Fact[]>()
  for (const fact of facts) {
    const owner = bySubject.get(fact.subject)?.findLast(span => begins(span, fact))?.person ?? ''
    const others = owned.get(owner)
    if (others) others.push(fact)
    else owned.set(owner, [fact])
  }
  return owned
}

const begins = ({ startsAt, startsId }: Span, { occurredAt, id }: Fact): boolean =>
  startsAt < occurredAt || (startsAt === occurredAt && startsId <= id)

function whatMayBeSeen(fact: Fact, contactedAt: number | null): Fact | null {
  if (isDecision(fact)) return null
  if (fact.origin === 'browser' || JOINS.has(fact.type)) return fact
  if (fact.origin === 'operator') return traitsOf(fact).length > 0 ? withoutTraits(fact) : null
  if (contactedAt === null || Math.max(fact.receivedAt, fact.occurredAt) <= contactedAt) return fact
  if (traitsOf(fact).length > 0) return withoutTraits(fact)
  return Object.hasOwn(EVENT_PROPS, fact.type) ? fact : null
}

/** The fact with nothing said but who it is. */
function withoutTraits(fact: Fact): Fact {
  const identifier = identifierIn(traitsOf(fact))
  const [trait = '', value = ''] = identifier?.split(/:(.*)/s) ?? []
  if (fact.type === 'identify') return { ...fact, props: identifier ? { [trait]: value } : {} }
  if (fact.type === 'group') return { ...fact, props: { group: fact.props.group } }
  const fields = identifier ? [{ 'data-goldpan-field': trait, value }] : []
  return { ...fact, props: { ...fact.props, fields } }
}

/** Of a person's own facts, what nothing tells any more. */
function refusals(own: readonly Fact[], kept: readonly Fact[]): readonly Refusal[] {
  const known = new Set(kept.flatMap(fact => traitsOf(fact).map(({ name }) => name)))
  const seen = new Set(kept.map(({ id }) => id))
  const traits = own.flatMap(fact => traitsOf(fact).map(({ name }) => name)).filter(name => !known.has(name))
  const events = own.filter(fact => !seen.has(fact.id) && !isDecision(fact)).map(({ type }) => type)
  return [
    ...[...new Set(traits)].map(name => ({ kind: 'trait' as const, name })),
    ...[...new Set(events)].map(name => ({ kind: 'event' as const, name })),
  ]
}
