import { byOccurrence } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { Arrival } from '../identity/arrival.ts'

/**
 * What happens to a person, in the order in which it becomes evidence: each fact at its own time, anonymous history
 * together with the claim that joins it, a new model version from its publish on.
 */
export type Step = Arrival | Publish

export interface Publish {
  readonly version: ModelVersion
}

export const isPublish = (step: Step): step is Publish => 'version' in step

export const timeOf = (step: Step): number =>
  isPublish(step) ? step.version.publishedAt : step.fact.occurredAt

/** @param until epoch ms: later publishes are left out */
export function stepsOf(
  arrivals: readonly Arrival[],
  versions: readonly ModelVersion[],
  until: number,
): readonly Step[] {
  const first = arrivals[0]?.fact.occurredAt ?? 0
  const publishes = versions
    .slice(1)
    .filter(({ publishedAt }) => publishedAt > first && publishedAt <= until)
    .map(version => ({ version }))
  return publishes.length === 0 ? arrivals : [...publishes, ...arrivals].sort(byTime)
}

/** A publish comes before the facts of its millisecond: it judges every instant from its own on. */
function byTime(a: Step, b: Step): number {
  if (isPublish(a) || isPublish(b))
    return timeOf(a) - timeOf(b) || Number(isPublish(b)) - Number(isPublish(a))
  return byOccurrence(a.fact, b.fact)
}

/** The version in force at an instant; the first one judges all time before it too. */
export function versionAt(versions: readonly ModelVersion[], at: number): ModelVersion {
  const inForce = versions.findLast(({ publishedAt }) => publishedAt <= at) ?? versions[0]
  if (!inForce) throw new Error('No model version is published: publish goldpan.yaml before qualifying.')
  return inForce
}

/** The instant from which on the version in force at `at` judges: its publish, or the beginning of time. */
export function judgesFrom(versions: readonly ModelVersion[], at: number): number {
  const inForce = versionAt(versions, at)
  return inForce === versions[0] ? Number.NEGATIVE_INFINITY : inForce.publishedAt
}
