import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../collector/storage/open.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { openStored } from './stored.ts'

let file: string
beforeEach(async () => {
  file = join(tempDir(), 'goldpan.db')
  await (await openStore(`sqlite:${file}`)).close()
})

/** Writes hand-offs, and what the stream was told of each: null is a change without an id. */
function write(handoffs: readonly string[], told: readonly (string | null)[]): void {
  const db = new Database(file)
  const handoff = db.prepare(`INSERT INTO handoffs
    (site, id, lead, episode_since, told_at, status, reasons, fit_score, fit_grade, engagement_score, model)
    VALUES ('acme', ?, ?, 1, 1, 'told', '[]', 1, 'A', 1, 1)`)
  for (const id of handoffs) handoff.run(id, `lead of ${id}`)
  const change = db.prepare(`INSERT INTO changes (site, body) VALUES ('acme', ?)`)
  for (const id of told)
    change.run(JSON.stringify({ kind: 'handoff', handoff: { status: 'told', ...(id !== null && { id }) } }))
  db.close()
}

/** MQLs may have cooled: there are no people here. */
function faults(): readonly string[] {
  const stored = openStored(file)
  onTestFinished(stored.close)
  return stored.faultsOfTelling(true)
}

it('each hand-off told once is no fault', () => {
  write(['a', 'b'], ['b', 'a'])
  expect(faults()).toEqual([])
})

it('a hand-off that was not told, or told twice, is found', () => {
  write(['a', 'b', 'c'], ['b', 'b', 'c'])
  expect(faults()).toEqual(['a hand-off told to the stream other than once: 2 (a, b)'])
})

it('one that was told without its id is a fault, and hides none of the others', () => {
  write(['a', 'b'], ['b', null, null])
  expect(faults()).toEqual([
    'a hand-off told to the stream other than once: 1 (a)',
    'a hand-off told to the stream without its id: 2 (change 2, change 3)',
  ])
})
