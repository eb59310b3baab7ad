import { beforeEach, expect, test } from 'vitest'
import { uuidV7Maker } from '../../shared/ids.ts'
import { LATE_AFTER_MS, QUEUE_EVENTS } from '../../shared/limits.ts'
import type { Entry } from '../../snippet/batch.ts'
import { randomBytes } from '../../snippet/random.ts'
import { store, unstore, waiting } from '../../snippet/stored.ts'

const NOON = Date.UTC(2026, 0, 5, 12)

const nextId = uuidV7Maker(randomBytes)
const entryAt = (at: number): Entry => ({
  who: { visitor: 'v'.repeat(32), session: 's'.repeat(32) },
  event: { id: nextId(at), type: 'page_view', at },
})

beforeEach(() => localStorage.clear())

test('what was stored comes back as it was, oldest first, until it is removed', () => {
  const entries = [0, 1, 2].map(ms => entryAt(NOON + ms))
  for (const entry of [...entries].reverse()) store(entry)
  expect(waiting(NOON)).toEqual(entries)
  unstore(entries[1]!)
  expect(waiting(NOON)).toEqual([entries[0], entries[2]])
})

test('the oldest make room when there are too many', () => {
  const entries = Array.from({ length: QUEUE_EVENTS + 3 }, (_, ms) => entryAt(NOON + ms))
  entries.forEach(store)
  expect(waiting(NOON)).toEqual(entries.slice(3))
})

test('what the collector would find too late is dropped for good', () => {
  const old = entryAt(NOON)
  store(old)
  expect(waiting(NOON + LATE_AFTER_MS - 1)).toEqual([old])
  expect(waiting(NOON + LATE_AFTER_MS)).toEqual([])
  expect(localStorage.length).toBe(0)
})

test('what the page wrote in its place is dropped, the rest is kept', () => {
  const entries = [0, 1, 2, 3].map(ms => entryAt(NOON + ms))
  entries.forEach(store)
  const keys = Object.keys(localStorage).sort()
  for (const [index, text] of ['{', 'null', '{"event":{}}'].entries())
    localStorage.setItem(keys[index]!, text)
  localStorage.setItem('theirs', 'untouched')
  expect(waiting(NOON)).toEqual([entries[3]])
  expect(localStorage.getItem('theirs')).toBe('untouched')
  expect(localStorage.length).toBe(2)
})
