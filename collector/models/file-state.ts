import type { ModelVersion } from '../contracts/model.ts'
import { type LoadedModel, loadModelFile } from './load.ts'
import type { ModelProblem } from './problems.ts'
import { isSameModel } from './same-model.ts'

/** What a new site will be judged by, and how the file on disk stands to what is published. */
export type FileState =
  | { readonly state: 'current' | 'changed'; readonly model: LoadedModel; readonly problems: readonly [] }
  /** the model is one in force already */
  | { readonly state: 'broken'; readonly model: LoadedModel; readonly problems: readonly ModelProblem[] }
  | { readonly state: 'unusable'; readonly model: null; readonly problems: readonly ModelProblem[] }

/**
 * Reads a model file at start. Once something is published, a file that changed or broke changes nothing: what is in force
 * stays until the file is published (scoring.md, Model versions). A broken file is unusable only while nothing is in force.
 * @param inForce the newest versions of the sites that the file is for
 */
export function readFileState(inForce: readonly ModelVersion[], path: string): FileState {
  const loading = loadModelFile(path)
  if (loading.ok) {
    const isChanged = inForce.some(version => !isSameModel(version, loading.loaded))
    return { state: isChanged ? 'changed' : 'current', model: loading.loaded, problems: [] }
  }
  const { problems } = loading
  const [published] = inForce
  if (!published) return { state: 'unusable', model: null, problems }
  const { model, source, hash } = published
  return { state: 'broken', model: { model, source, hash }, problems }
}
