import type { ModelVersion } from '../contracts/model.ts'
import type { GenerationRecord, ModelStore } from '../storage/model-store.ts'
import { ENGINE } from './engine.ts'
import type { LoadedModel } from './load.ts'
import { isSameModel } from './same-model.ts'
import { type Advance, type ModelTestResult, runModelTests } from './tests.ts'

/** What publishing needs of the store. */
export type VersionStore = Pick<ModelStore, 'modelVersions' | 'publishModel'>

export type FirstPublish =
  /** `draft`: the file is another model than the one in force */
  | { readonly outcome: 'in_force'; readonly inForce: ModelVersion; readonly draft: boolean }
  /** nothing is in force */
  | { readonly outcome: 'tests_failed'; readonly failed: readonly ModelTestResult[] }

/**
 * The version that judges a site. At the first start the file is published as version 1, if its own tests pass as before any
 * publish; later a changed file judges nobody until someone publishes it (scoring.md, Model versions).
 * @param by `now`: epoch ms; `advance`: advance/advance.ts
 */
export async function ensurePublished(
  store: VersionStore,
  site: string,
  loaded: LoadedModel,
  by: { readonly now: number; readonly advance: Advance },
): Promise<FirstPublish> {
  const newest = (await store.modelVersions(site)).at(-1)
  if (newest) return { outcome: 'in_force', inForce: newest, draft: !isSameModel(newest, loaded) }
  const failed = failedTests(loaded, by.advance)
  if (failed.length > 0) return { outcome: 'tests_failed', failed }
  const { now } = by
  const first: ModelVersion = { version: 1, publishedAt: now, ...loaded }
  const outcome = await store.publishModel(site, first, { actor: 'first start', at: now, engine: ENGINE })
  if (outcome === 'published') return { outcome: 'in_force', inForce: first, draft: false }
  return ensurePublished(store, site, loaded, by)
}

/** The tests of a model that it does not pass. */
export const failedTests = ({ model, source }: LoadedModel, advance: Advance): readonly ModelTestResult[] =>
  runModelTests(model, source, advance).filter(({ pass }) => !pass)

/** Who publishes, when (epoch ms), and for how many people. */
export interface PutInForce {
  readonly actor: string
  readonly now: number
  /** how many persons are to be computed anew */
  readonly persons: number
  /** the version before it, as the one who publishes knows it */
  readonly newest: ModelVersion | undefined
}

/**
 * Makes a model the next version. A version begins after the one before it, whatever the clock says, and not before
 * everybody can be ready: each instant is judged by one version, so nothing should happen between its time and the switch.
 */
export async function putInForce(
  store: VersionStore,
  site: string,
  { model, source, hash }: LoadedModel,
  { actor, now, persons, newest }: PutInForce,
): Promise<{
  readonly outcome: Awaited<ReturnType<ModelStore['publishModel']>>
  readonly version: ModelVersion
}> {
  const soonest = now + preparationMs(persons)
  const publishedAt = newest ? Math.max(soonest, newest.publishedAt + 1) : soonest
  const version = { version: (newest?.version ?? 0) + 1, publishedAt, model, source, hash }
  const outcome = await store.publishModel(site, version, { actor, at: now, engine: ENGINE })
  return { outcome, version }
}

/** Persons computed anew in a second, beside live traffic, on a slow core (npm run bench:scoring): the whole of it. */
const PREPARED_PER_SECOND = 1_000

/** A small site is ready at once. */
const preparationMs = (persons: number): number => Math.floor(persons / PREPARED_PER_SECOND) * 1_000

/** Something that was published, or a rebuild. */
export interface VersionEvent extends Pick<GenerationRecord, 'actor' | 'inForceAt' | 'switchedAt' | 'total'> {
  /** null: a rebuild, under the versions there are */
  readonly version: ModelVersion | null
  /** epoch ms at which somebody asked for it */
  readonly at: number
  /** timelines computed so far, of `total` */
  readonly done: number
}

/** What was published and rebuilt, oldest first, what is being prepared included. */
export async function versionHistory(
  store: Pick<ModelStore, 'modelVersions' | 'modelHistory' | 'rescorings'>,
  site: string,
): Promise<readonly VersionEvent[]> {
  const [records, rescorings] = await Promise.all([store.modelHistory(site), store.rescorings()])
  const versions = await store.modelVersions(site, records.at(-1)?.generation)
  const preparing = rescorings.find(rescoring => rescoring.site === site)
  const known = new Set(records.map(({ version }) => version))
  return [
    ...versions.filter(({ version }) => !known.has(version)).map(ofBefore),
    ...records.map(({ version, startedAt, switchedAt, ...record }) => ({
      ...record,
      switchedAt,
      version: versions.find(one => one.version === version) ?? null,
      at: startedAt,
      done: switchedAt === null ? (preparing?.done ?? 0) : record.total,
    })),
  ]
}

/** A version of a store that did not record yet who published. */
const ofBefore = (version: ModelVersion): VersionEvent => ({
  version,
  actor: '',
  at: version.publishedAt,
  inForceAt: version.publishedAt,
  switchedAt: version.publishedAt,
  done: 0,
  total: 0,
})
