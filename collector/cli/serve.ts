import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { startCollector } from '../main.ts'
import type { Command } from './io.ts'
import { readArgs } from './usage.ts'

export const SERVE_USAGE = 'goldpan serve [--json]'

/**
 * Left to itself, V8 lets a heap of fifty megabytes grow to two hundred before it looks for what is no longer used, and a
 * collector makes much that lives for a request. Half as much again costs a twentieth of the CPU at full load, and takes a
 * third less memory. A flag that Node knows at its start goes first: `node --heap-growing-percent=…`.
 */
const HEAP_GROWTH = '--heap-growing-percent=50'

/** `goldpan serve`: the collector, until Ctrl-C. With --json its address and first token come as one line of JSON. */
export const serveCommand: Command = async (args, io) => {
  const { json } = readArgs(args, { options: { json: { type: 'boolean' } } }, SERVE_USAGE).values
  if (!process.execArgv.some(flag => flag.startsWith('--heap-growing-percent')))
    setFlagsFromString(HEAP_GROWTH)
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
