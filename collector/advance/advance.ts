import type { Fact } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { PersonState, Span } from '../contracts/state.ts'
import { traitsOf } from '../enrich/traits.ts'
import { identifierIn } from '../identity/identifier.ts'
import { type ClaimOf, type IdOf, type ResolvedPerson, resolve } from '../identity/resolve.ts'
import { nextDue } from '../lifecycle/judge.ts'
import { standingOf } from './book.ts'
import { type Followed, follow } from './follow.ts'

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
export function advance({ site, facts, versions, idOf, now }: AdvanceInput): Advanced {
  const { persons, spans } = resolve(facts, claimOf, idOf)
  return {
    persons: persons.map(person => stateOf(site, person, follow(person, versions, now))),
    spans,
  }
}

/** Contact data in a form or an identify call is a claim; what came too late claims nothing. */
export const claimOf: ClaimOf = fact => (fact.tooLate ? null : identifierIn(traitsOf(fact)))

function stateOf(site: string, person: ResolvedPerson, { book, life, asOf }: Followed): PersonState {
  const facts = person.facts.map(({ fact }) => fact)
  const seen = facts.filter(({ type }) => type !== 'decision')
  const standing = standingOf(book)
  return {
    id: person.id,
    site,
    stage: life.stage,
    identifier: person.identifier,
    subjects: distinct(seen.map(({ subject }) => subject)),
    visitors: distinct(seen.map(({ visitor }) => visitor).filter(visitor => visitor !== null)),
    ...standing,
    mql: life.mql,
    transitions: life.transitions,
    firstTouch: book.firstTouch,
    lastTouch: book.lastTouch,
    firstSeenAt: seen[0]?.occurredAt ?? 0,
    lastSeenAt: seen.at(-1)?.occurredAt ?? 0,
    model: book.version.version,
    nextDueAt: nextDue(life, standing, book.version.model, asOf),
  }
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort()
