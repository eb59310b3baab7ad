import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, engagement, fact, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, leadId, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { pricingVisit, qualified } from './stories.ts'

/** Sent back an hour after qualifying; may return thirty days later. */
const SENT_BACK_AT = NOON + HOUR_MS
const MAY_RETURN_AT = SENT_BACK_AT + 30 * DAY_MS
const back = [...qualified, decision(SENT_BACK_AT, leadId(ANNA), 'nurturing', 'not_ready')]
const active = (from: number) => [
  ...[0, 1, 2].flatMap(day => pricingVisit(from + day * DAY_MS)),
  download(from + 3 * DAY_MS, 'guide.pdf'),
]
/** Active enough while the cool-down runs: whatever the person does next makes an MQL. */
const again = [...back, ...active(MAY_RETURN_AT - 3 * DAY_MS - 1)]

describe('a recycled lead', () => {
  it('qualifies again on new activity after the cool-down', () => {
    const returned = personOf(ANNA, [...again, pageView(MAY_RETURN_AT, '/pricing')])
    expect(returned.transitions.at(-1)).toMatchObject({ from: 'nurturing', to: 'mql', at: MAY_RETURN_AT })
  })

  it('not before it, and not on old points', () => {
    expect(personOf(ANNA, [...back, pageView(SENT_BACK_AT + 1, '/pricing')]).stage).toBe('nurturing')
    expect(personOf(ANNA, [...back, ...active(SENT_BACK_AT + DAY_MS)]).stage).toBe('nurturing')
    expect(personOf(ANNA, [...back, pageView(MAY_RETURN_AT, '/pricing')]).stage).toBe('nurturing')
    expect(personOf(ANNA, again).stage).toBe('nurturing')
  })

  it.each<[string, Fact]>([
    ['an identify call', identify(MAY_RETURN_AT, ANNA, { firstName: 'Anna' })],
    ['an opened e-mail', fact({ type: 'email_open', occurredAt: MAY_RETURN_AT })],
    [
      'what a robot does',
      pageView(MAY_RETURN_AT, '/', { userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' }),
    ],
    ['what came too late', pageView(MAY_RETURN_AT, '/pricing', { tooLate: true })],
  ])('not at %s', (_, event) => {
    expect(personOf(ANNA, [...again, event]).stage).toBe('nurturing')
  })

  it('waits as long as the reason says, and what the model does not name as long as the default', () => {
    const odd = again.map(one =>
      one.type === 'decision' ? { ...one, props: { to: 'nurturing', reason: 'toString' } } : one,
    )
    expect(personOf(ANNA, [...odd, pageView(MAY_RETURN_AT, '/pricing')]).stage).toBe('mql')
  })

  it('sent back once more waits once more, from then on', () => {
    const twice = [...again, decision(MAY_RETURN_AT - 1, leadId(ANNA), 'nurturing', 'not_ready')]
    const often = active(MAY_RETURN_AT)
    expect(personOf(ANNA, [...twice, ...often]).stage).toBe('nurturing')
    const later = [...twice, ...active(MAY_RETURN_AT + 30 * DAY_MS)]
    expect(personOf(ANNA, later).stage).toBe('mql')
  })
})

describe('points earned since', () => {
  const view = engagementRule({
    id: 'view',
    on: 'page_view',
    points: 20,
    cap: { points: 20, per: 'lifetime' },
  })
  const versions = [
    published({
      ...EXAMPLE,
      engagement: { halfLifeMs: DAY_MS, rules: [view] },
      mql: { when: { key: 'email', is: { known: true } }, exit: null, dwellMs: 0, fastTrack: null },
      recycle: { newPoints: 5, cooldownMs: { default: DAY_MS } },
    }),
  ]
  const stageAfter = (restMs: number) =>
    personOf(
      ANNA,
      [
        form(NOON, 'newsletter', { email: ANNA }),
        decision(NOON + 1, leadId(ANNA), 'nurturing', 'not_ready'),
        pageView(NOON + HOUR_MS, '/'),
        pageView(NOON + 1.5 * HOUR_MS, '/'),
        pageView(NOON + HOUR_MS + restMs, '/'),
      ],
      { versions },
    ).stage

  it('have faded, and are not lost in rounding: on the bound to the bit they are enough', () => {
    expect(stageAfter(2 * DAY_MS)).toBe('mql')
    expect(stageAfter(2 * DAY_MS + 1)).toBe('nurturing')
  })
})

describe('what holds since the recycling', () => {
  const read = engagementRule({
    id: 'read',
    on: 'page_view',
    if: { key: 'engaged', is: { from: 5_000 } },
    points: 5,
  })
  const versions = [published({ ...EXAMPLE, engagement: { ...EXAMPLE.engagement, rules: [read] } })]
  const view = pageView(NOON, '/')
  const sentBack = [
    view,
    form(NOON + 1, 'newsletter', { email: ANNA }),
    decision(NOON + HOUR_MS, leadId(ANNA), 'nurturing', 'not_ready'),
  ]
  const report = (at: number, engagedMs: number) => engagement(at, view, engagedMs)

  it('does not hold by a view that was read before, though another report comes', () => {
    const facts = [...sentBack, report(NOON + 5_000, 5_000), report(NOON + 2 * HOUR_MS, 9_000)]
    expect(personOf(ANNA, facts, { versions }).holds).toEqual({})
  })
  it('holds by a view that was opened before and read after', () => {
    const facts = [...sentBack, report(NOON + 5_000, 4_000), report(NOON + 2 * HOUR_MS, 9_000)]
    expect(personOf(ANNA, facts, { versions }).holds).toEqual({ read: null })
  })
})
