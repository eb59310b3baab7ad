import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { decayed } from '../../collector/scoring/decay.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { download, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, advanceAll, leadId, movesOf, personOf } from '../support/history.ts'
import { HEAD, pricingVisit, profile, reader } from './stories.ts'

describe('worked example 1', () => {
  it('a newsletter subscriber is a lead, with a fit nobody knows yet', () => {
    const lead = personOf(ANNA, reader([]).slice(0, 1))
    expect(movesOf(lead)).toEqual(['anonymous → lead'])
    expect(lead.fit).toMatchObject({
      score: 0,
      grade: 'D',
      matched: [],
      unknown: ['marketing-head', 'it-company', 'student'],
    })
  })

  it('guide, three pricing visits in two weeks and the profile make an MQL, with its reasons', () => {
    const lead = personOf(ANNA, [...reader([8, 4, 0]), profile(NOON)])
    expect(movesOf(lead)).toEqual(['anonymous → lead', 'lead → mql'])
    expect(lead.mql).toMatchObject({ since: NOON, by: 'when', fitScore: 45, fitGrade: 'B' })
    expect(lead.mql?.reasons.map(({ rule }) => rule)).toEqual([
      'marketing-head',
      'it-company',
      'pricing',
      'pricing-3x',
      'guide',
      'newsletter',
    ])
    expect(Object.keys(lead.flags)).toEqual(['budget', 'authority'])
  })

  it.each([
    ['two visits', [8, 4], HEAD],
    ['three visits over fifteen days', [15, 7, 0], HEAD],
    ['title and industry unknown', [8, 4, 0], { email: ANNA, company: 'Acme' }],
    [
      'a company that is not known',
      [8, 4, 0],
      { email: 'anna@gmail.com', jobTitle: 'Head of Marketing', industry: 'IT' },
    ],
  ])('not with %s', (_, days, traits) => {
    const facts = [...reader(days).map(one => withEmail(one, traits.email)), profile(NOON, traits)]
    expect(personOf(traits.email, facts).stage).toBe('lead')
  })
})

/** The same story told by another address. */
const withEmail = (one: Fact, email: string): Fact =>
  one.type === 'form_submit' ? form(one.occurredAt, 'newsletter-footer', { email }, { id: one.id }) : one

describe('evidence is causal', () => {
  it('anonymous history joins at the claim, with its own times, and two transitions share one instant', () => {
    const before = [
      ...pricingVisit(NOON - 8 * DAY_MS),
      ...pricingVisit(NOON - 4 * DAY_MS),
      ...pricingVisit(NOON - HOUR_MS),
    ]
    const history = [download(NOON - 9 * DAY_MS, 'guide.pdf'), ...before]
    const lead = personOf(ANNA, [...history, profile(NOON)])
    expect(lead.transitions.map(({ to, at }) => [to, at])).toEqual([
      ['lead', NOON],
      ['mql', NOON],
    ])
    expect(lead.firstSeenAt).toBe(NOON - 9 * DAY_MS)
    const [guide] = lead.mql?.reasons.filter(({ rule }) => rule === 'guide') ?? []
    expect(guide?.decayed).toBeCloseTo(decayed(15, NOON - 9 * DAY_MS, NOON, 14 * DAY_MS), 12)
  })

  it('an anonymous person has scores but no stage, and is no more once claimed', () => {
    const anonymous = advanceAll(pricingVisit(NOON)).persons
    expect(anonymous).toMatchObject([
      { stage: 'anonymous', identifier: null, transitions: [], engagement: { score: 10 } },
    ])
    const claimed = advanceAll([...pricingVisit(NOON), profile(NOON + HOUR_MS)]).persons
    expect(claimed).toHaveLength(1)
    expect(claimed[0]).toMatchObject({ id: leadId(ANNA), stage: 'lead' })
  })

  it('a second device brings its history when it is claimed, and no move is dated before that', () => {
    const other = { visitor: 'visitor-two', subject: 'visitor-two' }
    const firstDevice = [...reader([8, 4]), profile(NOON)]
    const secondDevice = pricingVisit(NOON - 2 * DAY_MS, other)
    expect(personOf(ANNA, firstDevice).stage).toBe('lead')
    const joinedAt = NOON + HOUR_MS
    const lead = personOf(ANNA, [...firstDevice, ...secondDevice, identify(joinedAt, ANNA, {}, other)])
    expect(lead.transitions.at(-1)).toMatchObject({ to: 'mql', at: joinedAt })
    expect(lead.visitors).toEqual(['visitor-one', 'visitor-two'])
  })

  it('two people on one computer: each has what came in their time, the first also the history', () => {
    const boris = 'boris@acme.example'
    const facts = [
      pageView(NOON, '/pricing'),
      form(NOON + 1 * HOUR_MS, 'newsletter', { email: ANNA }),
      download(NOON + 2 * HOUR_MS, 'guide.pdf'),
      form(NOON + 3 * HOUR_MS, 'newsletter', { email: boris }),
      download(NOON + 4 * HOUR_MS, 'guide-two.pdf'),
      download(NOON + 5 * HOUR_MS, 'guide-three.pdf'),
    ]
    expect(personOf(ANNA, facts)).toMatchObject({ firstSeenAt: NOON, lastSeenAt: NOON + 2 * HOUR_MS })
    expect(personOf(boris, facts)).toMatchObject({
      firstSeenAt: NOON + 3 * HOUR_MS,
      lastSeenAt: NOON + 5 * HOUR_MS,
    })
  })

  it('what came too late says nothing and scores nothing', () => {
    const late = [form(NOON, 'demo', HEAD, { tooLate: true }), pageView(NOON + 1, '/pricing')]
    expect(advanceAll(late).persons).toMatchObject([
      { stage: 'anonymous', engagement: { score: 0 }, traits: {} },
    ])
  })

  it('not even from a bot: what came too late teaches nothing about the person', () => {
    const late = {
      tooLate: true,
      userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    }
    const facts = [
      form(NOON, 'newsletter', { email: ANNA }),
      identify(NOON + 1, ANNA, { industry: 'IT' }, late),
    ]
    expect(Object.keys(personOf(ANNA, facts).traits)).toEqual(['email'])
  })

  it('a bot scores nothing, though its form still makes a lead to look at', () => {
    const bot = { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }
    const lead = personOf(ANNA, [form(NOON, 'demo-request', HEAD, bot)])
    expect(lead).toMatchObject({ stage: 'lead', engagement: { score: 0 } })
  })
})
