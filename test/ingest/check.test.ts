import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEvent, openEnvelope } from '../../collector/ingest/check.ts'
import { growthOf, MOST_GROWTH } from '../../collector/ingest/outline.ts'
import { LIMITS } from '../../shared/limits.ts'
import { envelopeOf, eventOf } from './wire-samples.ts'

const verdictOf = (event: unknown): string => {
  const checked = checkEvent(event, LIMITS.batchBytes, 'browser')
  return checked.verdict === 'sound'
    ? 'sound'
    : `${checked.verdict} ${checked.flaw.code} ${checked.flaw.path}`
}

const flawOf = (event: unknown): string => {
  const checked = checkEvent(event, LIMITS.batchBytes, 'browser')
  return checked.verdict === 'sound' ? 'sound' : checked.flaw.message
}

const nested = (depth: number): unknown => (depth === 0 ? 'leaf' : { inner: nested(depth - 1) })

describe('an event of each type', () => {
  it.each([
    eventOf({ type: 'page_view', page: { url: 'https://www.example.com/', title: 'Home' } }),
    eventOf({ type: 'engagement', props: { view: eventOf().id, engagedMs: 4_000, scrollPct: 80 } }),
    eventOf({ type: 'download', props: { url: 'https://www.example.com/a.pdf', file: 'a.pdf' } }),
    eventOf({ type: 'outbound_click', props: { url: 'https://other.example/' } }),
    eventOf({ type: 'form_start', props: { form: { id: 'demo' } } }),
    eventOf({ type: 'form_submit', props: { form: {}, fields: [{ name: 'email', value: 'a@b.example' }] } }),
    eventOf({ type: 'identify', props: { email: 'a@b.example', traits: { company: 'Acme', seats: 3 } } }),
    eventOf({ type: 'web_vital', props: { name: 'LCP', value: 1_200.5, rating: 'good' } }),
    eventOf({ type: 'consent', props: { state: 'granted', text: 'I agree' } }),
    eventOf({ type: 'webinar_signup', props: { title: 'Тема', seats: [1, 2] } }),
    eventOf({ type: 'no_props_at_all' }),
    eventOf({ type: 'constructor' }),
  ])('$type is sound', event => {
    expect(checkEvent(event, LIMITS.batchBytes, 'browser')).toEqual({ verdict: 'sound', event })
  })
})

describe('an event that does not fit is kept aside, with where and why', () => {
  it('says what an id looks like, not which pattern it fails', () => {
    expect(flawOf(eventOf({ id: 'nope' }))).toBe(
      'expected a UUID in lower-case hex, like 0190a000-0000-7000-8000-000000000001, came a string of 4 characters. Write it so.',
    )
    expect(openEnvelope(JSON.stringify({ ...envelopeOf(), visitor: 'a b' })).flaw?.message).toContain(
      '8 to 64 of A-Z',
    )
  })

  it.each([
    ['not an object', 'page_view', 'quarantined invalid_event '],
    ['no id', { type: 'page_view', at: 1 }, 'quarantined invalid_event '],
    ['an id that is no UUID', eventOf({ id: 'nope' }), 'quarantined invalid_event /id'],
    [
      'a time in the future of JavaScript',
      eventOf({ at: 8_640_000_000_000_001 }),
      'quarantined invalid_event /at',
    ],
    ['a key nobody knows', { ...eventOf(), ip: '203.0.113.9' }, 'quarantined invalid_event /ip'],
    ['props missing where needed', eventOf({ type: 'engagement' }), 'quarantined invalid_props /props'],
    [
      'a prop of another type',
      eventOf({ type: 'engagement', props: { view: eventOf().id, engagedMs: '4000' } }),
      'quarantined invalid_props /props/engagedMs',
    ],
    [
      'a long string',
      eventOf({ type: 'custom', props: { text: 'x'.repeat(LIMITS.stringChars + 1) } }),
      'quarantined string_too_long /props/text',
    ],
    [
      'many keys',
      eventOf({
        type: 'custom',
        props: Object.fromEntries(Array.from({ length: LIMITS.keys + 1 }, (_, i) => [`k${i}`, i])),
      }),
      'quarantined too_many_keys /props',
    ],
    [
      'a long key',
      eventOf({ type: 'custom', props: { ['k'.repeat(LIMITS.stringChars + 1)]: 1 } }),
      `quarantined string_too_long /props/${'k'.repeat(LIMITS.nameChars)}`,
    ],
    [
      'many items',
      eventOf({ type: 'custom', props: { rows: Array(LIMITS.items + 1).fill(1) } }),
      'quarantined too_many_items /props/rows',
    ],
    [
      'a number that no double holds',
      eventOf({ type: 'custom', props: JSON.parse('{"sum": 1e400}') }),
      'quarantined number_too_large /props/sum',
    ],
    [
      'a key that a JSON pointer escapes',
      eventOf({ type: 'custom', props: { 'a/b~c': 'x'.repeat(LIMITS.stringChars + 1) } }),
      'quarantined string_too_long /props/a~1b~0c',
    ],
  ])('%s', (_, event, verdict) => {
    expect(verdictOf(event)).toBe(verdict)
  })

  it('says what was expected, what came and how to mend it, but never the value itself', () => {
    const event = eventOf({
      type: 'engagement',
      props: { view: eventOf().id, engagedMs: 'secret@example.com' },
    })
    expect(flawOf(event)).toBe('expected integer, came a string of 18 characters. Send it as that type.')
    expect(flawOf(eventOf({ type: 'consent', props: { state: 'yes' } }))).toBe(
      'expected "granted" or "denied", came a string of 3 characters. Send one of these.',
    )
  })
})

