import type { ModelVersion } from '../contracts/model.ts'
import type { ModelStore } from '../storage/model-store.ts'
import { ENGINE } from './engine.ts'
import type { LoadedModel } from './load.ts'
import { type Advance, type ModelTestResult, runModelTests } from './tests.ts'

/** What publishing needs of the store. */
export type VersionStore = Pick<ModelStore, 'modelVersions' | 'publishModel'>

/**
 * The version that judges a site. At the first start the file is published as version 1; later a changed file is a draft
 * until someone publishes it (scoring.md, Model versions).
 * @param now epoch ms
 */
export async function ensurePublished(
  store: VersionStore,
  site: string,
  loaded: LoadedModel,
  now: number,
): Promise<{ readonly inForce: ModelVersion; readonly draft: boolean }> {
  const newest = (await store.modelVersions(site)).at(-1)
  if (newest) return { inForce: newest, draft: newest.hash !== loaded.hash }
  const first: ModelVersion = { version: 1, publishedAt: now, ...loaded }
  const outcome = await store.publishModel(site, first, { actor: 'first start', at: now, engine: ENGINE })
  if (outcome === 'published') return { inForce: first, draft: false }
  return ensurePublished(store, site, loaded, now)
}

export type Publishing =
  /** `preparing`: everybody is computed anew, then it comes in force */
  | { readonly outcome: 'published' | 'preparing' | 'unchanged'; readonly version: ModelVersion }
  | { readonly outcome: 'tests_failed'; readonly results: readonly ModelTestResult[] }
  /** someone else published meanwhile: look at theirs first */
  | { readonly outcome: 'conflict' }
  /** another version is being prepared, or everybody is being rebuilt */
  | { readonly outcome: 'busy' }

/** Who publishes, when (epoch ms), and for how many people. */
export interface PublishRequest {
  readonly actor: string
  readonly now: number
  /** how many persons are to be computed anew */
  readonly persons: number
}

/**
 * Puts a model in force, if its own tests pass. A version begins after the one before it, whatever the clock says, and not
 * before everybody can be ready: each instant is judged by one version, so nothing should happen between its time and
 * the switch.
 */
export async function publishModel(
  store: VersionStore,
  site: string,
  draft: LoadedModel,
  { actor, now, persons }: PublishRequest,
  advance: Advance,
): Promise<Publishing> {
  const newest = (await store.modelVersions(site)).at(-1)
  if (newest?.hash === draft.hash) return { outcome: 'unchanged', version: newest }
  const results = runModelTests(draft.model, draft.source, advance)
  if (results.some(({ pass }) => !pass)) return { outcome: 'tests_failed', results }
  const soonest = now + preparationMs(persons)
  const publishedAt = newest ? Math.max(soonest, newest.publishedAt + 1) : soonest
  const { model, source, hash } = draft
  const version = { version: (newest?.version ?? 0) + 1, publishedAt, model, source, hash }
  const outcome = await store.publishModel(site, version, { actor, at: now, engine: ENGINE })
  return outcome === 'published' || outcome === 'preparing' ? { outcome, version } : { outcome }
}

/** Persons computed anew in a second, beside live traffic, on a slow core (npm run bench:scoring): the whole of it. */
const PREPARED_PER_SECOND = 1_000

/** A small site is ready at once. */
const preparationMs = (persons: number): number => Math.floor(persons / PREPARED_PER_SECOND) * 1_000

/** An earlier version once more, as a new one: history is never rewritten. Null: there is no such version. */
export async function versionToRestore(
  store: VersionStore,
  site: string,
  version: number,
): Promise<LoadedModel | null> {
  return (await store.modelVersions(site)).find(one => one.version === version) ?? null
}
