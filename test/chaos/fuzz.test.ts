import { expect, it } from 'vitest'
import { EVENT_PROPS } from '../../shared/events.ts'
import { startHarness } from '../http/harness.ts'
import { targetOf } from '../support/load/connection.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { unlessEnded } from './load/collector-process.ts'
import { fuzzBody } from './load/fuzz/bodies.ts'
import { emptyTally, sendBodies } from './load/fuzz/send.ts'
import { reportSlice } from './load/fuzz/verdicts.ts'
import { openReport } from './load/report.ts'

const BODIES = 2_500
const SEED = 20_260_302

it('broken requests of every kind are answered below 500, and the store holds what was taken', async () => {
  const { url, store, sites, site, warnings } = await startHarness()
  const other = await sites.create({ id: 'other', name: 'Other', origins: [] })
  if (other === 'conflict') throw new Error('a fresh store had a site')
  for (const id of ['acme', 'other']) await store.publishModel(id, published(EXAMPLE))
  const own = site.site.publicKey
  const given = {
    seed: SEED,
    now: Date.now(),
    sites: { events: own, segment: own, validate: other.site.publicKey },
  }
  const tally = emptyTally()
  const bodyOf = (nth: number) => fuzzBody(given, nth)
  await sendBodies({ target: targetOf(url), bodyOf, from: 0, to: BODIES, tally })
  expect(tally.failed).toEqual([])
  expect(warnings).toEqual([])
  expect(Object.keys(tally.statuses)).toEqual(expect.arrayContaining(['200', '202', '400', '413']))
  const counts = await store.counts('acme')
  expect(tally.accepted).toBeGreaterThan(BODIES / 10)
  expect(counts.facts).toBeGreaterThanOrEqual(tally.accepted)
  expect(counts.quarantined).toBeGreaterThanOrEqual(tally.quarantined)
  // what is asked of /v1/validate is stored nowhere
  expect(await store.counts('other')).toMatchObject({ facts: 0, quarantined: 0 })
}, 60_000)

it('the same seed and number give the same body, and every type of event is among them', () => {
  const given = { seed: 7, now: 1_000, sites: { events: 'pk_a', segment: 'pk_b', validate: 'pk_c' } }
  expect(fuzzBody(given, 3).bytes.equals(fuzzBody(given, 3).bytes)).toBe(true)
  expect(fuzzBody(given, 3).bytes.equals(fuzzBody({ ...given, seed: 8 }, 3).bytes)).toBe(false)
  const all = Array.from({ length: 3_000 }, (_, nth) => fuzzBody(given, nth).bytes.toString('latin1')).join(
    '\n',
  )
  expect(Object.keys(EVENT_PROPS).filter(type => !all.includes(`"type":"${type}"`))).toEqual([])
})

it('nothing more is sent when the collector has ended', async () => {
  const given = { seed: 7, now: 1_000, sites: { events: 'pk_a', segment: 'pk_b', validate: 'pk_c' } }
  const tally = emptyTally()
  const nobody = { host: '127.0.0.1', port: 1 }
  let looks = 0
  const isOver = () => ++looks > 20
  await sendBodies({ target: nobody, bodyOf: nth => fuzzBody(given, nth), from: 0, to: 1e6, tally, isOver })
  expect(tally.sent).toBe(20 * 32)
})

it('what cannot be asked of a collector that has ended is nothing, and of one that lives an error', async () => {
  const fails = () => Promise.reject(new Error('fetch failed'))
  let looks = 0
  expect(await unlessEnded({ hasEnded: () => ++looks > 3 }, fails)).toBeNull()
  expect(await unlessEnded({ hasEnded: () => true }, async () => 1)).toBeNull()
  expect(await unlessEnded({ hasEnded: () => false }, async () => 1)).toBe(1)
  await expect(unlessEnded({ hasEnded: () => false }, fails, 0)).rejects.toThrow('fetch failed')
})

it('a slice whose collector ended says how far it came, and judges no more than it knows', () => {
  const lines: string[] = []
  const report = openReport(line => lines.push(line))
  reportSlice(report, 'bodies 0 to 9000', {
    ...{ sent: 4_711, perSecond: 900, statuses: { 202: 4_000 }, unanswered: 711, failed: [], complaints: [] },
    ...{ after: null, exitCode: 134, rss: null },
  })
  expect(lines.filter(line => line.startsWith('✗'))).toEqual([
    '✗ the collector lives, and ends when it is asked to: exit code 134, by itself, after 4,711 bodies',
  ])
  expect(lines.filter(line => line.includes('not judged, the collector had ended'))).toHaveLength(2)
})
