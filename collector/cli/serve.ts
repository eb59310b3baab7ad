import { once } from 'node:events'
import { startCollector } from '../main.ts'
import type { Command } from './io.ts'
import { readArgs } from './usage.ts'

export const SERVE_USAGE = 'goldpan serve [--json]'

/** `goldpan serve`: the collector, until Ctrl-C. With --json its address and first token come as one line of JSON. */
export const serveCommand: Command = async (args, io) => {
  const { json } = readArgs(args, { options: { json: { type: 'boolean' } } }, SERVE_USAGE).values
  const collector = await startCollector({
    env: io.env,
    clock: io.clock,
    cwd: io.cwd,
    print: json ? io.err : io.out,
    warn: io.err,
  })
  const { url, port, firstAdminToken } = collector
  if (json) io.out(JSON.stringify({ url, port, firstAdminToken }))
  const sites = await collector.store.sites()
  if (sites.length === 0)
    io.err('No site yet: make one with `goldpan site create --name NAME --origin https://…`.')
  if (!io.stop.aborted) await once(io.stop, 'abort')
  await collector.close()
  return 0
}
