import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { LIMITS, QUEUE_EVENTS } from '../../shared/limits.ts'
import type { TypedEnvelope } from '../../shared/wire.ts'
import type { Entry } from '../../snippet/queue.ts'

const bodies: string[] = []
let status = 202

const load = async () => {
  vi.resetModules()
  return await import('../../snippet/queue.ts')
}
const sent = (): TypedEnvelope[] => bodies.map(body => JSON.parse(body))
const idOf = (n: number): string => `00000000-0000-7000-9000-${n.toString().padStart(12, '0')}`
const entry = (n: number, session: string | undefined, text = ''): Entry => ({
  ...(session && { visitor: 'visitor-1', session }),
  event: {
    id: idOf(n),
    type: 'note',
    at: Date.now(),
    page: { url: 'https://acme.example/a-page', title: 'A page' },
    props: { text },
  },
})

beforeEach(() => {
  // the browser's: deleting what is not there is no error
  vi.stubGlobal('localStorage', {})
  bodies.length = 0
  status = 202
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    bodies.push(body)
    return new Response('{}', { status })
  })
})
const entries = fc.array(
  fc.record({
    session: fc.constantFrom('session-1', 'session-2', undefined),
    length: fc.oneof(fc.constant(0), fc.nat(15_000)),
  }),
  { maxLength: QUEUE_EVENTS - 1 },
)

test('envelopes are of one owner, in order, complete, and within the limits', async () => {
  await fc.assert(
    fc.asyncProperty(entries, async all => {
      vi.stubGlobal('localStorage', {})
      bodies.length = 0
      const queue = await load()
      for (const [n, { session, length }] of all.entries())
        queue.enqueue(entry(n, session, 'я'.repeat(length)))
      await queue.send()
      expect(sent().flatMap(({ events }) => events)).toHaveLength(all.length)
      for (const { visitor, session, events } of sent()) {
        expect(visitor === undefined).toBe(session === undefined)
        expect(events.length).toBeLessThanOrEqual(LIMITS.eventsPerBatch)
        const numbers = events.map(({ id }) => Number(id.slice(-12)))
        expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers)
        for (const n of numbers) expect(all[n]?.session).toBe(session)
      }
      for (const body of bodies) expect(new TextEncoder().encode(body).length).toBeLessThan(65_536)
      expect(Object.keys(localStorage).filter(key => key.includes('.event.'))).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('what was not taken stays stored; a later page takes it up', async () => {
  status = 503
  const queue = await load()
  queue.enqueue(entry(1, 'session-1'))
  await queue.send()
  expect(bodies).toHaveLength(1)
  status = 202
  const later = await load()
  later.startQueue()
  await later.send()
  expect(sent()[1]?.events.map(({ id }) => id)).toEqual([idOf(1)])
  expect(localStorage).toEqual({})
})

test('the oldest make room for the newest', async () => {
  const queue = await load()
  for (let n = 0; n < QUEUE_EVENTS + 5; n++) queue.enqueue(entry(n, 'session-1'))
  const kept = Object.keys(localStorage).toSorted()
  expect(kept).toHaveLength(QUEUE_EVENTS)
  expect(kept[0]).toContain(idOf(5))
})

test('what does not say by whom is not stored on the disk', async () => {
  vi.stubGlobal('localStorage', { 'goldpan.pk_test_unit.consent': 'denied' })
  const queue = await load()
  const { settle } = await import('../../snippet/storage.ts')
  settle()
  queue.enqueue(entry(1, undefined))
  expect(Object.keys(localStorage)).toEqual(['goldpan.pk_test_unit.consent'])
  await queue.send()
  expect(Object.keys(sent()[0] ?? {})).toEqual(['v', 'site', 'sentAt', 'events'])
})
