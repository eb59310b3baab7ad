import { relative, resolve } from 'node:path'
import { type LoadedModel, modelFileOf } from '../models/load.ts'
import { loadOrSay, type ModelDesk } from './model-desk.ts'

/** A model, and what people call it. */
export interface NamedModel {
  readonly label: string
  /** null: it is not published */
  readonly version: number | null
  readonly loaded: LoadedModel
}

/**
 * A model by the words that the API has for it, too: `file` is the model file of the site, `draft` the text saved over the
 * API, a number a published version; all else is a path.
 * @returns null: there is none, or it is broken; what is wrong has been said
 */
export async function modelNamed(desk: ModelDesk, site: string, word: string): Promise<NamedModel | null> {
  const { io, config } = desk
  if (word === 'draft') return savedDraft(desk, site)
  if (/^\d+$/.test(word)) return publishedModel(desk, site, word)
  const path = word === 'file' ? modelFileOf(config.modelPath, site) : resolve(io.cwd, word)
  const loaded = loadOrSay(io, path)
  return loaded && { label: relative(io.cwd, path), version: null, loaded }
}

async function savedDraft({ store, io }: ModelDesk, site: string): Promise<NamedModel | null> {
  const loaded = await store.draft(site)
  if (loaded) return { label: `the draft of ${loaded.actor}`, version: null, loaded }
  io.err(`${site}: expected a draft saved over the API, there is none.`)
  return null
}

/** @returns null: there is none of that number, and that has been said */
export async function publishedModel(
  { store, io }: Pick<ModelDesk, 'store' | 'io'>,
  site: string,
  number: string,
): Promise<NamedModel | null> {
  const versions = await store.modelVersions(site)
  const loaded = versions.find(({ version }) => String(version) === number)
  if (!loaded) {
    io.err(`${site}: expected a published version, 1 to ${versions.length}, came ${number}.`)
    return null
  }
  const { version } = loaded
  const inForce = loaded === versions.at(-1) ? ', in force' : ''
  return { label: `version ${version}${inForce}`, version, loaded }
}
