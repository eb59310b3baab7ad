import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { decayed } from '../../collector/scoring/decay.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, leadId, movesOf, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { pricingVisit } from './stories.ts'

describe('fast track', () => {
  const demo = (at: number, traits: Record<string, string>) =>
    form(at, 'demo-request', { email: ANNA, ...traits })

  it('lets a demo request through at once when the fit allows', () => {
    expect(personOf(ANNA, [demo(NOON, { industry: 'IT', company: 'Acme' })]).mql).toMatchObject({
      by: 'fast_track',
      since: NOON,
    })
  })

  it('counts traits given up to the dwell later, not after', () => {
    const identified = (after: number) =>
      personOf(ANNA, [demo(NOON, {}), identify(NOON + after, ANNA, { industry: 'IT' })]).stage
    expect(identified(DAY_MS)).toBe('mql')
    expect(identified(DAY_MS + 1)).toBe('lead')
  })

  it('on a windowed rule holds when the window is complete, not at its first match', () => {
    const mql = { ...EXAMPLE.mql, fastTrack: { rule: 'pricing-3x', fitFrom: null } }
    const versions = [published({ ...EXAMPLE, mql })]
    const known = identify(NOON, ANNA, {})
    const visits = [1, 2, 3].flatMap(hour => pricingVisit(NOON + hour * HOUR_MS))
    expect(personOf(ANNA, [known, ...visits.slice(0, 4)], { versions }).stage).toBe('lead')
    expect(personOf(ANNA, [known, ...visits], { versions }).mql).toMatchObject({ by: 'fast_track' })
  })

  it('without an exit is left below the floor of when, whatever stands under none', () => {
    const when = {
      all: [
        { key: 'engagement', is: { from: 40 } },
        { key: 'fit', is: { from: 90 } },
        { none: [{ key: 'engagement', is: { from: 300 } }] },
      ],
    }
    const versions = [published({ ...EXAMPLE, mql: { ...EXAMPLE.mql, when, exit: null } })]
    const lead = personOf(ANNA, [demo(NOON, { industry: 'IT' })], { versions })
    const { score, asOf, halfLifeMs } = lead.engagement
    expect(decayed(score, asOf, lead.nextDueAt ?? 0, halfLifeMs)).toBeCloseTo(40, 5)
  })

  it('does not for one who does not fit', () => {
    expect(personOf(ANNA, [demo(NOON, { jobTitle: 'Student', industry: 'IT' })]).stage).toBe('lead')
  })
})

describe('an episode that the fast track opened', () => {
  const at40 = (key: string) => ({ key, is: { from: 40 } })
  const under = (dwellMs: number): ScoringModel => {
    const demo = engagementRule({
      id: 'demo',
      on: 'form_submit',
      if: { key: 'form.kind', is: { oneOf: ['demo'] } },
      points: 30,
    })
    const fastTrack = { rule: 'demo', fitFrom: 20 }
    const mql = { when: { all: [at40('engagement'), at40('fit')] }, exit: null, dwellMs, fastTrack }
    return { ...EXAMPLE, engagement: { ...EXAMPLE.engagement, rules: [demo] }, mql }
  }
  const versions = [published(under(0))]
  const asked = (at: number) => form(at, 'demo', { email: ANNA, industry: 'IT' })
  const views = (...instants: readonly number[]) => instants.map(at => pageView(at, '/'))
  const ENDS_AT = NOON + HOUR_MS
  const entriesOf = (facts: readonly Fact[], given = { versions }) =>
    personOf(ANNA, facts, given).transitions.flatMap(({ to, at }) => (to === 'mql' ? [at] : []))

  it('lasts an hour at least, though the score is below what when asks for and there is no dwell', () => {
    const facts = [asked(NOON), ...views(NOON + 1, NOON + 2_000, NOON + 4_000, NOON + 6_000)]
    const lead = personOf(ANNA, facts, { versions })
    expect(movesOf(lead)).toEqual(['anonymous → lead', 'lead → mql'])
    expect(lead).toMatchObject({ stage: 'mql', nextDueAt: ENDS_AT })
    expect(personOf(ANNA, facts, { versions, now: ENDS_AT - 1 }).stage).toBe('mql')
    const cooled = personOf(ANNA, facts, { versions, now: ENDS_AT })
    expect(cooled.transitions.at(-1)).toMatchObject({ to: 'lead', at: ENDS_AT, cause: 'due' })
    const seen = personOf(ANNA, [...facts, ...views(ENDS_AT)], { versions })
    expect(seen.transitions.at(-1)).toMatchObject({ to: 'lead', at: ENDS_AT, cause: 'event' })
  })

  it('is not opened again by its match, in its last millisecond or under a longer dwell', () => {
    expect(entriesOf([asked(NOON), ...views(ENDS_AT, ENDS_AT, ENDS_AT)])).toEqual([NOON])
    const longer = [...versions, published(under(5 * DAY_MS), NOON + 2 * HOUR_MS, 2)]
    const later = [asked(NOON), ...views(NOON + 3 * HOUR_MS)]
    expect(entriesOf(later, { versions: longer })).toEqual([NOON])
  })

  it('is not opened again by its match when a person ended it', () => {
    const ended = decision(NOON + 1, leadId(ANNA), 'lead', 'a_student')
    expect(entriesOf([asked(NOON), ended, ...views(NOON + 2)])).toEqual([NOON])
  })

  it('is followed by another for another match', () => {
    const again = ENDS_AT + 1
    expect(entriesOf([asked(NOON), asked(again), ...views(again + 1)])).toEqual([NOON, again])
  })
})
