import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { ScoringModel } from '../contracts/model.ts'
import { parseModel } from './parse.ts'
import { type ModelProblem, problemAt } from './problems.ts'

/** A sound model, its list files read in. */
export interface LoadedModel {
  readonly model: ScoringModel
  readonly source: string
  /** of file and lists: a version in all but number */
  readonly hash: string
}

export type Loading =
  | { readonly ok: true; readonly loaded: LoadedModel }
  | { readonly ok: false; readonly problems: readonly ModelProblem[] }

/**
 * SHA-256, hex, over the file and its lists; lexicons ship with the engine.
 * @param lists text by file name
 */
export function hashOfModel(source: string, lists: ReadonlyMap<string, string>): string {
  const files = [...lists].sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([source, files]))
    .digest('hex')
}

/** The file a site is judged by: `goldpan.<site>.yaml` beside goldpan.yaml where there is one, else goldpan.yaml itself. */
export function modelFileOf(path: string, site: string): string {
  const ending = extname(path)
  const own = `${path.slice(0, path.length - ending.length)}.${site}${ending}`
  return existsSync(own) ? own : path
}

/** Reads the model and the list files in its folder. */
export function loadModelFile(path: string): Loading {
  const source = readText(path)
  if (source !== null) return loadModelText(source, dirname(path))
  const start = { path: '', line: 1, column: 1 }
  return {
    ok: false,
    problems: [problemAt(start, { expected: `a readable file at ${path}`, got: 'none' })],
  }
}

/** @param folder where its list files are */
export function loadModelText(source: string, folder: string): Loading {
  const lists = new Map<string, string>()
  const parsed = parseModel(source, name => {
    const text = readText(join(folder, name))
    if (text !== null) lists.set(name, text)
    return text
  })
  if (!parsed.ok) return parsed
  return { ok: true, loaded: { model: parsed.model, source, hash: hashOfModel(source, lists) } }
}

/** Null for a file that cannot be read, whatever the reason. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
