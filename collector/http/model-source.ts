import { dirname } from 'node:path'
import { type LoadedModel, type Loading, loadModelFile, loadModelText, modelFileOf } from '../models/load.ts'
import { refused } from '../queries/refusal.ts'
import type { ModelStore } from '../storage/model-store.ts'
import { refusal } from './answer.ts'
import type { ModelBody } from './model-body.ts'
import { brokenModel, noDraft } from './model-problems.ts'

/** What a request wants previewed or published: the draft, the file on disk, a published version, or a text. */
export interface Wanted {
  readonly from?: 'draft' | 'file' | number
  readonly source?: string
}

export interface SourceDeps {
  readonly store: ModelStore
  /** absolute path of goldpan.yaml */
  readonly modelPath: string
}

/** A text's lists are read beside the site's model file, as if it were saved there. */
export const loadText = (modelPath: string, site: string, source: string): Loading =>
  loadModelText(source, dirname(modelFileOf(modelPath, site)))

export async function wantedModel(
  { store, modelPath }: SourceDeps,
  site: string,
  { from = 'draft', source }: Wanted,
): Promise<ModelBody<LoadedModel>> {
  if (source !== undefined) return sound(loadText(modelPath, site, source))
  if (from === 'file') return sound(loadModelFile(modelFileOf(modelPath, site)))
  if (from === 'draft') {
    const draft = await store.draft(site)
    return draft ? { ok: true, value: draft } : { ok: false, answer: noDraft() }
  }
  const versions = await store.modelVersions(site)
  const found = versions.find(({ version }) => version === from)
  return found ? { ok: true, value: found } : { ok: false, answer: unknownVersion(from, versions.length) }
}

const sound = (loading: Loading): ModelBody<LoadedModel> =>
  loading.ok ? { ok: true, value: loading.loaded } : { ok: false, answer: brokenModel(loading.problems) }

export const unknownVersion = (asked: number | string, count: number): Response =>
  refusal(refused('unknown_model', `Expected a published version, 1 to ${count}, got ${asked}.`))
