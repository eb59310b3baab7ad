import { describe, expect, it } from 'vitest'
import type { Condition, ScoringModel } from '../../collector/contracts/model.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, form, identify, NOON } from '../support/facts.ts'
import { ANNA, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { missingAt, visit } from './asking.ts'

const HEAD = { email: ANNA, jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }
const subscribed = form(NOON, 'newsletter', { email: ANNA })

const under = (changes: Partial<ScoringModel>) => ({ versions: [published({ ...EXAMPLE, ...changes })] })
const when = (condition: Condition) => under({ mql: { ...EXAMPLE.mql, when: condition, fastTrack: null } })

describe('what is missing', () => {
  it('lists the unmet conditions as written, as numbers and in words, then the traits nobody knows', () => {
    expect(missingAt([subscribed], NOON).missing).toEqual([
      {
        kind: 'condition',
        condition: { engagement: { from: 40 } },
        text: 'Engagement 5 of 40: 35 more points',
        has: 5,
        needs: 40,
      },
      {
        kind: 'condition',
        condition: { fit: { from: 40 } },
        text: 'Fit 0 of 40: 40 more points',
        has: 0,
        needs: 40,
      },
      {
        kind: 'trait',
        condition: { rule: 'marketing-head' },
        text: 'Job function and seniority are not known (+25 if job function is marketing and seniority is head, director, VP or C-level)',
        rule: 'marketing-head',
        traits: ['jobFunction', 'seniority'],
        points: 25,
      },
      {
        kind: 'trait',
        condition: { rule: 'it-company' },
        text: 'Industry is not known (+20 if it is IT or software)',
        rule: 'it-company',
        traits: ['industry'],
        points: 20,
      },
    ])
  })

  it('shows no gap as nothing, and says of a score what is shown elsewhere', () => {
    const texts = (from: number) =>
      missingAt([subscribed], NOON, when({ key: 'engagement', is: { from } })).texts
    expect(texts(5.04)[0]).toBe('Engagement 5 of 5: less than 0.1 more points')
    expect(texts(5.06)[0]).toBe('Engagement 5 of 5.1: 0.1 more points')
    expect(
      missingAt([subscribed], NOON + 2 * DAY_MS, when({ key: 'engagement', is: { from: 40 } })).texts[0],
    ).toBe('Engagement 4.5 of 40: 35.5 more points')
  })

  it('names a trait the policy itself asks for', () => {
    const { missing } = missingAt([subscribed], NOON, when({ key: 'country', is: { oneOf: ['BG'] } }))
    expect(missing[0]).toMatchObject({
      condition: { country: 'BG' },
      text: 'Country is not known',
      traits: ['country'],
    })
    const abroad = [subscribed, identify(NOON, ANNA, { country: 'Poland' })]
    const { texts } = missingAt(abroad, NOON, when({ key: 'country', is: { oneOf: ['BG'] } }))
    expect(texts[0]).toBe('Country is not BG')
  })

  it('does not ask for a company that the address tells', () => {
    expect(missingAt([subscribed], NOON).texts.join()).not.toContain('Company')
    const free = missingAt([form(NOON, 'newsletter', { email: 'a@gmail.com' })], NOON, {
      email: 'a@gmail.com',
    })
    expect(free.texts).toContain('Company is not known')
  })

  it('spells out the ways when any of several would do, and how far a window has come', () => {
    const rule = (...oneOf: string[]) => ({ key: 'rule', is: { oneOf } })
    const any = {
      any: [rule('pricing-3x', 'demo'), { all: [rule('pricing'), { key: 'need', is: { oneOf: ['x'] } }] }],
    }
    expect(missingAt([subscribed], NOON, when(any)).texts[0]).toBe(
      'None of these yet: three pricing visits within 14 days; a demo form; a pricing visit and a sign of x',
    )
    const begun = [subscribed, ...visit(NOON - 2 * DAY_MS)]
    expect(missingAt(begun, NOON, when(rule('pricing-3x'))).texts[0]).toBe(
      'Not yet: three pricing visits within 14 days (one so far; two more before 24 January)',
    )
    expect(missingAt(begun, NOON + 13 * DAY_MS, when(rule('pricing-3x'))).texts[0]).toBe(
      'Not yet: three pricing visits within 14 days',
    )
  })

  it('tells apart what must not be and is from what nobody can tell', () => {
    const none = { none: [{ key: 'seniority', is: { oneOf: ['intern'] } }] }
    expect(missingAt([subscribed], NOON, when(none)).texts[0]).toBe('Seniority is not known')
    const intern = [subscribed, identify(NOON, ANNA, { seniority: 'intern' })]
    expect(missingAt(intern, NOON, when(none)).texts[0]).toBe('Must not be: seniority is intern')
  })

  it('names a trait whose value says too little', () => {
    const size: ScoringModel['fit']['rules'][number] = {
      id: 'right-size',
      if: { key: 'companySize', is: { from: 50, to: 200 } },
      points: 20,
      sets: [],
    }
    const vague = [subscribed, identify(NOON, ANNA, { companySize: 'plenty' })]
    const { missing } = missingAt(vague, NOON, under({ fit: { ...EXAMPLE.fit, rules: [size] } }))
    expect(missing.at(-1)).toMatchObject({
      kind: 'trait',
      traits: ['companySize'],
      text: 'Company size is not known (+20 if it is 50 to 200)',
    })
  })

  it('says by which gate somebody is excluded, in words', () => {
    const email = 'eva@rival.example'
    const { texts, missing } = missingAt([form(NOON, 'demo', { ...HEAD, email })], NOON, { email })
    expect(texts).toContain('Excluded: on the list “competitors”')
    expect(missing.find(({ kind }) => kind === 'gate')?.condition).toEqual({ gate: 'competitor' })
  })

  it('is empty for an MQL', () => {
    expect(missingAt([form(NOON, 'demo', HEAD)], NOON)).toMatchObject({ stage: 'mql', missing: [] })
  })
})

describe('what is missing after recycling', () => {
  const qualified = form(NOON, 'demo', HEAD)
  const back = decision(NOON + DAY_MS, leadId(ANNA), 'nurturing', 'not_ready')

  it('tells the end of the cool-down and what has been earned since', () => {
    const { missing, texts } = missingAt(
      [qualified, back, ...visit(NOON + 2 * DAY_MS)],
      NOON + 2 * DAY_MS + 20_000,
    )
    expect(texts).toContain('Cooling down until 12 February, 14:00 (not ready)')
    expect(texts).toContain('New engagement points 10 of 25, earned since 13 January')
    expect(missing.filter(({ kind }) => kind === 'cooldown' || kind === 'new_points')).toMatchObject([
      { until: '2026-02-12T12:00:00.000Z', condition: { cooldown: 'not_ready' } },
      { has: 10, needs: 25, condition: { newPoints: 25 } },
    ])
  })

  it('no longer speaks of a cool-down that is over, nor of points that are earned', () => {
    const later = [qualified, back, form(NOON + 40 * DAY_MS, 'newsletter', { email: ANNA })]
    const { texts } = missingAt(later, NOON + 40 * DAY_MS)
    expect(texts.join()).not.toContain('Cooling down')
    expect(texts).toContain('New engagement points 5 of 25, earned since 13 January')
  })

  it('goes on to say so when a person has put the lead from nurturing back to lead', () => {
    const moved = decision(NOON + 2 * DAY_MS, leadId(ANNA), 'lead', 'called_again')
    const { stage, texts } = missingAt([qualified, back, moved], NOON + 3 * DAY_MS)
    expect(stage).toBe('lead')
    expect(texts).toContain('New engagement points 0 of 25, earned since 13 January')
  })

  it('before it nothing of the kind was missing', () => {
    expect(missingAt([qualified, back], NOON + HOUR_MS)).toMatchObject({ stage: 'mql', missing: [] })
  })
})

describe('single things that would be enough', () => {
  const warm = [form(NOON, 'newsletter', HEAD), download(NOON + 60_000, 'guide.pdf')]
  const textsOf = (...args: Parameters<typeof missingAt>) =>
    missingAt(...args).closers.map(({ text }) => text)

  it('the visit that completes the window, by when: its own points count, too', () => {
    const facts = [...warm.slice(0, 1), ...visit(NOON + DAY_MS), ...visit(NOON + 2 * DAY_MS)]
    expect(textsOf(facts, NOON + 2 * DAY_MS + HOUR_MS)).toEqual([
      'One more pricing visit before 24 January would be enough',
      'One demo form would be enough',
    ])
  })

  it('more visits than one where a window asks for them', () => {
    const { closers } = missingAt([...warm, ...visit(NOON + DAY_MS)], NOON + DAY_MS + HOUR_MS)
    expect(closers.map(({ rule, times, text }) => [rule, times, text])).toEqual([
      ['pricing-3x', 2, 'Two more pricing visits before Friday 16 January would be enough'],
      ['guide', 1, 'One more guide download before Friday 16 January would be enough'],
      ['demo', 1, 'One demo form would be enough'],
    ])
  })

  it('not a visit when the earlier ones have left the window', () => {
    const facts = [...warm, ...visit(NOON + 60_000), ...visit(NOON + 2 * DAY_MS)]
    expect(textsOf(facts, NOON + 20 * DAY_MS).join()).not.toContain('One more pricing visit')
  })

  it('the trait that closes a gap in fit', () => {
    const facts = [
      form(NOON, 'newsletter', { email: ANNA, industry: 'IT' }),
      download(NOON, 'guide.pdf'),
      download(NOON, 'guide.pdf'),
      ...visit(NOON),
    ]
    const { closers } = missingAt(facts, NOON + HOUR_MS)
    expect(closers).toMatchObject([
      { rule: 'demo', traits: [], text: 'One demo form would be enough (fast track)' },
      {
        rule: 'marketing-head',
        traits: ['jobFunction', 'seniority'],
        text: 'Learning before Wednesday 14 January that job function is marketing and seniority is head, director, VP or C-level would be enough',
      },
    ])
  })

  it('nothing while cooling down, with a gate closed, or for somebody without a name', () => {
    const back = decision(NOON + DAY_MS, leadId(ANNA), 'nurturing', 'not_ready')
    expect(textsOf([form(NOON, 'demo', HEAD), back], NOON + 2 * DAY_MS)).toEqual([])
    const email = 'eva@rival.example'
    expect(textsOf([form(NOON, 'newsletter', { ...HEAD, email })], NOON, { email })).toEqual([])
  })

  it('anything at all, when everything is there but something to do', () => {
    const back = decision(NOON + DAY_MS, leadId(ANNA), 'nurturing', 'not_ready')
    const facts = [form(NOON, 'demo', HEAD), back, form(NOON + 30 * DAY_MS, 'demo', { email: ANNA })]
    const { missing } = missingAt(facts, NOON + 31 * DAY_MS + HOUR_MS)
    expect(missing).toMatchObject([
      { kind: 'closer', rule: null, text: expect.stringMatching(/^One more visit .*would be enough/) },
    ])
  })
})
