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
  // What waits to be qualified is not connected yet, and what grows during the walk is met again: the largest piece counts.
  const people = new Map<string, { readonly person: PersonSummary; readonly facts: number }>()
  for await (const component of componentsOf(input.history)) {
    if (input.stop.aborted) return null
    const facts = component.facts.length
    for (const person of summarise(component, test)) {
      if (facts >= (people.get(person.id)?.facts ?? 0)) people.set(person.id, { person, facts })
    }
    await input.onProgress(facts)
  }
  return compare(
    [...people.values()].map(({ person }) => person),
    test,
  )
}
