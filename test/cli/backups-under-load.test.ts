import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { backupsUnderLoad } from '../support/backups-under-load.ts'
import { openTerminal, requestDemo } from './model-terminal.ts'

/** A few; the whole battery is `npm run chaos -- backups`. */
const RESTORES = 4
type Terminal = ReturnType<typeof openTerminal>

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
  const backups = await backupsUnderLoad(
    {
      requestDemo: nth => requestDemo(collector.url, site, nth),
      backup: async file => {
        const { code, out, err } = await terminal.goldpan(['backup', file, '--verify', '--json'])
        expect(code, err).toBe(0)
        return JSON.parse(out).rows.events
      },
    },
    RESTORES,
  )
  await collector.close()
  for (const { file, before, events } of backups) {
    const { rows, replay } = await restored(terminal, file)
    expect(rows.events).toBe(events)
    expect(events, 'acknowledged before the backup began').toBeGreaterThanOrEqual(before)
    expect(await replay()).toEqual([])
  }
}, 600_000)
