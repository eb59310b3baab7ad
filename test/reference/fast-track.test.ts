import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, leadId, personOf } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { differencesIn } from './differences.ts'

/** What random stories meet too seldom to count on. Only a demo request and the fit lead to mql here. */
const versions = [
  published({
    ...EXAMPLE,
    mql: {
      ...EXAMPLE.mql,
      when: { key: 'engagement', is: { from: 1000 } },
      fastTrack: { rule: 'demo', fitFrom: 20 },
    },
    recycle: { newPoints: 0, cooldownMs: { default: 0 } },
  }),
]
const FITTING = { jobTitle: 'Head of Marketing', industry: 'IT' }

/** Where the person ends, when product and reference agree on the whole story. */
function endOf(...facts: readonly Fact[]) {
  const now = facts.at(-1)?.occurredAt ?? NOON
  expect(differencesIn({ facts, versions, now })).toEqual([])
  return personOf(ANNA, facts, { versions, now }).stage
}

describe('fast track', () => {
  const demo = form(NOON, 'demo', { email: ANNA })

  it('holds for the dwell after the event, its last millisecond included', () => {
    expect(endOf(demo, identify(NOON + DAY_MS, ANNA, FITTING))).toBe('mql')
    expect(endOf(demo, identify(NOON + DAY_MS + 1, ANNA, FITTING))).toBe('lead')
  })

  it('is not held by an event before the recycling', () => {
    const recycled = decision(NOON + HOUR_MS, leadId(ANNA), 'nurturing', 'not_ready')
    const fits = identify(NOON + 2 * HOUR_MS, ANNA, FITTING)
    expect(endOf(demo, recycled, fits, pageView(NOON + 3 * HOUR_MS, '/'))).toBe('nurturing')
    expect(endOf(demo, recycled, fits, form(NOON + 3 * HOUR_MS, 'demo', { email: ANNA }))).toBe('mql')
  })
})
