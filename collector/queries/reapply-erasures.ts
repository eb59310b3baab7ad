import type { IdOf } from '../identity/resolve.ts'
import type { Tombstone } from '../storage/erasure-store.ts'
import { identifiersOf, timelineName, tombstoneHash } from './erased-names.ts'
import { type ErasureDeps, eraseWhom } from './erasure.ts'

/** How many names are read at once. */
const PAGE = 1_000

export interface Reapplied {
  /** names that tombstones are of, and that were still there */
  readonly names: number
  readonly events: number
  readonly persons: number
}

/**
 * Erases again whom a backup brought back (docs/privacy.md). A tombstone says no name, so every name of its site is hashed
 * and compared: of timelines, of what they carry, and of what people said on forms.
 */
export async function reapplyErasures(
  deps: ErasureDeps,
  tombstones: readonly Tombstone[],
): Promise<Reapplied> {
  const total = { names: 0, events: 0, persons: 0 }
  for (const site of new Set(tombstones.map(tombstone => tombstone.site))) {
    const idOf = await deps.idsOf(site)
    const erasedAt = new Map(
      tombstones.flatMap(one => (one.site === site ? [[one.hash, one.erasedAt] as const] : [])),
    )
    const hash = tombstoneHash(idOf)
    for (const name of await allNames(deps.store, site)) {
      const at = erasedAt.get(hash(name))
      if (at === undefined) continue
      const erased = await eraseWhom({ ...deps, clock: () => at }, site, whomOf(name, idOf))
      if (!erased.ok) throw new Error(erased.refusal.detail)
      total.names += 1
      total.events += erased.value.events
      total.persons += erased.value.persons
    }
  }
  return total
}

const TIMELINE = timelineName('')

/** A timeline has a tombstone when it was theirs from end to end. */
function whomOf(name: string, idOf: IdOf): Parameters<typeof eraseWhom>[2] {
  if (!name.startsWith(TIMELINE)) return { identifiers: [name], ids: [] }
  return { identifiers: [], ids: [idOf(name), name.slice(TIMELINE.length)] }
}

async function allNames(store: ErasureDeps['store'], site: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for await (const name of paged(after => store.identifiers(site, after, PAGE))) names.add(name)
  for await (const subject of paged(after => store.subjects(site, after, PAGE)))
    names.add(timelineName(subject))
  // every fact in which people say who they are
  for (const fact of await store.sayings(site)) for (const name of identifiersOf(fact)) names.add(name)
  return names
}

async function* paged(page: (after: string) => Promise<readonly string[]>): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const items = await page(after)
    yield* items
    const last = items.at(-1)
    if (last === undefined) return
    after = last
  }
}
