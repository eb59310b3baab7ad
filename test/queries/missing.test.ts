import { describe, expect, it } from 'vitest'
import { timelineOf } from '../../collector/advance/explain.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import { closersOf, missingOf } from '../../collector/queries/missing.ts'
import { foldEvidence, startEngagement } from '../../collector/scoring/engagement.ts'
import { DAY_MS } from '../../shared/time.ts'
import { decision, download, engagement, form, NOON, pageView } from '../support/facts.ts'
import { ANNA, idOf, leadId, personOf } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

const HEAD = { email: ANNA, jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }

/** A look at the pricing page in a session of its own. */
function pricing(at: number): readonly Fact[] {
  const view = pageView(at, '/pricing')
  return [view, engagement(at + 20_000, view, 20_000)]
}

function ask(facts: readonly Fact[], at: number) {
  const state = personOf(ANNA, facts, { now: at })
  const missing = missingOf(state, EXAMPLE, at)
  const fold = startEngagement(EXAMPLE)
  const input = { site: 'site', facts, versions: [published(EXAMPLE)], idOf, person: state.id, at }
  for (const { evidence } of timelineOf(input)) foldEvidence(fold, evidence)
  const closers = closersOf(missing, fold, { state, model: EXAMPLE, at })
  return { stage: state.stage, missing, closers, texts: [...missing, ...closers].map(({ text }) => text) }
}

describe('missingOf', () => {
  it('lists the unmet conditions of the policy, as written and in words', () => {
    const { missing } = ask([form(NOON, 'newsletter', { email: ANNA })], NOON)
    expect(missing).toEqual([
      { condition: { engagement: { from: 40 } }, text: 'Engagement 5 of 40: 35 more points' },
      { condition: { fit: { from: 40 } }, text: 'Fit 0 of 40: 40 more points' },
    ])
  })

  it('says which contact data and which company is not known', () => {
    const state = personOf(ANNA, [form(NOON, 'newsletter', { email: ANNA })])
    const unknown = { ...state, traits: {}, companyDomain: null, emailKind: null }
    expect(missingOf(unknown, EXAMPLE, NOON).map(({ text }) => text)).toEqual([
      'Engagement 5 of 40: 35 more points',
      'Fit 0 of 40: 40 more points',
      'E-mail is not known',
      'Company is not known',
    ])
  })

  it('spells out the ways when any of several would do', () => {
    const rule = (...oneOf: string[]) => ({ key: 'rule', is: { oneOf } })
    const when = {
      any: [rule('pricing-3x', 'demo'), { all: [rule('pricing'), { key: 'need', is: { oneOf: ['x'] } }] }],
    }
    const state = personOf(ANNA, [form(NOON, 'newsletter', { email: ANNA })])
    const [missing] = missingOf(state, { ...EXAMPLE, mql: { ...EXAMPLE.mql, when } }, NOON)
    expect(missing?.text).toBe(
      'None of these yet: 3 × pricing visit within 14 days; demo form; pricing visit and No sign of x yet',
    )
  })

  it('names closed gates', () => {
    const state = personOf(ANNA, [form(NOON, 'newsletter', { email: ANNA })])
    const texts = missingOf({ ...state, gates: ['competitor'] }, EXAMPLE, NOON).map(({ text }) => text)
    expect(texts.at(-1)).toBe('Excluded by competitor')
  })

  it('is empty for an MQL', () => {
    const facts = [form(NOON, 'demo', HEAD)]
    expect(ask(facts, NOON)).toMatchObject({ stage: 'mql', missing: [], closers: [] })
  })

  it('tells a recycled lead’s cool-down and what it must earn', () => {
    const back = decision(NOON + DAY_MS, leadId(ANNA), 'nurturing', 'not_ready')
    const { texts } = ask([form(NOON, 'demo', HEAD), back], NOON + 2 * DAY_MS)
    expect(texts).toContain('Cooling down until 2026-02-12T12:00:00.000Z')
    expect(texts).toContain('Needs 25 engagement points earned since 2026-01-13T12:00:00.000Z')
    const later = ask([form(NOON, 'demo', HEAD), back], NOON + 40 * DAY_MS)
    expect(later.texts.join()).not.toContain('Cooling down')
  })
})

describe('closersOf', () => {
  const warm: readonly [Fact, Fact] = [form(NOON, 'newsletter', HEAD), download(NOON + 60_000, 'guide.pdf')]

  it('finds the visit that completes the window: its own points count too', () => {
    const facts = [warm[0], pricing(NOON + DAY_MS), pricing(NOON + 2 * DAY_MS)].flat()
    const { closers, stage } = ask(facts, NOON + 2 * DAY_MS + 60_000)
    expect(stage).toBe('lead')
    // 25 points of 40: a guide's 15 would have reached before they began to fade
    expect(closers).toEqual([
      { condition: { rule: 'pricing' }, text: 'One more pricing visit would be enough' },
      { condition: { rule: 'demo' }, text: 'One demo form would be enough' },
      { condition: { rule: 'demo' }, text: 'One demo form would be enough (fast track)' },
    ])
  })

  it('does not promise a visit whose points would not reach', () => {
    const { texts } = ask([...warm, ...pricing(NOON + DAY_MS)], NOON + DAY_MS + 60_000)
    expect(texts).not.toContain('One more pricing visit would be enough')
    expect(texts).toContain('One demo form would be enough')
  })

  it('knows when a visit has left the window', () => {
    const facts = [...warm, ...pricing(NOON + 60_000), ...pricing(NOON + 2 * DAY_MS)]
    const { texts } = ask(facts, NOON + 16 * DAY_MS)
    expect(texts).not.toContain('One more pricing visit would be enough')
  })

  it('what it promises comes true', () => {
    const facts = [...warm, ...pricing(NOON + DAY_MS), ...pricing(NOON + 2 * DAY_MS)]
    const at = NOON + 2 * DAY_MS + 2 * 3_600_000
    expect(ask(facts, at).texts).toContain('One more pricing visit would be enough')
    expect(ask([...facts, ...pricing(at)], at + 60_000).stage).toBe('mql')
  })

  it('offers the trait that could close a gap in fit', () => {
    const facts = [form(NOON, 'demo', { email: ANNA, industry: 'IT', company: 'Acme' })]
    const state = { ...personOf(ANNA, facts), stage: 'lead' as const, mql: null }
    const missing = missingOf(state, EXAMPLE, NOON)
    const closers = closersOf(missing, startEngagement(EXAMPLE), { state, model: EXAMPLE, at: NOON })
    expect(closers.map(({ text }) => text)).toContain(
      'Job function and seniority could be enough (marketing-head)',
    )
  })

  it('offers the fast track to a lead that fits, not to one that does not', () => {
    expect(ask(warm, NOON + DAY_MS).texts).toContain('One demo form would be enough (fast track)')
    const poor = [form(NOON, 'newsletter', { email: ANNA })]
    expect(ask(poor, NOON + DAY_MS).texts.join()).not.toContain('fast track')
  })
})
