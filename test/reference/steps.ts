import { byOccurrence, type Fact, isImport } from '../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import type { StageTransition } from '../../collector/contracts/state.ts'
import { type Known, knowing } from './known.ts'
import type { Joined, Person } from './people.ts'

/** What makes the policy run: an event of the person's, a publish, or, between them, time alone. */
export interface Step {
  readonly at: number
  readonly by: Fact | 'publish' | 'time'
}

/**
 * The events and publishes of a person's life, in order. Joined history takes no step of its own: no transition is dated
 * before its evidence was joined. Publishes come before the events of their millisecond, because each instant is judged by
 * the version in force.
 */
export function stepsOf({ facts }: Person, versions: readonly ModelVersion[]): readonly Step[] {
  const own = facts
    .filter(({ fact, by }) => fact === by)
    .map(({ fact }) => ({ at: fact.occurredAt, by: fact }))
  const publishes = versions.slice(1).map(({ publishedAt }) => ({ at: publishedAt, by: 'publish' as const }))
  return [...publishes, ...own].toSorted((a, b) => a.at - b.at)
}

/** The version in force at an instant; the first one judges all time before it too. */
function versionAt(versions: readonly ModelVersion[], at: number): ModelVersion {
  const version = versions.findLast(({ publishedAt }) => publishedAt <= at) ?? versions[0]
  if (version === undefined) throw new Error('no model is published')
  return version
}

/** What is known at a step: the facts that had happened and were joined by then, under the version in force then. */
export function knownAt({ at, by }: Step, person: Person, versions: readonly ModelVersion[]): Known {
  const isJoined = (joined: Joined): boolean => {
    if (by === 'time') return joined.by.occurredAt <= at
    return by === 'publish' ? joined.by.occurredAt < at : byOccurrence(joined.by, by) <= 0
  }
  const joined = person.facts.filter(isJoined).map(({ fact }) => fact)
  return knowing(joined, versionAt(versions, at), person)
}

export function causeOf({ by }: Step): StageTransition['cause'] {
  if (by === 'time') return 'due'
  if (by === 'publish') return 'publish'
  if (by.type === 'decision') return 'decision'
  return isImport(by) ? 'import' : 'event'
}
