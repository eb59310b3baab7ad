import type { ModelVersion } from '../contracts/model.ts'
import type { ModelStore } from '../storage/model-store.ts'
import { type FileState, readFileState } from './file-state.ts'
import { modelFileOf } from './load.ts'

/** A model file, and how it stands to what is published. */
export type ModelFile = FileState & { readonly path: string }

/** The model files of an installation as they were at its start. */
export interface ModelFiles {
  readonly all: readonly ModelFile[]
  /** The file that a site is judged by at first; a site made later may have one of its own that is read now. */
  of(site: string): ModelFile
}

/**
 * Reads goldpan.yaml and the files of sites that have their own (load.ts, modelFileOf).
 * @param path of goldpan.yaml
 */
export async function readModelFiles(
  store: Pick<ModelStore, 'modelVersions'>,
  sites: readonly string[],
  path: string,
): Promise<ModelFiles> {
  const inForce = new Map<string, readonly ModelVersion[]>([[path, []]])
  for (const site of sites) {
    const file = modelFileOf(path, site)
    const newest = (await store.modelVersions(site)).slice(-1)
    inForce.set(file, [...(inForce.get(file) ?? []), ...newest])
  }
  const all = [...inForce].map(([file, versions]) => read(file, versions))
  return {
    all,
    of: site => {
      const file = modelFileOf(path, site)
      return all.find(known => known.path === file) ?? read(file, [])
    },
  }
}

const read = (path: string, inForce: readonly ModelVersion[]): ModelFile => ({
  path,
  ...readFileState(inForce, path),
})
