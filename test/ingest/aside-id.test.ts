import { expect, it } from 'vitest'
import { asideIdOf } from '../../collector/ingest/aside-id.ts'
import { eventOf, NOON } from './wire-samples.ts'

const CAME = { subject: 'visitor-0001', session: 'session-0001' }
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/

it('is the event’s own where the wire takes it, whoever sent it', () => {
  const event = { ...eventOf(), props: 'broken' }
  expect(asideIdOf(event, CAME)).toBe(event.id)
  expect(asideIdOf(event, { subject: null, session: null })).toBe(event.id)
})

it.each([
  [{ type: 'x', at: NOON }],
  [{ type: 'x', at: '2026-03-02T12:00:00Z' }],
  [{ type: 'x', at: NOON + 0.5 }],
  [{ id: 'mine-1', type: 'x', at: NOON }],
  [{ id: 7, type: 'x', at: NOON }],
])('follows from what %j says and who sent it', event => {
  const id = asideIdOf(event, CAME)
  expect(id).toMatch(UUID)
  expect(asideIdOf({ ...event }, { ...CAME })).toBe(id)
  expect(asideIdOf({ ...event, more: 1 }, CAME)).not.toBe(id)
  expect(asideIdOf(event, { ...CAME, subject: 'visitor-0002' })).not.toBe(id)
  expect(asideIdOf(event, { ...CAME, session: 'session-0002' })).not.toBe(id)
})

it.each([
  ...[null, 7, 'text', [], ['id', 'at'], {}, { type: 'x' }, { id: 'mine-1' }],
  ...[{ at: 1 }, { at: 'step 1' }, { at: 'today 9' }, { at: '2026-13-45T99:99' }],
  ...[{ at: 0 }, { at: -1 }, { at: 'noon' }, { at: null }, { at: {} }, { at: '' }],
])('there is none for %j, which may happen again in the same words', event => {
  expect(asideIdOf(event, CAME)).toBeNull()
})
