import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEvent } from '../../../collector/ingest/check.ts'
import { batchOf, type Sending } from '../../../collector/ingest/segment/batch.ts'
import { CALLS } from '../../../collector/ingest/segment/event.ts'
import { NOON } from '../wire-samples.ts'

const SENDING: Sending = { isTrusted: false, sentAt: NOON, receivedAt: NOON + 1 }
const TRUSTED: Sending = { ...SENDING, isTrusted: true }

const eventIn = (message: unknown, sending = SENDING): unknown => batchOf(message, sending).events[0]

describe('any message', () => {
  const names = [
    'messageId',
    'anonymousId',
    'userId',
    'previousId',
    'groupId',
    'event',
    'timestamp',
    'sentAt',
  ]
  const objects = ['properties', 'traits', 'context']
  const message = fc.record(
    {
      type: fc.oneof(fc.constantFrom(...CALLS), fc.jsonValue()),
      ...Object.fromEntries(names.map(name => [name, fc.jsonValue({ maxDepth: 1 })])),
      ...Object.fromEntries(objects.map(name => [name, fc.jsonValue({ maxDepth: 9 })])),
    },
    { requiredKeys: [] },
  )

  it('is one event, which the check can judge', () => {
    fc.assert(
      fc.property(fc.oneof(message, fc.jsonValue()), fc.boolean(), (said, isTrusted) => {
        const sending = isTrusted ? TRUSTED : SENDING
        const event = eventIn(said, sending)
        const { verdict } = checkEvent(event, 1_000_000, isTrusted ? 'server' : 'browser')
        expect(['sound', 'quarantined', 'refused']).toContain(verdict)
        expect(batchOf(said, sending).events).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  it('that names a call, and what it needs, is taken whatever else it holds', () => {
    const ids = { messageId: 'm', anonymousId: 'someone', userId: '42', groupId: 'acme', event: 'Signed Up' }
    const few = fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 9 }), { maxKeys: 8 })
    fc.assert(
      fc.property(fc.constantFrom(...CALLS), few, fc.boolean(), (type, said, isTrusted) => {
        const all = { ...ids, type, properties: said, traits: said, context: { traits: said } }
        const event = eventIn(all, isTrusted ? TRUSTED : SENDING)
        expect(checkEvent(event, 0, isTrusted ? 'server' : 'browser')).toMatchObject({ verdict: 'sound' })
      }),
      { numRuns: 500 },
    )
  })
})

describe('who it is', () => {
  it('reads an e-mail address that is used as the user’s id', () => {
    const identify = { type: 'identify', userId: 'anna@acme.example', traits: { name: 'Anna' } }
    expect(eventIn(identify)).toMatchObject({
      props: { email: 'anna@acme.example', traits: { name: 'Anna' } },
    })
    expect(eventIn({ ...identify, traits: { email: 'a@b.example' } })).toMatchObject({
      props: { email: 'a@b.example' },
    })
  })

  it('takes no two ids for one, because each has half a character', () => {
    const who = ['a\ud83d', 'a\ud83e', 'a\udc00', 'a\ufffd'].map(id => {
      const { visitor, user } = batchOf({ type: 'identify', userId: id, anonymousId: id }, TRUSTED)
      return { visitor, user }
    })
    expect(new Set(who.map(({ visitor }) => visitor)).size).toBe(who.length)
    expect(new Set(who.map(({ user }) => user)).size).toBe(who.length)
    expect(who.every(({ user }) => user?.isWellFormed())).toBe(true)
  })

  it.each(['null', 'undefined', 'anonymous', '00000000-0000-0000-0000-000000000000', '{{user_id}}'])(
    'takes %s for nobody',
    id => {
      const batch = batchOf({ type: 'identify', userId: id, anonymousId: id }, TRUSTED)
      expect([batch.user, batch.visitor]).toEqual([undefined, undefined])
      expect(batch.events).toMatchObject([{ props: { traits: {} } }])
    },
  )

  it('takes a previous id that is no UUID for a user’s alone', () => {
    const alias = { type: 'alias', userId: '42', previousId: 'customer-0041' }
    expect(batchOf(alias, TRUSTED)).toMatchObject({ user: '42', formerUser: 'customer-0041' })
    expect(batchOf(alias, TRUSTED).visitor).toBeUndefined()
  })
})

describe('when it was', () => {
  const at = (message: object, sending = SENDING) => eventIn({ type: 'page', ...message }, sending)
  const [early, late] = ['2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00.000Z']

  it.each([
    ['what the caller says', { timestamp: early, originalTimestamp: late }, Date.parse(early)],
    ['what the library says', { originalTimestamp: late }, Date.parse(late)],
    ['when it was sent', {}, NOON],
    ['when it was sent, for no time', { timestamp: 'yesterday' }, NOON],
  ])('takes %s', (_, message, expected) => {
    expect(at(message)).toMatchObject({ at: expected })
  })

  it('takes when it came, where nothing else is said', () => {
    expect(at({}, { ...SENDING, sentAt: undefined })).toMatchObject({ at: NOON + 1 })
  })
})
