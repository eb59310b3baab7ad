import { byOccurrence, type Fact, isWord } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { PersonState, Span } from '../contracts/state.ts'
import { claimOf } from '../enrich/claim.ts'
import { withoutHistory } from '../identity/arrival.ts'
import { isTie } from '../identity/merges.ts'
import { changesOwner, type IdOf, resolve } from '../identity/resolve.ts'
import { type Followed, follow, followOn } from './follow.ts'
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
 * A component folded so far, kept so that what comes next need not fold it whole. Mutable, with one holder; of the facts
 * it keeps the latest alone. Per person it holds their book (book.ts says what of it grows) and their transitions: measured
 * under the default model, some 20 KB and 0.2 KB an event.
 */
export interface Folded {
  readonly site: string
  readonly idOf: IdOf
  /** ascending by id */
  readonly persons: ReadonlyMap<string, Person>
  readonly spans: readonly Span[]
  /** by subject: its latest span, whose person has what comes next */
  readonly owners: ReadonlyMap<string, Span>
  /** the model version in force */
  readonly version: ModelVersion
  /** epoch ms from which on it judges */
  readonly judgesFrom: number
  /** the latest fact */
  latest: Fact | null
  /** epoch ms up to which time has passed */
  now: number
}

interface Person {
  readonly id: string
  readonly identifier: string | null
  readonly followed: Followed
}

/** The whole fold. */
export function fold({ site, facts, versions, idOf, now }: AdvanceInput): Folded {
  const { persons, spans } = resolve(facts, claimOf, idOf)
  return {
    site,
    idOf,
    persons: new Map(
      persons.map(person => {
        const { id, identifier } = person
        return [id, { id, identifier, followed: follow(person, versions, now) }]
      }),
    ),
    spans,
    owners: new Map(spans.filter(span => !isTie(span)).map(span => [span.subject, span])),
    version: versionAt(versions, now),
    judgesFrom: judgesFrom(versions, now),
    latest: facts.at(-1) ?? null,
    now,
  }
}

/** What is new to a folded component: facts in order of occurrence, maybe none, and the time up to which to go on. */
export type News = Pick<AdvanceInput, 'facts' | 'versions' | 'now'>

/**
 * Folds news into a component, at a cost that does not depend on how much was folded before. On success `folded` is used
 * up: go on with what is returned, and forget both if it cannot be stored.
 * @returns null, and leaves `folded` as it was, when only the whole fold can tell: a fact is not later than all that was
 * folded, is the first of its timeline or names another owner for it (history may join); a publish lies between; or the
 * clock was put back
 */
export function append(folded: Folded, { facts, versions, now }: News): Folded | null {
  if (now < folded.now || versionAt(versions, now).version !== folded.version.version) return null
  if (!facts.every((fact, index) => follows(fact, facts[index - 1] ?? folded.latest, folded))) return null
  for (const fact of facts) {
    const owner = folded.owners.get(fact.subject)
    const person = owner && folded.persons.get(owner.person)
    if (person) followOn(person.followed, withoutHistory(fact))
    folded.latest = fact
  }
  folded.now = now
  return folded
}

/** Whether a fact is later than the one before it and than the latest publish, and belongs to whom its timeline belongs to. */
function follows(fact: Fact, before: Fact | null, { owners, judgesFrom }: Folded): boolean {
  const owner = owners.get(fact.subject)
  if (!owner || (before && byOccurrence(before, fact) >= 0)) return false
  if (fact.occurredAt < judgesFrom) return false
  // A merge brings history; and a word on a lead who is another's by now moves nobody.
  if (isWord(fact)) return fact.type === 'decision' && owner.person === fact.subject
  return !changesOwner(owner.identifier, claimOf(fact))
}

/** Where everybody of a component stands now. */
export const advancedOf = ({ site, idOf, persons, spans, now }: Folded): Advanced => ({
  persons: [...persons.values()].map(({ id, identifier, followed }) =>
    stateOf({ site, id, identifier, idOf }, followed, now),
  ),
  spans,
})
