import { emailLinks, NO_ROOM } from '../access/email-links.ts'
import type { Config } from '../config/shape.ts'
import { emailLinkDraft } from '../queries/email-link-requests.ts'
import { addLinks, type MakeLink } from './email-link-csv.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { type ModelDesk, siteAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'

export const EMAIL_LINK_USAGE =
  'goldpan email-link --email ADDRESS --url URL [--message CAMPAIGN[/MAIL]] [--site ID] [--json]' +
  ' | email-link --csv CONTACTS --url URL … [--column EMAIL] [--message …] [--site ID] > out.csv'

const OPTIONS = {
  site: { type: 'string' },
  email: { type: 'string' },
  csv: { type: 'string' },
  column: { type: 'string' },
  url: { type: 'string', multiple: true },
  message: { type: 'string' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan email-link`: a signed link for an e-mail, or a CSV file of contacts with a column of them added, for mail
 * merges. Keeps nothing. May run beside a collector at work. Exit code 1 when an address got none.
 */
export const emailLinkCommand: Command = async (args, io) => {
  const { values } = readArgs(args, { options: OPTIONS }, EMAIL_LINK_USAGE)
  const { site, email, csv, column, url: urls = [], message, json = false } = values
  const [url] = urls
  if (
    url === undefined ||
    (email === undefined) === (csv === undefined) ||
    (csv === undefined && urls.length > 1)
  )
    throw new UsageError(
      `email-link: expected --email and a --url, or --csv and one --url or more. Write ${EMAIL_LINK_USAGE}`,
    )
  return withModelDesk(io, async desk => {
    const make = await maker(desk, siteAsked(desk, site), message)
    if (csv !== undefined) return addLinks(io, { csv, column, urls }, make)
    return one(io, make(email ?? '', url), json)
  })
}

async function maker({ store, config, io }: ModelDesk, site: string, message?: string): Promise<MakeLink> {
  const links = emailLinks(await store.installationSecret())
  const origins = (await store.sites()).find(({ id }) => id === site)?.origins ?? []
  const base = addressOf(config, io)
  return (email, url) => {
    const draft = emailLinkDraft({ email, url, ...(message !== undefined && { message }) }, origins)
    if (typeof draft === 'string') return { why: draft }
    const token = links.mint(site, draft, io.clock())
    return token === null ? { why: NO_ROOM } : { link: `${base}/v1/c/${token}` }
  }
}

function addressOf({ publicUrl, host, port, basePath }: Config, { err }: Pick<Io, 'err'>): string {
  if (publicUrl !== null) return publicUrl
  const url = `http://${host}:${port}${basePath}`
  err(`The links lead to ${url}. Set GOLDPAN_PUBLIC_URL to where people reach the collector.`)
  return url
}

function one(io: Io, made: ReturnType<MakeLink>, json: boolean): ExitCode {
  if ('why' in made) {
    io.err(made.why)
    return 1
  }
  io.out(json ? JSON.stringify({ url: made.link }) : made.link)
  return 0
}
