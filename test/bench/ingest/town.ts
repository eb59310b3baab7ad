import { openSites } from '../../../collector/access/sites.ts'
import type { Env } from '../../../collector/config/config.ts'
import { openInstallation } from '../../../collector/installation.ts'
import { ENGINE } from '../../../collector/models/engine.ts'
import { loadModelFile } from '../../../collector/models/load.ts'
import { personIdsOf } from '../../../collector/qualify/person-id.ts'
import { startQualifier } from '../../../collector/qualify/qualifier.ts'
import type { Store } from '../../../collector/storage/store.ts'
import type { Say } from '../../support/say.ts'
import { SITE } from '../scoring/crowd.ts'
import { databaseIn } from './collectors.ts'

/** A database in a folder, with the collector's own qualifier over it in this process. */
export interface FileTown {
  readonly store: Store
  /** qualifies all that waits, and finishes what an upgrade of the engine began */
  settle(): Promise<void>
  setNow(at: number): void
  close(): Promise<void>
}

/** Opens it as a start of the collector does; makes database, site and model where there are none. */
export async function openTown(folder: string, say: Say): Promise<FileTown> {
  let now: number | null = null
  const clock = (): number => now ?? Date.now()
  const env: Env = { DATABASE_URL: databaseIn(folder) }
  const { store, signals, close } = await openInstallation({ env, clock })
  await makeSite(store, clock)
  const qualifier = startQualifier({
    store,
    clock,
    signals,
    versionsOf: store.modelVersions,
    idsOf: personIdsOf(store),
    onError: error => {
      throw error
    },
  })
  return {
    store,
    settle: () => watched(store, say, qualifier.settle()),
    setNow: at => {
      now = at
    },
    close: async () => {
      await qualifier.stop()
      await close()
    },
  }
}

async function makeSite(store: Store, clock: () => number): Promise<void> {
  if ((await store.modelVersions(SITE)).length > 0) return
  const loading = loadModelFile('goldpan.yaml')
  if (!loading.ok) throw new Error('goldpan.yaml is not sound')
  // in force before the first fact, as if the site had had it all along
  const version = { version: 1, publishedAt: 0, ...loading.loaded }
  await store.publishModel(SITE, version, { actor: 'bench', at: 0, engine: ENGINE })
  await openSites(store, clock).ensure({ id: SITE, name: 'Bench', origins: [] })
}

const LOOK_MS = 2_000

/** Says how far rescoring is, should there be any: a kept database may be older than the engine. */
async function watched(store: Store, say: Say, settling: Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    void store.rescorings().then(([under]) => {
      if (under) say('computing everybody anew for this engine', under.done, under.total)
    })
  }, LOOK_MS)
  try {
    await settling
  } finally {
    clearInterval(timer)
  }
}
