import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { aFact } from '../contract/store/samples.ts'
import { openTerminal } from './model-terminal.ts'

/** A site of ten days, so many events a day, its collector at work. */
async function tenDays(perDay: number) {
  const terminal = openTerminal()
  const { store, settle } = await terminal.collectorWith(0)
  const now = Date.now()
  const facts = Array.from({ length: 10 * perDay }, (_, n) =>
    aFact(`e${n}`, {
      site: 'acme',
      visitor: `visitor-${n % 30}`,
      receivedAt: now - (n % 10) * DAY_MS - 1,
      occurredAt: now,
    }),
  )
  await store.record({
    facts: [...facts, aFact('first', { site: 'acme', receivedAt: now - 10 * DAY_MS })],
    quarantined: [],
  })
  await settle()
  return terminal
}

it('says what takes how much room, how fast it grows, and for how long there is room', async () => {
  const terminal = await tenDays(40)
  const { code, out } = await terminal.goldpan(['size', '--json'])
  expect(code).toBe(0)
  const report = JSON.parse(out)
  expect(report.sites).toEqual([{ site: 'acme', events: 401, eventsPerDay: expect.closeTo(40, -1) }])
  const path = join(terminal.cwd, 'data/goldpan.db')
  expect(report).toMatchObject({ fileBytes: statSync(path).size, logBytes: statSync(`${path}-wal`).size })
  const [events] = report.tables
  expect(events.name).toBe('events')
  expect(events.indexes.map(({ name }: { readonly name: string }) => name)).toContain('events_by_subject')
  expect(report.bytesPerDay).toBeCloseTo(report.bytesPerEvent * report.sites[0].eventsPerDay, 3)
  const room = report.disk.freeBytes + report.freeBytes - (report.bytes - report.fileBytes) - 200_000_000
  expect(report.daysLeft).toBeCloseTo(Math.max(0, room) / report.bytesPerDay, 3)
})

/** The same database, whether what it holds stands in the file or in the log alone. */
it.each(['size', 'doctor'])('%s says the same of a database however long its log is', async command => {
  const terminal = await tenDays(40)
  const said = async () => JSON.parse((await terminal.goldpan([command, '--json'])).out)
  const path = join(terminal.cwd, 'data/goldpan.db')
  const before = await said()
  expect(before.fileBytes).toBeLessThan(before.bytes / 2)
  expect(before.logBytes).toBeGreaterThan(before.bytes)
  const other = new Database(path)
  other.pragma('wal_checkpoint(TRUNCATE)')
  other.close()
  const { bytes } = before
  const after = await said()
  expect(after).toMatchObject({ bytes, fileBytes: bytes, logBytes: 0 })
  expect(after.bytesPerEvent).toBe(before.bytesPerEvent)
  const pages = after.tables?.reduce((sum: number, table: { bytes: number }) => sum + table.bytes, 0)
  expect(pages ?? bytes).toBe(bytes - (after.freeBytes ?? 0))
})

it('says it in words, and of an empty store, too', async () => {
  const { out } = await (await tenDays(5)).goldpan(['size'])
  expect(out).toMatch(
    /are free for what comes\n {2}its log beside it: .*\n(?: .*\n)* {2}events .*of it indexes/,
  )
  expect(out).toMatch(/acme: 51 events, 5 events a day\ngrowth: .* a day.*\ndisk: .* free, enough for/)
  const empty = openTerminal()
  await empty.collectorWith(0)
  expect((await empty.goldpan(['size'])).out).toMatch(/acme: 0 events, 0 events a day\ndisk: .* free$/)
})
