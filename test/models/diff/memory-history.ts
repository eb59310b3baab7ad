import { advance } from '../../../collector/advance/advance.ts'
import { byOccurrence, type Fact } from '../../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../../collector/contracts/model.ts'
import type { History } from '../../../collector/models/diff/walk.ts'
import { idOf } from '../../support/history.ts'

/** A site's history held in memory: each list of facts is a connected component, stored as of an instant. */
export function memoryHistory(
  components: readonly (readonly Fact[])[],
  versions: readonly ModelVersion[],
  now: number,
): History & { readonly loads: () => number } {
  const bySubject = new Map<string, readonly Fact[]>()
  for (const facts of components) for (const { subject } of facts) bySubject.set(subject, facts)
  const sorted = [...bySubject.keys()].sort()
  let loads = 0
  return {
    loads: () => loads,
    subjects: async (after, limit) => sorted.filter(subject => subject > after).slice(0, limit),
    load: async subject => {
      loads += 1
      const facts = [...(bySubject.get(subject) ?? [])].sort(byOccurrence)
      const { persons } = advance({ site: 'site', facts, versions, idOf, now })
      return { facts, persons: persons.map(state => ({ state, version: 1 })), handoffs: [] }
    },
  }
}