it.each([
  [{ type: 'group' }, 'expected the property group, came an empty object. Add it.'],
  [{ type: 'group', props: { group: '' } }, 'expected at least 1 character, came an empty string. Fill it.'],
  [{ at: -1 }, 'expected at least 0, came the number -1. Mend it.'],
  [{ page: { url: 5 } }, 'expected string, came the number 5. Send it as that type.'],
])('%j is told so: %s', (given, message) => {
  expect(flawOf(eventOf(given as never))).toBe(message)
})

it('several properties that are not there are named in one', () => {
  expect(openEnvelope('{"v":1,"site":"x"}').flaw?.message).toBe(
    'expected the properties sentAt and events, came an object of 2 keys. Add them.',
  )
})

it.each([
  ['decision', 'POST /v1/leads/:id/transitions'],
  ['merge', 'POST /v1/leads/:id/merge'],
  ['unmerge', 'POST /v1/leads/:id/unmerge'],
  ['reclassify', 'POST /v1/visitors/:visitor/traffic'],
] as const)('a %s is refused with the route for it', (type, route) => {
  expect(flawOf(eventOf({ type, props: {} }))).toBe(`expected a visitor's event, came ${type}. Use ${route}.`)
})

it('an event is measured as it is stored: short numbers may be long', () => {
  const rows = Array.from({ length: LIMITS.items }, () => Array(8).fill(1e20))
  const event = eventOf({ type: 'custom', props: { rows } })
  const sent = JSON.stringify(event).replaceAll(`${1e20}`, '1e20')
  expect(sent.length).toBeLessThan(LIMITS.eventBytes / 3)
  expect(checkEvent(JSON.parse(sent), sent.length, 'browser')).toMatchObject({
    verdict: 'refused',
    flaw: { code: 'event_too_large' },
  })
})

it('what was no UTF-8 is measured as what it has become', () => {
  const said = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`k${n}`, '\ufffd'.repeat(1_000)]))
  const event = eventOf({ type: 'custom', props: said })
  expect(checkEvent(event, 16_000, 'browser')).toMatchObject({ flaw: { code: 'event_too_large' } })
})

it('no event is written longer than it is thought to grow', () => {
  const numbers = fc.constantFrom('1e20', '-1e20', '1e15', '12e19', '1e-6', '-0.0', '1e9', '7')
  const texts = fc.string({ maxLength: 9 }).map(text => JSON.stringify(text.toWellFormed()))
  const item = fc.oneof(
    numbers,
    texts,
    fc.array(fc.oneof(numbers, texts)).map(list => `[${list.join(',')}]`),
  )
  fc.assert(
    fc.property(fc.array(item), items => {
      const sent = `{"rows":[${items.join(',')}]}`
      const value: unknown = JSON.parse(sent)
      const [came, written] = [sent, JSON.stringify(value)].map(text => Buffer.byteLength(text)) as [
        number,
        number,
      ]
      expect(written).toBeLessThanOrEqual(came + growthOf(value))
      expect(written).toBeLessThanOrEqual(came * MOST_GROWTH)
    }),
  )
})

