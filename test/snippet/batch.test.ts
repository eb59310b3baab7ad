import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIMITS } from '../../shared/limits.ts'
import { type Entry, envelopeOf, firstBatch } from '../../snippet/batch.ts'

const entry = (session: string | undefined, text = ''): Entry => ({
  who: session ? { visitor: 'visitor-1', session } : {},
  event: { id: '', type: 'note', at: 1, props: { text } },
})

const batches = (entries: readonly Entry[]): readonly (readonly Entry[])[] => {
  const batch = firstBatch(entries)
  return batch.length > 0 ? [batch, ...batches(entries.filter(each => !batch.includes(each)))] : []
}

const entries = fc.array(
  fc
    .record({ session: fc.constantFrom('session-1', 'session-2', undefined), length: fc.nat(31_000) })
    .map(({ session, length }) => entry(session, 'я'.repeat(length / 2))),
)

test('batches are of one owner, in order, complete, and within the limits', () => {
  fc.assert(
    fc.property(entries, all => {
      const made = batches(all)
      expect(made.flat()).toHaveLength(all.length)
      for (const batch of made) {
        expect(new Set(batch.map(({ who }) => who.session)).size).toBe(1)
        expect(batch).toEqual(all.filter(each => batch.includes(each)))
        expect(new TextEncoder().encode(envelopeOf(batch, 1)).length).toBeLessThan(60_000)
      }
    }),
  )
})

test('a batch holds no more events than the collector takes', () => {
  expect(firstBatch(Array.from({ length: 150 }, () => entry('session-1')))).toHaveLength(
    LIMITS.eventsPerBatch,
  )
})

test('an event too large for any batch still goes, alone', () => {
  const large = entry('session-1', 'x'.repeat(100_000))
  expect(batches([large, entry('session-1')])).toHaveLength(2)
})

test('the envelope names the owner, and nobody where there was no consent', () => {
  expect(JSON.parse(envelopeOf([entry('session-1')], 5))).toMatchObject({
    v: 1,
    sentAt: 5,
    visitor: 'visitor-1',
  })
  expect(Object.keys(JSON.parse(envelopeOf([entry(undefined)], 5)))).toEqual([
    'v',
    'site',
    'sentAt',
    'events',
  ])
})
