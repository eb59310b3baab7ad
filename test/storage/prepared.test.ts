import { expect, it } from 'vitest'
import { openConnection } from '../../collector/storage/sqlite/connection.ts'
import { preparer } from '../../collector/storage/sqlite/prepared.ts'

it('keeps the latest statements by their text, and lets go of the one that was not asked for longest', () => {
  const db = openConnection(':memory:')
  const prepare = preparer<{ readonly x: number }>(db)
  const [first, second] = [prepare('SELECT 1 AS x'), prepare('SELECT 2 AS x')]
  expect(prepare('SELECT 1 AS x')).toBe(first)
  for (let more = 3; more < 10; more += 1) prepare(`SELECT ${more} AS x`)
  expect(prepare('SELECT 1 AS x')).toBe(first)
  expect(prepare('SELECT 2 AS x')).not.toBe(second)
  expect(prepare('SELECT 2 AS x').all({})).toEqual([{ x: 2 }])
  db.close()
})