const BOMB: unknown = JSON.parse(`${'['.repeat(8_000)}${']'.repeat(8_000)}`)
const TOO_LONG = 'x'.repeat(LIMITS.fieldValueChars + 1)
const MANY = Object.fromEntries(Array.from({ length: LIMITS.keys + 1 }, (_, n) => [`k${n}`, n]))

describe('an event that is not taken at all', () => {
  it.each([
    ['props nested too deep', eventOf({ type: 'custom', props: { a: nested(LIMITS.depth) } }), 'too_deep'],
    ['a bomb of arrays', JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'too_deep'],
    ['a bomb behind a long key', eventOf({ type: 'custom', props: { [TOO_LONG]: BOMB } }), 'too_deep'],
    ['a bomb behind a long string', eventOf({ type: 'custom', props: { a: TOO_LONG, b: BOMB } }), 'too_deep'],
    ['a bomb behind many keys', eventOf({ type: 'custom', props: { a: MANY, b: BOMB } }), 'too_deep'],
    [
      'more than 32 KB in one string',
      eventOf({ type: 'custom', props: { text: 'x'.repeat(LIMITS.eventBytes) } }),
      'event_too_large',
    ],
    [
      'more than 32 KB under many keys',
      eventOf({
        type: 'custom',
        props: Object.fromEntries(Array.from({ length: 9_000 }, (_, n) => [`k${n}`, n])),
      }),
      'event_too_large',
    ],
    [
      'more than 32 KB',
      eventOf({ type: 'custom', props: { parts: Array(40).fill('x'.repeat(1_000)) } }),
      'event_too_large',
    ],
    [
      "a person's decision",
      eventOf({ type: 'decision', props: { to: 'customer', reason: 'won' } }),
      'reserved_type',
    ],
  ])('%s', (_, event, code) => {
    expect(verdictOf(event)).toContain(`refused ${code}`)
  })
})

it('the limits themselves are within the limits', () => {
  expect(verdictOf(eventOf({ type: 'custom', props: { a: nested(LIMITS.depth - 1) } }))).toBe('sound')
  expect(verdictOf(eventOf({ type: 'custom', props: { text: 'x'.repeat(LIMITS.stringChars) } }))).toBe(
    'sound',
  )
  expect(verdictOf(eventOf({ type: 'custom', props: { rows: Array(LIMITS.items).fill(1) } }))).toBe('sound')
  expect(verdictOf(eventOf({ type: 'custom', props: { sum: Number.MAX_VALUE } }))).toBe('sound')
  const message = { name: 'message', value: 'x'.repeat(LIMITS.fieldValueChars) }
  expect(verdictOf(eventOf({ type: 'form_submit', props: { form: {}, fields: [message] } }))).toBe('sound')
})

describe('an envelope', () => {
  const codeOf = (body: unknown): string | undefined =>
    openEnvelope(typeof body === 'string' ? body : JSON.stringify(body)).flaw?.code

  it.each([
    ['sound', envelopeOf(), undefined],
    [
      'of a person who did not consent',
      { ...envelopeOf(), visitor: undefined, session: undefined },
      undefined,
    ],
    ['not JSON', '{"v":1', 'invalid_json'],
    ['of another version', { ...envelopeOf(), v: 2 }, 'unsupported_version'],
    ['without events', { ...envelopeOf(), events: [] }, 'invalid_envelope'],
    [
      'with a visitor id that could be a path',
      { ...envelopeOf(), visitor: '../../etc/passwd' },
      'invalid_envelope',
    ],
    ['with 101 events', envelopeOf(Array(101).fill(eventOf())), 'too_many_events'],
    ['that is an array', [], 'invalid_envelope'],
    ['that is null', 'null', 'invalid_envelope'],
  ])('%s', (_, body, code) => {
    expect(codeOf(body)).toBe(code)
  })

  it('that names itself a flaw is still an envelope', () => {
    expect(codeOf({ ...envelopeOf(), code: 'unknown_key', flaw: {}, message: '' })).toBeUndefined()
  })
})

it('no JSON value makes the check throw', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.jsonValue(), (event, props) => {
      checkEvent(event, LIMITS.batchBytes, 'browser')
      checkEvent({ ...eventOf(), props }, LIMITS.batchBytes, 'browser')
      openEnvelope(JSON.stringify(event))
    }),
    { numRuns: 500 },
  )
})
