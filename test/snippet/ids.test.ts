import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { CLIENT_ID_PATTERN, EVENT_ID_PATTERN } from '../../shared/ids.ts'
import { SESSION_GAP_MS } from '../../shared/limits.ts'
import { nextEventId, whoAt } from '../../snippet/ids.ts'

const NOON = Date.UTC(2026, 0, 5, 12)
const ID = RegExp(CLIENT_ID_PATTERN)

beforeEach(() => localStorage.clear())

test('ids of events are UUIDv7 that ascend, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2 }), offsets => {
      const ids = offsets.map(offset => nextEventId(NOON + offset))
      for (const id of ids) expect(id).toMatch(RegExp(EVENT_ID_PATTERN))
      expect(ids.toSorted()).toEqual(ids)
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('an id says when its event was', () => {
  const later = NOON + 10 * 86_400_000
  expect(Number.parseInt(nextEventId(later).replace('-', '').slice(0, 12), 16)).toBe(later)
})

test('a session lasts as long as its events are less than the gap apart', () => {
  const { session } = whoAt(NOON)
  expect(session).toMatch(ID)
  expect(whoAt(NOON + SESSION_GAP_MS - 1).session).toBe(session)
  expect(whoAt(NOON + 2 * SESSION_GAP_MS - 2).session).toBe(session)
  expect(whoAt(NOON + 3 * SESSION_GAP_MS - 2).session).not.toBe(session)
})

test('a clock set back keeps the session', () => {
  const { session } = whoAt(NOON)
  expect(whoAt(NOON - 60_000).session).toBe(session)
})

test('the visitor outlives the session', () => {
  const { visitor, session } = whoAt(NOON)
  expect(visitor).toMatch(ID)
  const next = whoAt(NOON + 86_400_000)
  expect(next.visitor).toBe(visitor)
  expect(next.session).not.toBe(session)
})

test('what the page wrote in its place begins a new session', () => {
  const { session } = whoAt(NOON)
  for (const key of Object.keys(localStorage)) localStorage.setItem(key, 'nonsense')
  expect(whoAt(NOON).session).not.toBe(session)
})

test('ids of many visitors are all different and long enough', () => {
  const ids = Array.from({ length: 10_000 }, () => {
    localStorage.clear()
    return whoAt(NOON).visitor
  })
  expect(new Set(ids).size).toBe(ids.length)
  expect(Math.min(...ids.map(id => id.length))).toBeGreaterThanOrEqual(39)
})
