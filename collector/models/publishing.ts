import { createHash } from 'node:crypto'
import type { Clock } from '../contracts/clock.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { ModelStore, Rescoring } from '../storage/model-store.ts'
import type { QueryStore, StateStore } from '../storage/store.ts'
import { type PublishPreview, previewPublish } from './diff/preview-publish.ts'
import type { Walked } from './diff/walk.ts'
import type { LoadedModel } from './load.ts'
import { isSameModel } from './same-model.ts'
import { type Advance, type ModelTestResult, runModelTests } from './tests.ts'
import { putInForce } from './versions.ts'

export type PublishStore = ModelStore &
  Pick<QueryStore, 'subjects' | 'counts'> &
  Pick<StateStore, 'loadComponent'>

/** What publishing works with. Models may not know who judges, nor who is connected to whom: both are handed in. */
export interface PublishDeps {
  readonly store: PublishStore
  readonly clock: Clock
  readonly idsOf: (site: string) => Promise<IdOf>
  /** advance/advance.ts */
  readonly advance: Advance
  /** qualify/connected.ts, loadConnected */
  readonly connectedTo: (
    store: PublishStore,
    seed: { readonly site: string; readonly subject: string; readonly idOf: IdOf },
  ) => Promise<Walked>
}

/** How a walk over everybody is watched and stopped. */
export interface Watch {
  /** Told after each component how many facts it had; what it waits for, the walk waits for. */
  readonly onProgress: (facts: number) => Promise<void>
  readonly stop: AbortSignal
}

/** A preview, and what to send back to say that one has seen it. */
export interface Previewed extends PublishPreview {
  /** whether somebody would wait for a word, or would not stay an MQL: such a publish asks first */
  readonly asksFirst: boolean
  /** names the numbers, and stands for exactly this model over this version with exactly these people */
  readonly confirm: string
}

/** What a model would do at once if it were published now. Reads only. @returns null when it was stopped */
export async function previewModel(
  deps: PublishDeps,
  site: string,
  draft: LoadedModel,
  watch: Watch,
): Promise<Previewed | null> {
  const { store, clock, advance } = deps
  const [published, idOf] = await Promise.all([store.modelVersions(site), deps.idsOf(site)])
  const history = {
    subjects: (after: string, limit: number) => store.subjects(site, after, limit),
    load: (subject: string) => deps.connectedTo(store, { site, subject, idOf }),
  }
  const input = { site, history, published, draft, advance, idOf, now: clock(), ...watch }
  const preview = await previewPublish(input)
  return preview && withConfirm(preview, [site, draft.hash, published.at(-1)?.version ?? 0])
}

function withConfirm(preview: PublishPreview, of: readonly (string | number)[]): Previewed {
  const { newlyMql, lost, losingSoon } = preview
  const people = [newlyMql, lost, losingSoon].map(ids => [...ids].sort())
  const digest = createHash('sha256')
    .update(JSON.stringify([of, people]))
    .digest('hex')
  const ending = lost.length + losingSoon.length
  return {
    ...preview,
    asksFirst: newlyMql.length + ending > 0,
    confirm: `${newlyMql.length} new, ${ending} lost, ${digest.slice(0, 12)}`,
  }
}

export interface PublishRequest extends Watch {
  readonly site: string
  readonly model: LoadedModel
  readonly actor: string
  /** Whether somebody has agreed to what the publish would do at once; asked only when it `asksFirst`. */
  readonly isAgreed: (preview: Previewed) => boolean
}

export type Publishing =
  /** `preparing`: everybody is computed anew, then it comes in force */
  | {
      readonly outcome: 'published' | 'preparing'
      readonly version: ModelVersion
      /** null: it was asked for before */
      readonly preview: Previewed | null
    }
  | { readonly outcome: 'unchanged'; readonly version: ModelVersion }
  | { readonly outcome: 'tests_failed'; readonly results: readonly ModelTestResult[] }
  | { readonly outcome: 'confirm_needed'; readonly preview: Previewed }
  /** someone else published meanwhile: look at theirs first */
  | { readonly outcome: 'conflict' }
  /** another version is being prepared, or everybody is being rebuilt */
  | { readonly outcome: 'busy'; readonly rescoring: Rescoring | null }
  | { readonly outcome: 'stopped' }

/**
 * Puts a model in force: if its own tests pass, and if somebody has agreed to what it would do at once. That is computed
 * anew each time, so nobody agrees to other numbers than those that come. A draft of the same text is done with.
 */
export async function publishModel(deps: PublishDeps, request: PublishRequest): Promise<Publishing> {
  const { store, clock } = deps
  const { site, model, actor } = request
  const newest = (await store.modelVersions(site)).at(-1)
  const known = await settledAlready(store, site, model, newest)
  if (known) return known
  const results = runModelTests(model.model, model.source, deps.advance)
  if (results.some(({ pass }) => !pass)) return { outcome: 'tests_failed', results }
  const preview = await previewModel(deps, site, model, request)
  if (!preview) return { outcome: 'stopped' }
  if (preview.asksFirst && !request.isAgreed(preview)) return { outcome: 'confirm_needed', preview }

  const { persons } = await store.counts(site)
  const { outcome, version } = await putInForce(store, site, model, { actor, now: clock(), persons, newest })
  if (outcome === 'busy') return { outcome, rescoring: await rescoringOf(store, site) }
  if (outcome === 'conflict') return { outcome }
  await store.saveDraft(site, null, model.hash)
  return { outcome, version, preview }
}

/** What needs no publishing: a model in force, one on its way there; and what cannot be, for another one is. */
async function settledAlready(
  store: PublishStore,
  site: string,
  model: LoadedModel,
  newest: ModelVersion | undefined,
): Promise<Publishing | null> {
  const rescoring = await rescoringOf(store, site)
  if (!rescoring)
    return newest && isSameModel(newest, model) ? { outcome: 'unchanged', version: newest } : null
  const coming = (await store.modelVersions(site, rescoring.generation)).at(-1)
  return rescoring.version !== null && coming && isSameModel(coming, model)
    ? { outcome: 'preparing', version: coming, preview: null }
    : { outcome: 'busy', rescoring }
}

/** The generation being prepared for a site; null: none is. */
export async function rescoringOf(
  store: Pick<ModelStore, 'rescorings'>,
  site: string,
): Promise<Rescoring | null> {
  return (await store.rescorings()).find(rescoring => rescoring.site === site) ?? null
}
