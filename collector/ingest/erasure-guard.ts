import { type Fact, isImport } from '../contracts/facts.ts'
import type { FactStore, Store } from '../storage/store.ts'

export interface ErasureGuardDeps {
  readonly store: Pick<Store, 'recordUnlessErased' | 'tombstones'>
  /** by which names a fact belongs to somebody; ingest itself understands none */
  readonly namesOf: (fact: Fact) => readonly string[]
  /** the keyed hash of a site's tombstones */
  readonly hashOf: (site: string) => Promise<(name: string) => string>
  /** whether there is a person of that name (again) */
  readonly isThere: (site: string, name: string) => Promise<boolean>
}

/**
 * A `record` that keeps nothing of people who were erased and is older than that (collector.md, Identity); and no import of
 * theirs, whatever its time, before they came again by themselves: a row of a list may have no time of its own (trust.md,
 * Privacy). The tombstones are held in memory; the store says when there are others, whichever process left them, so none
 * is ever missed. Costs nothing for what happened live after the latest erasure of its site.
 */
export function erasureGuard({ store, namesOf, hashOf, isThere }: ErasureGuardDeps): FactStore['record'] {
  const bySite = new Map<string, Graves>()
  let upTo = 0

  async function learn(): Promise<void> {
    for (const { seq, site, hash, erasedAt } of await store.tombstones(upTo)) {
      const graves = bySite.get(site) ?? { latest: 0, erasedAt: new Map() }
      graves.latest = Math.max(graves.latest, erasedAt)
      graves.erasedAt.set(hash, erasedAt)
      bySite.set(site, graves)
      upTo = Math.max(upTo, seq)
    }
  }

  async function isErased(fact: Fact): Promise<boolean> {
    const { site } = fact
    const graves = bySite.get(site)
    const at = asOf(fact)
    if (graves === undefined || (at > graves.latest && !isImport(fact))) return false
    const hash = await hashOf(site)
    const erased = namesOf(fact).flatMap(name => {
      const erasedAt = graves.erasedAt.get(hash(name))
      return erasedAt === undefined ? [] : { name, erasedAt }
    })
    if (erased.some(({ erasedAt }) => at <= erasedAt)) return true
    if (!isImport(fact)) return false
    const there = await Promise.all(erased.map(({ name }) => isThere(site, name)))
    return there.includes(false)
  }

  async function erasedAmong(facts: readonly Fact[]): Promise<ReadonlySet<Fact>> {
    const erased = new Set<Fact>()
    for (const fact of facts) if (await isErased(fact)) erased.add(fact)
    return erased
  }

  return async batch => {
    for (;;) {
      const erased = bySite.size === 0 ? NOBODY : await erasedAmong(batch.facts)
      const result = await store.recordUnlessErased(batch, { erased, upTo })
      if (result !== 'stale') return result
      await learn()
    }
  }
}

/** A signed link says who somebody is as of when it was made: who was erased since does not come back by an old mail. */
const asOf = ({ occurredAt, noted }: Fact): number =>
  Math.min(occurredAt, noted?.click?.mintedAt ?? occurredAt)

interface Graves {
  /** epoch ms of the latest erasure */
  latest: number
  /** by hash */
  readonly erasedAt: Map<string, number>
}

const NOBODY: ReadonlySet<Fact> = new Set()
