import type { BackTest } from './back-test.ts'
import { changesBetween } from './changes.ts'
import { type CompareTerms, compare } from './compare.ts'
import type { ModelDiff } from './shapes.ts'
import { type PersonSummary, summarise } from './summary.ts'
import { componentsOf, type History } from './walk.ts'

export type DiffInput = Omit<BackTest, 'changes'> &
  Omit<CompareTerms, 'changes'> & {
    readonly history: History
    /** Told after each component how many facts it had; what it waits for, the walk waits for. */
    readonly onProgress: (facts: number) => Promise<void>
    /** aborted: give up */
    readonly stop: AbortSignal
  }

/**
 * Back-tests two models on a site's stored history: what would have been, had each been in force all the time. Reads only.
 * Holds one component's facts at a time, and a few hundred bytes for each lead.
 * @returns null when it was stopped
 */
export async function diffModels(input: DiffInput): Promise<ModelDiff | null> {
  const changes = changesBetween(input.models)
  const test = { ...input, changes }
  // A component that grew during the walk may come twice: a person counts once, as last seen.
  const people = new Map<string, PersonSummary>()
  for await (const component of componentsOf(input.history)) {
    if (input.stop.aborted) return null
    for (const person of summarise(component, test)) people.set(person.id, person)
    await input.onProgress(component.facts.length)
  }
  return compare([...people.values()], test)
}
