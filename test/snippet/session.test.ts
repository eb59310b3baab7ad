import { beforeEach, expect, test } from 'vitest'
import { SESSION_GAP_MS } from '../../shared/limits.ts'
import { forgetSession, sessionId } from '../../snippet/session.ts'
import { forgetVisitor, visitorId } from '../../snippet/visitor.ts'

const NOON = Date.UTC(2026, 0, 5, 12)

beforeEach(() => localStorage.clear())

test('a session lasts as long as its events are less than the gap apart', () => {
  const id = sessionId(NOON)
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(sessionId(NOON + SESSION_GAP_MS - 1)).toBe(id)
  expect(sessionId(NOON + 2 * SESSION_GAP_MS - 2)).toBe(id)
  expect(sessionId(NOON + 3 * SESSION_GAP_MS - 2)).not.toBe(id)
})

test('a clock set back by minutes keeps the session, by a day ends it', () => {
  const id = sessionId(NOON)
  expect(sessionId(NOON - 60_000)).toBe(id)
  expect(sessionId(NOON - 86_400_000)).not.toBe(id)
})

test('what the page wrote in its place begins a new session', () => {
  const id = sessionId(NOON)
  for (const key of Object.keys(localStorage)) localStorage.setItem(key, 'nonsense')
  expect(sessionId(NOON)).not.toBe(id)
})

test('the visitor stays until it is forgotten', () => {
  const visitor = visitorId()
  const session = sessionId(NOON)
  expect(visitor).toMatch(/^[0-9a-f]{32}$/)
  expect(visitorId()).toBe(visitor)
  forgetVisitor()
  forgetSession()
  expect(visitorId()).not.toBe(visitor)
  expect(sessionId(NOON)).not.toBe(session)
})
