import { byOccurrence, type Fact } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { ResolvedPerson } from '../identity/resolve.ts'

/**
 * What happens to a person, in the order in which it becomes evidence: each fact at its own time; anonymous history
 * together with the claim that joins it; a new model version from its publish on.
 */
export type Step =
  | { readonly kind: 'facts'; readonly at: number; readonly fact: Fact; readonly history: readonly Fact[] }
  | { readonly kind: 'publish'; readonly at: number; readonly version: ModelVersion }

export function stepsOf(
  person: ResolvedPerson,
  versions: readonly ModelVersion[],
  until: number,
): readonly Step[] {
  const history = new Map<string, Fact[]>()
  const steps: Step[] = []
  for (const { fact, joinedBy } of person.facts) {
    if (joinedBy === null) {
      steps.push({ kind: 'facts', at: fact.occurredAt, fact, history: history.get(fact.id) ?? [] })
      continue
    }
    const waiting = history.get(joinedBy)
    if (waiting) waiting.push(fact)
    else history.set(joinedBy, [fact])
  }
  const first = steps[0]?.at ?? 0
  const publishes = versions
    .slice(1)
    .filter(({ publishedAt }) => publishedAt > first && publishedAt <= until)
    .map(version => ({ kind: 'publish' as const, at: version.publishedAt, version }))
  return [...publishes, ...steps].sort(byTime)
}

/** A publish comes before the facts of its millisecond: it judges every instant from its own on. */
function byTime(a: Step, b: Step): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.kind === 'facts' && b.kind === 'facts') return byOccurrence(a.fact, b.fact)
  return a.kind === b.kind ? 0 : a.kind === 'publish' ? -1 : 1
}

/** The version in force at an instant; the first one judges all time before it too. */
export function versionAt(versions: readonly ModelVersion[], at: number): ModelVersion {
  const inForce = versions.findLast(({ publishedAt }) => publishedAt <= at) ?? versions[0]
  if (!inForce) throw new Error('No model version is published: publish goldpan.yaml before qualifying.')
  return inForce
}
