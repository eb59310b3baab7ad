import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openTerminal, requestDemo } from './model-terminal.ts'

/** In `npm test` a few; the whole battery: `GOLDPAN_RESTORES=20 npx vitest run test/cli/backups-under-load.test.ts`. */
const RESTORES = Number(process.env.GOLDPAN_RESTORES ?? 4)
const LANES = 4
/** Events between the start of one backup and that of the next. */
const APART = 60

type Terminal = ReturnType<typeof openTerminal>

/** People who ask for a demo, one after the other on each lane, until it is stopped. */
function load(url: string, site: Parameters<typeof requestDemo>[1]) {
  const stop = new AbortController()
  let acknowledged = 0
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    for (let n = lane; !stop.signal.aborted; n += LANES) {
      await requestDemo(url, site, n)
      acknowledged += 1
    }
  })
  return {
    acknowledged: () => acknowledged,
    end: async () => {
      stop.abort()
      await Promise.all(lanes)
    },
  }
}

async function restored(terminal: Terminal, file: string) {
  const place = openTerminal()
  const env = { ...place.env, DATABASE_URL: `sqlite:${join(place.cwd, 'restored.db')}` }
  const restore = await place.goldpan(['restore', join(terminal.cwd, file), '--yes', '--json'], { env })
  expect(restore.code, restore.err).toBe(0)
  return { rows: JSON.parse(restore.out).rows, replay: () => replayed(place, env) }
}

/** What waited to be qualified when the backup was made is qualified by a collector before it is compared. */
async function replayed(place: Terminal, env: Terminal['env']): Promise<readonly unknown[]> {
  const stop = new AbortController()
  const serving = place.goldpan(['serve'], { env: { ...env, PORT: '0' }, stop: stop.signal })
  for (let waiting = 1; waiting > 0; await pause(5)) {
    const { out } = await place.goldpan(['replay', '--verify', '--json'], { env })
    waiting = JSON.parse(out)[0].waiting
  }
  stop.abort()
  await serving
  const { out } = await place.goldpan(['replay', '--verify', '--json'], { env })
  return JSON.parse(out)[0].differences
}

it('a backup taken while events come restores to all that was acknowledged before it, and replays without a difference', async () => {
  const terminal = openTerminal()
  const collector = await terminal.collectorWith(0)
  const [site] = await collector.store.sites()
  if (!site) throw new Error('expected a site')
  const people = load(collector.url, site)
  const backups: { readonly file: string; readonly before: number; readonly events: number }[] = []
  for (let n = 0; n < RESTORES; n += 1) {
    while (people.acknowledged() < (n + 1) * APART) await pause(1)
    const before = people.acknowledged()
    const file = `backup-${n}.db`
    const { code, out, err } = await terminal.goldpan(['backup', file, '--verify', '--json'])
    expect(code, err).toBe(0)
    backups.push({ file, before, events: JSON.parse(out).rows.events })
  }
  await people.end()
  await collector.close()
  for (const { file, before, events } of backups) {
    const { rows, replay } = await restored(terminal, file)
    expect(rows.events).toBe(events)
    expect(events, 'acknowledged before the backup began').toBeGreaterThanOrEqual(before)
    expect(await replay()).toEqual([])
  }
}, 600_000)
