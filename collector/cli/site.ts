import { siteDraftOf } from '../access/site-draft.ts'
import { type Installation, openInstallation } from '../installation.ts'
import type { Site } from '../storage/store.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { readArgs } from './usage.ts'

export const SITE_USAGE =
  'goldpan site create --name NAME [--id ID] [--origin https://www.example.com …] | site list [--json]'

const OPTIONS = {
  name: { type: 'string' },
  id: { type: 'string' },
  origin: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const

/** `goldpan site create|list`: whose pages may send here. May run beside a collector at work. */
export const siteCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, SITE_USAGE)
  const { name, id, origin: origins = [], json = false } = values
  const act = positionals.join(' ')
  if (act !== 'list' && act !== 'create')
    throw new UsageError(`site: expected create or list. Write ${SITE_USAGE}`)
  const draft = act === 'create' ? siteDraftOf({ name, origins, ...(id !== undefined && { id }) }) : null
  if (typeof draft === 'string') throw new UsageError(`site: ${draft} Write ${SITE_USAGE}`)

  const { env, cwd, clock } = io
  const installation = await openInstallation({ env, cwd, clock, print: io.err })
  try {
    return draft ? await create(installation, draft, json, io) : await list(installation, json, io)
  } finally {
    await installation.close()
  }
}

type Draft = Parameters<Installation['createSite']>[0]

async function create(
  { createSite, config }: Installation,
  draft: Draft,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const made = await createSite(draft)
  if (made === 'conflict') {
    io.err(`Expected an id no site has, came ${draft.id}. Choose another with --id.`)
    return 1
  }
  const { id, name, origins, publicKey } = made.site
  if (json) {
    io.out(JSON.stringify({ id, name, origins, publicKey, secretKey: made.secretKey }))
    return 0
  }
  const url = config.publicUrl ?? `http://${config.host}:${config.port}${config.basePath}`
  io.out(`<script async src="${url}/goldpan.js" data-site="${publicKey}"></script>`)
  io.out(`Secret key for your servers, shown this once: ${made.secretKey}`)
  return 0
}

async function list({ sites }: Installation, json: boolean, io: Io): Promise<ExitCode> {
  const all = await sites.list()
  if (json) io.out(JSON.stringify(all.map(shapeOf)))
  else
    for (const { id, name, origins, publicKey } of all)
      io.out([id, name, publicKey, origins.join(' ') || 'any origin'].join('\t'))
  return 0
}

const shapeOf = ({ id, name, origins, publicKey }: Site) => ({ id, name, origins, publicKey })
