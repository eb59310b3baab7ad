import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startDiskFloor } from '../../collector/storage/disk-floor.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

const MB = 1_000_000

/** A disk whose free space the test sets; looked at every millisecond. */
function disk(freeMegabytes: number) {
  const state = { free: freeMegabytes, looks: 0 }
  const statfs = async () => {
    state.looks += 1
    return { bavail: state.free * 1_000, bsize: 1_000 }
  }
  const seen = async () => {
    for (const from = state.looks; state.looks < from + 3; ) await pause(1)
  }
  return { statfs, everyMs: 1, seen, set: (free: number) => Object.assign(state, { free }) }
}

it('answers events 503 while there is less than the floor, says why, and goes on by itself', async () => {
  const space = disk(500)
  const collector = await startIn(installIn(tempDir()), { disk: space })
  const { publicKey } = await collector.ensureSite({ id: 'acme', name: 'acme', origins: [] })
  const send = () =>
    fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      body: JSON.stringify(envelopeOf([eventOf({})], publicKey)),
    })
  const ready = async () => (await fetch(`${collector.url}/readyz`)).status
  expect([(await send()).status, await ready()]).toEqual([202, 200])

  space.set(199)
  await space.seen()
  const refused = await send()
  expect([refused.status, refused.headers.get('retry-after'), await ready()]).toEqual([503, '30', 503])
  expect(await refused.json()).toMatchObject({
    code: 'disk_full',
    detail: expect.stringContaining('nothing of this request was kept'),
  })
  expect((await fetch(`${collector.url}/v1/leads`, { headers: ADMIN })).status).toBe(200)
  const { facts } = await collector.store.counts('acme')
  expect(facts).toBe(1)

  space.set(201)
  await space.seen()
  expect([(await send()).status, await ready()]).toEqual([202, 200])
  expect(collector.said.filter(line => line.startsWith('disk:'))).toEqual([
    expect.stringMatching(/199 MB free in .* less than 200 MB \(GOLDPAN_MIN_FREE_MB\)/),
    'disk: 201 MB free again, events are taken.',
  ])
})

it.each([
  [
    'the space cannot be asked for',
    { folder: '/', floorBytes: 200 * MB, statfs: () => Promise.reject(new Error('no')) },
  ],
  ['the floor is 0', { folder: '/', floorBytes: 0, statfs: async () => ({ bavail: 0, bsize: 1 }) }],
  ['the database is in memory', { folder: null, floorBytes: 200 * MB }],
])('takes events when %s', async (_, given) => {
  const floor = await startDiskFloor({ ...given, warn: () => {} })
  await expect(floor.guardPing(async () => {})()).resolves.toBeUndefined()
  floor.close()
})

it('asks a real disk', async () => {
  const floor = await startDiskFloor({ folder: tempDir(), floorBytes: 1e18, warn: () => {} })
  await expect(
    floor.guard(async () => ({ outcomes: [] }))({ facts: [], quarantined: [] }),
  ).rejects.toMatchObject({
    name: 'StoreError',
    code: 'full',
  })
  floor.close()
})
