import { siteDraftOf } from '../access/site-draft.ts'
import { siteShape } from '../access/site-shape.ts'
import { readRelease } from '../access/snippet-release.ts'
import { type Tags, tagsOf } from '../access/tags.ts'
import type { Config } from '../config/shape.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { builtPublicDir } from '../main.ts'
import { refusedWords } from '../models/first-model.ts'
import type { Site } from '../storage/store.ts'
import { existingConfig } from './existing-store.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { readArgs } from './usage.ts'

export const SITE_USAGE =
  'goldpan site create --name NAME [--id ID] [--origin https://www.example.com …] [--consent granted|required|cookieless] [--param plan …] [--progressive|--no-progressive]' +
  ' | site set ID [--name …] [--origin …] [--consent …] [--param …] [--[no-]progressive] | site tag ID [--consent …] | site list; each [--json]'

const OPTIONS = {
  name: { type: 'string' },
  id: { type: 'string' },
  origin: { type: 'string', multiple: true },
  consent: { type: 'string' },
  param: { type: 'string', multiple: true },
  progressive: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Options = Partial<
  Record<'name' | 'id' | 'consent', string> &
    Record<'origin' | 'param', string[]> &
    Record<'progressive', boolean>
>

/** A site's input as options give it: only what was said. */
interface Said {
  readonly name?: string
  readonly id?: string
  readonly origins?: readonly string[]
  readonly consent?: string
  readonly params?: readonly string[]
  readonly progressive?: boolean
}

/** What an act works with: its installation is open, its answer goes to `io`. */
interface Desk {
  readonly installation: Installation
  readonly said: Said
  readonly json: boolean
  readonly io: Io
}

/** Acts without an id, and acts on the site of an id. */
const ACTS: ReadonlyMap<string, (desk: Desk) => Promise<ExitCode>> = new Map([
  ['create', create],
  ['list', list],
])
const ACTS_ON: ReadonlyMap<string, (desk: Desk, site: Site) => Promise<ExitCode>> = new Map([
  ['set', set],
  ['tag', tag],
])

/** `goldpan site create|set|tag|list`: whose pages may send here, and what they paste. May run beside a collector at work. */
export const siteCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(
    args,
    { options: OPTIONS, allowPositionals: true, allowNegative: true },
    SITE_USAGE,
  )
  const { json = false, ...options } = values
  const said = saidIn(options)
  const [verb = '', id, ...rest] = positionals
  const act = id === undefined ? ACTS.get(verb) : undefined
  const actOn = rest.length === 0 ? ACTS_ON.get(verb) : undefined
  if (act === create)
    draftOf(said) // before anything is opened
  else if (act ?? (actOn && id)) existingConfig(io)
  if (act) return withInstallation(io, installation => act({ installation, said, json, io }))
  if (!actOn || id === undefined)
    throw new UsageError(`site: expected create or list, set or tag with an id. Write ${SITE_USAGE}`)
  return withInstallation(io, async installation => {
    const site = (await installation.sites.list()).find(known => known.id === id)
    if (site) return actOn({ installation, said, json, io }, site)
    io.err(`Expected the id of a site, came ${id}. \`goldpan site list\` shows them.`)
    return 1
  })
}

async function withInstallation(
  { env, cwd, clock, err }: Io,
  act: (installation: Installation) => Promise<ExitCode>,
): Promise<ExitCode> {
  const installation = await openInstallation({ env, cwd, clock, print: err })
  try {
    return await act(installation)
  } finally {
    await installation.close()
  }
}

/** Options as fields of a site, without those that were not given. */
function saidIn({ name, id, origin: origins, consent, param: params, progressive }: Options): Said {
  const all = { name, id, origins, consent, params, progressive }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** @throws UsageError that says what is wrong and how to write the command */
function draftOf(said: Said): Exclude<ReturnType<typeof siteDraftOf>, string> {
  const draft = siteDraftOf(said)
  if (typeof draft === 'string') throw new UsageError(`site: ${draft} Write ${SITE_USAGE}`)
  return draft
}

async function create({ installation, said, json, io }: Desk): Promise<ExitCode> {
  const draft = draftOf(said)
  const made = await installation.createSite(draft)
  if (made === 'conflict') {
    io.err(`Expected an id no site has, came ${draft.id}. Choose another with --id.`)
    return 1
  }
  if ('refused' in made) {
    io.err(`${refusedWords(made)}\nThe site was not made.`)
    return 1
  }
  const { site, secretKey } = made
  const tags = tagsFor(site, installation.config)
  if (json) io.out(JSON.stringify({ ...siteShape(site), secretKey, ...tags }))
  else {
    printTags(tags, io)
    io.out(`To try it out yourself, put this test key in the tag's data-site: ${site.testKey}`)
    io.out(`Secret key for your servers, shown this once: ${secretKey}`)
  }
  return 0
}

async function set({ installation, said, json, io }: Desk, site: Site): Promise<ExitCode> {
  const { id, name, origins, consent, params, progressive } = site
  const changed = await installation.ensureSite(
    draftOf({ name, origins, consent, params, progressive, ...said, id }),
  )
  const tags = tagsFor(changed, installation.config)
  if (json) io.out(JSON.stringify({ ...siteShape(changed), ...tags }))
  else printTags(tags, io)
  return 0
}

async function tag({ installation, said, json, io }: Desk, site: Site): Promise<ExitCode> {
  const { consent = site.consent } = draftOf({ name: site.name, ...said })
  const tags = tagsFor({ ...site, consent }, installation.config)
  if (json) io.out(JSON.stringify(tags))
  else printTags(tags, io)
  return 0
}

async function list({ installation, json, io }: Desk): Promise<ExitCode> {
  const all = await installation.sites.list()
  if (json) io.out(JSON.stringify(all.map(siteShape)))
  else
    for (const { id, name, origins, publicKey } of all)
      io.out([id, name, publicKey, origins.join(' ') || 'any origin'].join('\t'))
  return 0
}

function tagsFor(site: Site, { publicUrl, host, port, basePath }: Config): Tags {
  return tagsOf(site, publicUrl ?? `http://${host}:${port}${basePath}`, readRelease(builtPublicDir()))
}

function printTags({ moving, pinned }: Tags, { out, err }: Io): void {
  out(moving)
  if (pinned === null)
    err('The snippet is not built, so there is no tag for one release: run `npm run build`.')
  else out(`Or this release alone, checked by its hash: ${pinned}`)
}
