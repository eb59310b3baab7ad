import { describe, expect, it } from 'vitest'
import { factMaker } from '../../collector/ingest/fact.ts'
import { NOTHING_TO_NOTE } from '../../collector/ingest/noting.ts'
import { isTooLate, occurredAt } from '../../collector/ingest/occurrence.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { envelopeOf, eventOf, NOON, VISITOR } from './wire-samples.ts'

describe('occurredAt', () => {
  const receivedAt = NOON
  it.each([
    ['a right clock is believed', NOON - SECOND_MS, NOON, NOON - SECOND_MS],
    ['a minute of travel is no skew', NOON - MINUTE_MS, NOON - MINUTE_MS, NOON - MINUTE_MS],
    ['a clock an hour slow is corrected', NOON - HOUR_MS - SECOND_MS, NOON - HOUR_MS, NOON - SECOND_MS],
    ['a clock an hour fast is corrected', NOON + HOUR_MS - SECOND_MS, NOON + HOUR_MS, NOON - SECOND_MS],
    ['a queue kept through an outage keeps its times', NOON - 3 * DAY_MS, NOON, NOON - 3 * DAY_MS],
    ['the future is now', NOON + DAY_MS, NOON, NOON],
    ['before the epoch is the epoch', 0, NOON + DAY_MS, 0],
  ])('%s', (_, at, sentAt, expected) => {
    expect(occurredAt({ at, sentAt, receivedAt })).toBe(expected)
  })
})

it('seven days are not too late, a millisecond more is', () => {
  expect(isTooLate(NOON - 7 * DAY_MS, NOON)).toBe(false)
  expect(isTooLate(NOON - 7 * DAY_MS - 1, NOON)).toBe(true)
})

describe('a fact', () => {
  const delivery = {
    site: 'acme',
    origin: 'browser',
    receivedAt: NOON + SECOND_MS,
    ip: '203.0.113.77',
    userAgent: `Mozilla/5.0 ${'x'.repeat(1_000)}`,
    isTest: false,
    optedOut: false,
    network: NOTHING_TO_NOTE.network,
  } as const

  it('of a browser is on its visitor’s timeline, its network cut', () => {
    const fact = factMaker(envelopeOf(), delivery)(eventOf({ type: 'page_view' }))
    expect(fact).toMatchObject({
      site: 'acme',
      subject: VISITOR,
      visitor: VISITOR,
      origin: 'browser',
      ip: '203.0.113.0',
      occurredAt: NOON,
      receivedAt: NOON + SECOND_MS,
      props: {},
      page: null,
      actor: null,
      tooLate: false,
      noted: null,
    })
    expect(fact.userAgent).toHaveLength(512)
  })

  it('without a visitor has a timeline of its own', () => {
    const event = eventOf()
    const { visitor: _, session: __, ...anonymous } = envelopeOf()
    expect(factMaker(anonymous, delivery)(event)).toMatchObject({
      subject: `fact:${event.id}`,
      visitor: null,
      session: null,
    })
  })

  it('of a server is never late, and its address is nobody’s', () => {
    const old = eventOf({ at: NOON - 30 * DAY_MS })
    expect(factMaker(envelopeOf(), delivery)(old).tooLate).toBe(true)
    expect(factMaker(envelopeOf(), { ...delivery, origin: 'server' })(old)).toMatchObject({
      tooLate: false,
      noted: null,
      ip: null,
      userAgent: null,
      occurredAt: NOON - 30 * DAY_MS,
    })
  })
})
