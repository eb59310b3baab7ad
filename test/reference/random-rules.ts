import fc from 'fast-check'
import type { Condition, EngagementRule, ValueTest } from '../../collector/contracts/model.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { engagementRule } from '../support/model.ts'

/** Random engagement rules over the pages, files and forms of random-facts.ts. */

export const FLAGS = ['budget', 'authority', 'hot']

export const is = (key: string, ...oneOf: readonly (string | number)[]): Condition => ({ key, is: { oneOf } })
export const has = (key: string, is: ValueTest): Condition => ({ key, is })
export const not = (key: string, ...oneOf: readonly string[]): Condition => has(key, { not: { oneOf } })

const PRICING = is('page.category', 'pricing')
const HALF_A_MINUTE = has('engaged', { from: 30 * SECOND_MS })

/** What a rule of each event type may ask for; null asks for nothing. */
const ASKS: Readonly<Record<string, readonly (Condition | null)[]>> = {
  page_view: [
    null,
    null,
    PRICING,
    is('page.category', 'pricing', 'case_study'),
    not('page.category', 'careers'),
    has('page.path', { glob: '/blog/**' }),
    has('page.title', { contains: ['Price*'] }),
    has('page.title', { known: false }),
    has('engaged', { from: 5 * SECOND_MS }),
    has('scroll', { from: 50 }),
    { all: [PRICING, has('engaged', { from: 5 * SECOND_MS })] },
    { any: [has('scroll', { from: 90 }), HALF_A_MINUTE] },
    { none: [is('page.category', 'pricing', 'careers')] },
    is('utm.source', 'ADS'),
    is('channel', 'direct'),
    { all: [has('utm.source', { known: true }), is('page.host', 'acme.example')] },
  ],
  download: [
    null,
    is('asset.depth', 'deep'),
    has('asset.file', { glob: '*list*' }),
    not('asset.depth', 'deep'),
  ],
  form_submit: [
    null,
    is('form.kind', 'newsletter'),
    is('form.kind', 'demo'),
    has('form.id', { glob: '*demo*' }),
  ],
  webinar: [null, is('props.topic', 'crm'), has('props.minutes', { from: 20 }), not('props.topic', 'crm')],
  identify: [null],
  email_open: [null],
}

const ask = fc.oneof(
  ...Object.entries(ASKS).map(([on, asks]) => ({
    arbitrary: fc.constantFrom(...asks).map(condition => ({ on, if: condition })),
    weight: asks.length,
  })),
)
const length = fc.constantFrom(HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS)
/** No rule holds as long. */
export const EVER_MS = 10_000 * DAY_MS
const points = fc.oneof(
  { arbitrary: fc.constantFrom(5, 5, 10, 12.5, 20, 35, 50), weight: 6 },
  { arbitrary: fc.constantFrom(-5, -10, -30, 0), weight: 2 },
)
const window = fc.record({
  atLeast: fc.integer({ min: 1, max: 3 }),
  withinMs: length,
  per: fc.constantFrom('event', 'session', 'day'),
  again: fc.constantFrom('afterWindow', 'never'),
})
const cap = fc.record({ times: fc.constantFrom(0.5, 1, 1.7, 3), per: fc.constantFrom('day', 'lifetime') })
const half = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 })

/** A rule of any kind. */
export const engagementRuleOf = (id: string): fc.Arbitrary<EngagementRule> =>
  fc
    .record({
      ask,
      points,
      cap: half(cap),
      once: fc.constantFrom(false, false, false, true),
      window: half(window),
      forMs: half(length),
      sets: fc.subarray(FLAGS, { maxLength: 2 }),
    })
    .map(({ ask, cap, points, ...rule }) => ({
      ...engagementRule({ id, ...ask, points, ...rule }),
      // A cap has the sign of its points.
      cap: cap && points !== 0 ? { points: points * cap.times, per: cap.per } : null,
    }))

/** The rule that a fast track waits for. */
export const demoRule: fc.Arbitrary<EngagementRule> = fc
  .record({ once: fc.boolean(), forMs: half(length), points: fc.constantFrom(5, 30, 50) })
  .map(given => engagementRule({ id: 'demo', on: 'form_submit', if: is('form.kind', 'demo'), ...given }))
