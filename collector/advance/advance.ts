import type { Claim } from '../contracts/claim.ts'
import { byOccurrence, type Fact, isWord, type Position } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { PersonState, Span } from '../contracts/state.ts'
import type { Behaviour } from '../enrich/behaviour.ts'
import { claimOf } from '../enrich/claim.ts'
import { type Whose, withoutHistory } from '../identity/arrival.ts'
import type { Waiting } from '../identity/devices.ts'
import { isTie } from '../identity/merges.ts'
import { tiesAnew } from '../identity/names.ts'
import type { IdOf } from '../identity/resolve.ts'
import { changesOwner } from '../identity/timeline.ts'
import { type Followed, follow, followOn } from './follow.ts'
import { peopleIn } from './people.ts'
import { stateOf } from './person-state.ts'
import { judgesFrom, versionAt } from './steps.ts'

export interface AdvanceInput {
  readonly site: string
  /** a whole connected component, in order of occurrence */
  readonly facts: readonly Fact[]
  /** published versions, oldest first; at least one */
  readonly versions: readonly ModelVersion[]
  /** keyed hash: identifiers to ids */
  readonly idOf: IdOf
  /** epoch ms up to which time has passed */
  readonly now: number
}

export interface Advanced {
  readonly persons: readonly PersonState[]
  readonly spans: readonly Span[]
}

/**
 * The one function behind every score, stage and explanation: facts and model versions in, everything derived out. Pure,
 * so that live scoring, replay, back-tests and "why, last Tuesday?" are the same act (scoring.md).
 *
 *   identity   who each fact belongs to, and from when on it is evidence
 *   enrich     what each fact means under the model in force
 *   scoring    what it earns, what of that is left, how well the person fits
 *   lifecycle  which stage follows, at each fact and at each due instant between them
 */
export const advance = (input: AdvanceInput): Advanced => advancedOf(fold(input))

/**
 * A component folded so far, kept so that what comes next need not fold it whole. Mutable, with one holder; it keeps no
 * facts. Per person it holds their book (book.ts says what of it grows) and their transitions: measured
 * under the default model, 12 KB with six events, 19 KB with fifteen.
 */
export interface Folded {
  readonly site: string
  readonly idOf: IdOf
  /** ascending by id */
  readonly persons: ReadonlyMap<string, Person>
  readonly behaviour: Behaviour
  /** the name an identifier goes by (identity/names.ts) */
  readonly nameOf: (identifier: string) => string
  readonly isHeld: (subject: string, name: string) => boolean
  readonly waiting: Waiting
  /** of names that claims have tied together (identity/names.ts) */
  readonly combinations: ReadonlySet<string>
  /** epoch ms at which the latest claim of a page was received */
  claimedUpTo: number
  readonly spans: readonly Span[]
  /** by subject: its latest span, whose person has what comes next */
  readonly owners: ReadonlyMap<string, Span>
  /** the model version in force */
  readonly version: ModelVersion
  /** epoch ms from which on it judges */
  readonly judgesFrom: number
  /** where the latest fact is */
  latest: Position | null
  /** epoch ms up to which time has passed */
  now: number
}

interface Person {
  readonly whose: Whose
  readonly followed: Followed
}

/** The whole fold. */
export function fold({ site, facts, versions, idOf, now }: AdvanceInput): Folded {
  const { persons, spans, behaviour, nameOf, isHeld, waiting, combinations } = peopleIn(facts, idOf)
  return {
    site,
    idOf,
    persons: new Map(
      persons.map(({ arrivals, ...whose }) => [
        whose.id,
        { whose, followed: follow({ ...whose, behaviour }, arrivals, versions, now) },
      ]),
    ),
    behaviour,
    nameOf,
    isHeld,
    waiting,
    combinations,
    claimedUpTo: waiting.claimedUpTo,
    spans,
    owners: new Map(spans.filter(span => !isTie(span)).map(span => [span.subject, span])),
    version: versionAt(versions, now),
    judgesFrom: judgesFrom(versions, now),
    latest: placeOf(facts.at(-1)),
    now,
  }
}

/** What is new to a folded component: facts in order of occurrence, maybe none, and the time up to which to go on. */
export type News = Pick<AdvanceInput, 'facts' | 'versions' | 'now'>

/**
 * Folds news into a component, at a cost that does not depend on how much was folded before. `folded` is used up: go on
 * with what is returned, and forget both if it cannot be stored.
 * @returns null when only the whole fold can tell: a fact is not later than all that was folded, is the first of its
 * timeline, names another owner for it or proves whose it is (history may join), or shows who was behind it before; a
 * publish lies between; or the clock was put back
 */
export function append(folded: Folded, { facts, versions, now }: News): Folded | null {
  if (now < folded.now || versionAt(versions, now).version !== folded.version.version) return null
  if (!facts.every((fact, index) => follows(fact, facts[index - 1] ?? folded.latest, folded))) return null
  for (const fact of facts) if (folded.behaviour.see(fact)) return null
  for (const fact of facts) {
    const owner = folded.owners.get(fact.subject)
    const person = owner && folded.persons.get(owner.person)
    if (person) followOn(person.followed, withoutHistory(fact))
    if (claimOf(fact)?.proof === 'asserted')
      folded.claimedUpTo = Math.max(folded.claimedUpTo, fact.receivedAt)
    folded.latest = placeOf(fact)
  }
  folded.now = now
  return folded
}

/** A fact itself is not kept. */
const placeOf = (fact: Fact | undefined): Position | null =>
  fact ? { occurredAt: fact.occurredAt, id: fact.id } : null

/** Whether a fact is later than the one before it and than the latest publish, and belongs to whom its timeline belongs to. */
function follows(fact: Fact, before: Position | null, folded: Folded): boolean {
  const owner = folded.owners.get(fact.subject)
  if (!owner || (before && byOccurrence(before, fact) >= 0)) return false
  if (fact.occurredAt < folded.judgesFrom) return false
  // A merge brings history; and a word on a lead who is another's by now moves nobody.
  if (isWord(fact)) return fact.type === 'decision' && owner.person === fact.subject
  if (fact.origin === 'browser' && folded.waiting.unseen.has(fact.subject)) return false
  const claim = claimOf(fact)
  return claim === null || saysNothingNew(fact, claim, owner, folded)
}

/** Whether a claim only repeats whose timeline it is. */
function saysNothingNew(fact: Fact, claim: Claim, owner: Span, folded: Folded): boolean {
  const { nameOf, isHeld, waiting, combinations, claimedUpTo } = folded
  const name = nameOf(claim.identifier)
  if (changesOwner(owner.identifier, { identifier: name })) return false
  if (claim.also.some(other => nameOf(other) !== name) || tiesAnew(claim, combinations)) return false
  const mayJoin = claim.proof !== 'asserted' || claim.phone !== null || isHeld(fact.subject, name)
  if (mayJoin && waiting.adoptable.has(fact.subject)) return false
  // A proof that was known before others typed the address would have asked them for theirs.
  return claim.proof === 'asserted' || fact.receivedAt >= claimedUpTo
}

/** Where everybody of a component stands now. */
export const advancedOf = ({ site, idOf, persons, spans, now }: Folded): Advanced => ({
  persons: [...persons.values()].map(({ whose, followed }) =>
    stateOf({ site, idOf, ...whose }, followed, now),
  ),
  spans,
})
