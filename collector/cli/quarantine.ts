import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { releaserOf } from '../main.ts'
import { asideShape } from '../queries/quarantine.ts'
import type { Aside } from '../storage/quarantine-store.ts'
import { columns, plain } from './columns.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { actorOf, type ModelDesk, siteAsked, sitesAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'
import { count, timeWords } from './words.ts'

export const QUARANTINE_USAGE =
  'goldpan quarantine [list] [--json] | quarantine release ID FILE | quarantine discard ID… [--site ID]'

const OPTIONS = { site: { type: 'string' }, json: { type: 'boolean' } } as const

/**
 * `goldpan quarantine`: events that failed their check, the newest first, with what is wrong. `release` records one as FILE has
 * it, mended, at the time it came; `discard` lets some go. May run beside a collector at work. `list --json` shows them whole,
 * personal data too. Exit code 1 when one could not be settled so.
 */
export const quarantineCommand: Command = async (args, io) => {
  const read = readArgs(args, { options: OPTIONS, allowPositionals: true }, QUARANTINE_USAGE)
  const { site, json = false } = read.values
  const [verb = 'list', ...rest] = read.positionals
  const [id, file, ...more] = rest
  if (verb === 'list' && rest.length === 0) return withModelDesk(io, desk => list(desk, site, json))
  if (verb === 'release' && id !== undefined && file !== undefined && more.length === 0)
    return withModelDesk(io, desk => release(desk, siteAsked(desk, site), { id, event: eventIn(io, file) }))
  if (verb === 'discard' && rest.length > 0)
    return withModelDesk(io, desk => discard(desk, siteAsked(desk, site), rest))
  throw new UsageError(
    `quarantine: expected list, release ID FILE, or discard ID…. Write ${QUARANTINE_USAGE}`,
  )
}

/** @throws UsageError */
function eventIn({ cwd }: Io, file: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(cwd, file), 'utf8'))
  } catch (error) {
    throw new UsageError(
      `quarantine release: expected a file with the event as JSON, came ${file}: ${error instanceof Error ? error.message : error}`,
    )
  }
}

const PAGE = 200

async function list(desk: ModelDesk, asked: string | undefined, json: boolean): Promise<ExitCode> {
  const { store, io } = desk
  for (const site of sitesAsked(desk, asked)) {
    if (!json) io.out(`${site}: ${count((await store.counts(site)).quarantined, 'event')} in quarantine`)
    for await (const page of pagesOf(desk, site)) for (const line of linesOf(page, json)) io.out(line)
  }
  return 0
}

async function* pagesOf({ store, io }: ModelDesk, site: string): AsyncGenerator<readonly Aside[]> {
  let page = await store.aside(site, PAGE)
  while (page.length > 0 && !io.stop.aborted) {
    yield page
    page = await store.aside(site, PAGE, page.at(-1)?.id)
  }
}

const linesOf = (page: readonly Aside[], json: boolean): readonly string[] =>
  json
    ? page.map(aside => JSON.stringify({ site: aside.site, ...asideShape(aside, true) }))
    : columns(
        page.map(({ id, receivedAt, code, path, message }) => [
          id,
          timeWords(receivedAt),
          code,
          plain(path, 40),
          plain(message, 100),
        ]),
      )

async function release(
  { store, io }: ModelDesk,
  site: string,
  { id, event }: { readonly id: string; readonly event: unknown },
): Promise<ExitCode> {
  const params = (await store.sites()).find(one => one.id === site)?.params ?? []
  const released = await releaserOf(store)({ site, id, event, params, actor: actorOf(io), now: io.clock() })
  switch (released.kind) {
    case 'released':
      io.out(`${site}: ${id} released as event ${released.event}${OUTCOMES[released.outcome]}`)
      return 0
    case 'settled':
      io.err(`  ${id}: ${released.settled.actor} has ${released.settled.as} it already`)
      return 1
    case 'unsound':
      io.err(`  ${id}: still fails its check: ${released.flaw.path} ${released.flaw.message}`)
      return 1
    default:
      io.err(`  ${id}: there is no such event in quarantine`)
      return 1
  }
}

const OUTCOMES = {
  accepted: '',
  duplicate: ', which had come already',
  conflict: ', which had come already with other content: that stays',
  erased: ', of which nothing is kept: its person was erased later than it happened',
} as const

async function discard({ store, io }: ModelDesk, site: string, ids: readonly string[]): Promise<ExitCode> {
  const word = { as: 'discarded', at: io.clock(), actor: actorOf(io) } as const
  let failed = 0
  for (const id of ids) {
    if (await store.settleAside(site, id, word)) continue
    failed += 1
    const settled = (await store.asideById(site, id))?.settled
    io.err(
      `  ${id}: ${settled ? `${settled.actor} has ${settled.as} it already` : 'there is no such event in quarantine'}`,
    )
  }
  io.out(`${site}: ${count(ids.length - failed, 'event')} discarded`)
  return failed > 0 ? 1 : 0
}
