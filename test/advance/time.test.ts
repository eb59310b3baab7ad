import { describe, expect, it } from 'vitest'
import type { Condition, ScoringModel } from '../../collector/contracts/model.ts'
import { decayed } from '../../collector/scoring/decay.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, leadId, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { qualified } from './stories.ts'

describe('time', () => {
  it('cools an MQL at the exact millisecond of the exit, though nothing arrives', () => {
    const due = personOf(ANNA, qualified).nextDueAt ?? 0
    expect(due).toBeGreaterThan(NOON + DAY_MS)
    const before = personOf(ANNA, qualified, { now: due - 1 })
    expect(before.stage).toBe('mql')
    const { score, asOf, halfLifeMs } = before.engagement
    expect(decayed(score, asOf, due - 1, halfLifeMs)).toBeGreaterThanOrEqual(25)
    expect(decayed(score, asOf, due, halfLifeMs)).toBeLessThan(25)
    const after = personOf(ANNA, qualified, { now: due + 90 * DAY_MS })
    expect(after.transitions.at(-1)).toMatchObject({
      from: 'mql',
      to: 'lead',
      at: due,
      reason: 'cooled',
      cause: 'due',
    })
    expect(after).toMatchObject({ mql: null, nextDueAt: null })
  })

  it('never demotes before the dwell ends', () => {
    const stern: ScoringModel = {
      ...EXAMPLE,
      mql: { ...EXAMPLE.mql, exit: { engagement: 39.9 }, dwellMs: 3 * DAY_MS },
    }
    const lead = personOf(ANNA, qualified, { versions: [published(stern)] })
    expect(lead.nextDueAt).toBeGreaterThanOrEqual(NOON + 3 * DAY_MS)
  })

  it('sees an upper bound on engagement come true, also under not', () => {
    for (const bound of [
      { none: [{ key: 'engagement', is: { to: 15 } }] },
      { key: 'engagement', is: { not: { to: 15 } } },
    ]) {
      const when = { all: [{ key: 'email', is: { known: true } }, bound] }
      const versions = [published({ ...EXAMPLE, mql: { when, exit: null, dwellMs: 0, fastTrack: null } })]
      const facts = [
        download(NOON - 1, 'guide.pdf'),
        download(NOON - 1, 'guide.pdf'),
        form(NOON, 'x', { email: ANNA }),
      ]
      const fallen = personOf(ANNA, facts, { versions, now: NOON + 30 * DAY_MS }).transitions.at(-1)
      expect(fallen).toMatchObject({ to: 'lead', cause: 'due', at: NOON - 1 + 14 * DAY_MS })
    }
  })

  it('sees a score below nought rise past its bounds, under none as well', () => {
    const view = engagementRule({ id: 'view', on: 'page_view', points: -40 })
    const fallenAt = (bound: Condition) => {
      const mql = { when: { all: [LEAD, bound] }, exit: null, dwellMs: 0, fastTrack: null }
      const model = { ...EXAMPLE, engagement: { halfLifeMs: DAY_MS, rules: [view] }, mql }
      const facts = [pageView(NOON, '/'), form(NOON, 'x', { email: ANNA })]
      const given = { versions: [published(model)], now: NOON + 30 * DAY_MS }
      const due = personOf(ANNA, facts, { ...given, now: NOON }).nextDueAt
      return [due, personOf(ANNA, facts, given).transitions.at(-1)?.at]
    }
    const LEAD = { key: 'email', is: { known: true } }
    const highest = NOON + 3 * DAY_MS
    expect(fallenAt({ key: 'engagement', is: { to: -5 } })).toEqual([highest + 1, highest + 1])
    const none = { none: [{ key: 'engagement', is: { from: -5 } }] }
    expect(fallenAt(none)).toEqual([highest, highest])
    expect(fallenAt({ key: 'engagement', is: { to: 0 } })[0]).toBeNull()
  })

  it('never promotes: a condition that decay makes true waits for an event', () => {
    const odd: ScoringModel = {
      ...EXAMPLE,
      mql: { ...EXAMPLE.mql, when: { key: 'engagement', is: { to: 10 } }, exit: null, fastTrack: null },
    }
    const versions = [published(odd)]
    const facts = [form(NOON, 'newsletter', { email: ANNA }), download(NOON + 1, 'guide.pdf')]
    expect(personOf(ANNA, facts.slice(0, 1), { versions }).stage).toBe('mql')
    const hot = [download(NOON - 1, 'guide.pdf'), form(NOON, 'newsletter', { email: ANNA })]
    expect(personOf(ANNA, hot, { versions, now: NOON + 90 * DAY_MS }).stage).toBe('lead')
    expect(personOf(ANNA, [...hot, pageView(NOON + 90 * DAY_MS, '/')], { versions }).stage).toBe('mql')
  })
})

describe('a score on the way', () => {
  it('is not lost in rounding: on the bound to the bit it holds still, a millisecond later no more', () => {
    const view = engagementRule({ id: 'view', on: 'page_view', points: 20 })
    const odd: ScoringModel = {
      ...EXAMPLE,
      engagement: { halfLifeMs: DAY_MS, rules: [view] },
      mql: { when: { key: 'engagement', is: { from: 5 } }, exit: null, dwellMs: 0, fastTrack: null },
    }
    const facts = [pageView(NOON, '/'), identify(NOON + HOUR_MS / 2, ANNA, {})]
    const lead = personOf(ANNA, facts, { versions: [published(odd)] })
    expect(lead.nextDueAt).toBe(NOON + 2 * DAY_MS + 1)
  })
})

describe('an MQL that a person made', () => {
  const mql = { when: { key: 'engagement', is: { from: 40 } }, exit: null, dwellMs: DAY_MS, fastTrack: null }
  const versions = [published({ ...EXAMPLE, mql })]
  const made = [
    form(NOON, 'newsletter', { email: ANNA }),
    decision(NOON + HOUR_MS, leadId(ANNA), 'mql', 'trade_fair'),
  ]
  it('stays one while nothing happens, however little is left of the score', () => {
    const lead = personOf(ANNA, made, { versions, now: NOON + 300 * DAY_MS })
    expect(lead).toMatchObject({ stage: 'mql', mql: { by: 'decision' }, nextDueAt: null })
  })
  it('is judged again by the next event, and then leaves like any other', () => {
    const later = [...made, pageView(NOON + 2 * HOUR_MS, '/')]
    const dwelt = NOON + HOUR_MS + DAY_MS
    expect(personOf(ANNA, later, { versions })).toMatchObject({ stage: 'mql', nextDueAt: dwelt })
    expect(personOf(ANNA, later, { versions, now: dwelt }).transitions.at(-1)).toMatchObject({
      to: 'lead',
      at: dwelt,
      cause: 'due',
    })
  })
})
