import { SECOND_MS } from '../../shared/time.ts'
import type { ModelVersion, ScoringModel } from '../contracts/model.ts'
import type { Signals } from '../signals.ts'
import type { ModelStore } from '../storage/model-store.ts'

/** How often to look for what other processes published (our choice, as the feed does). */
const LOOK_MS = SECOND_MS

/** The model that judges a site, at hand without asking the store. */
export interface ModelsInForce {
  /** Resolves when a site's model is at hand: at once, unless it was never asked for. */
  prepare(site: string): Promise<void>
  /** Null: the site has none yet, or is not prepared. */
  modelOf(site: string, now: number): ScoringModel | null
  /** Reads every known site's versions anew, in one query. */
  refresh(): Promise<void>
  close(): void
}

export type VersionsStore = Pick<ModelStore, 'modelVersions' | 'everyModelVersion'>

export function modelsInForce(store: VersionsStore, signals: Signals): ModelsInForce {
  const versionsOf = new Map<string, readonly ModelVersion[]>()
  const load = async (site: string): Promise<void> => {
    versionsOf.set(site, await store.modelVersions(site))
  }
  const refresh = async (): Promise<void> => {
    if (versionsOf.size === 0) return
    const every = await store.everyModelVersion()
    for (const site of versionsOf.keys()) versionsOf.set(site, every.get(site) ?? [])
  }
  // A store that fails here fails those who write, too, and they say so.
  const unsubscribe = signals.subscribe(({ kind, site }) => {
    if (kind === 'switched') load(site).catch(() => {})
  })
  const looking = setInterval(() => {
    refresh().catch(() => {})
  }, LOOK_MS).unref()

  return {
    prepare: async site => {
      if (!versionsOf.has(site)) await load(site)
    },
    modelOf: (site, now) => {
      const versions = versionsOf.get(site)
      const inForce = versions?.findLast(({ publishedAt }) => publishedAt <= now) ?? versions?.[0]
      return inForce?.model ?? null
    },
    refresh,
    close: () => {
      unsubscribe()
      clearInterval(looking)
    },
  }
}
