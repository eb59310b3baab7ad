import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ModelVersion, ScoringModel } from '../contracts/model.ts'
import type { ModelStore } from '../storage/store.ts'
import { parseModel } from './parse.ts'
import { type ModelProblem, problemAt } from './problems.ts'
import { type Advance, type ModelTestResult, runModelTests } from './tests.ts'

/** goldpan.yaml as it lies on disk, its list files read in. */
export interface LoadedModel {
  readonly model: ScoringModel
  readonly source: string
  /** of file, lists and engine: a version in all but number */
  readonly hash: string
}

export type Loading =
  | { readonly ok: true; readonly loaded: LoadedModel }
  | { readonly ok: false; readonly problems: readonly ModelProblem[] }

/**
 * SHA-256, hex, over the file, its lists and the engine that judges by them: lexicons ship with the engine.
 * @param lists text by file name
 */
export function hashOfModel(source: string, lists: ReadonlyMap<string, string>, engine: string): string {
  const files = [...lists].sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([engine, source, files]))
    .digest('hex')
}

/** Reads the model and the list files in its folder. */
export function loadModelFile(path: string, engine: string): Loading {
  const source = readText(path)
  if (source === null) {
    const start = { path: '', line: 1, column: 1 }
    return {
      ok: false,
      problems: [problemAt(start, { expected: `a readable file at ${path}`, got: 'none' })],
    }
  }
  const lists = new Map<string, string>()
  const parsed = parseModel(source, name => {
    const text = readText(join(dirname(path), name))
    if (text !== null) lists.set(name, text)
    return text
  })
  if (!parsed.ok) return parsed
  return { ok: true, loaded: { model: parsed.model, source, hash: hashOfModel(source, lists, engine) } }
}

/** Null for a file that cannot be read, whatever the reason. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/**
 * The version that judges a site. At the first start the file is published as version 1; later a changed file is a draft
 * until someone publishes it (scoring.md, Model versions).
 * @param now epoch ms
 */
export async function ensurePublished(
  store: ModelStore,
  site: string,
  loaded: LoadedModel,
  now: number,
): Promise<{ readonly inForce: ModelVersion; readonly draft: boolean }> {
  const newest = (await store.modelVersions(site)).at(-1)
  if (newest) return { inForce: newest, draft: newest.hash !== loaded.hash }
  const first: ModelVersion = { version: 1, publishedAt: now, ...loaded }
  if ((await store.publishModel(site, first)) === 'published') return { inForce: first, draft: false }
  return ensurePublished(store, site, loaded, now)
}

export type Publishing =
  | { readonly outcome: 'published' | 'unchanged'; readonly version: ModelVersion }
  | { readonly outcome: 'tests_failed'; readonly results: readonly ModelTestResult[] }
  /** someone else published meanwhile: look at theirs first */
  | { readonly outcome: 'conflict' }

/** Puts a draft in force, if its own tests pass. A version begins after the one before it, whatever the clock says. */
export async function publishDraft(
  store: ModelStore,
  site: string,
  draft: LoadedModel,
  now: number,
  advance: Advance,
): Promise<Publishing> {
  const newest = (await store.modelVersions(site)).at(-1)
  if (newest?.hash === draft.hash) return { outcome: 'unchanged', version: newest }
  const results = runModelTests(draft.model, draft.source, advance)
  if (results.some(({ pass }) => !pass)) return { outcome: 'tests_failed', results }
  const publishedAt = newest ? Math.max(now, newest.publishedAt + 1) : now
  const version: ModelVersion = { version: (newest?.version ?? 0) + 1, publishedAt, ...draft }
  const outcome = await store.publishModel(site, version)
  return outcome === 'published' ? { outcome, version } : { outcome }
}
