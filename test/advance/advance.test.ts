import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { decayed } from '../../collector/scoring/decay.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, engagement, fact, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, advanceAll, leadId, movesOf, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'

const HEAD = { email: ANNA, jobTitle: 'Ръководител на маркетинга', industry: 'IT', company: 'Acme' }

const pricingVisit = (at: number, given: Partial<Fact> = {}): Fact[] => {
  const view = pageView(at, '/pricing', { session: `s-${at}`, ...given })
  return [view, engagement(at + 20_000, view, 20_000, given)]
}

/** Worked example 1 up to, but without, the profile. */
const reader = (days: readonly number[]): Fact[] => [
  form(NOON - 20 * DAY_MS, 'newsletter-footer', { email: ANNA }),
  download(NOON - 9 * DAY_MS, '10-strategies-guide.pdf'),
  ...days.flatMap(day => pricingVisit(NOON - day * DAY_MS - HOUR_MS)),
]
const profile = (at: number, traits: Record<string, string> = HEAD): Fact => form(at, 'profile', traits)

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

describe('time', () => {
  const qualified = [...reader([8, 4, 0]), profile(NOON)]

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

  it('does not for one who does not fit', () => {
    expect(personOf(ANNA, [demo(NOON, { jobTitle: 'Student', industry: 'IT' })]).stage).toBe('lead')
  })
})

describe('gates and people', () => {
  const qualified = [...reader([8, 4, 0]), profile(NOON)]

  it('a gate that closes demotes at once, within the dwell too', () => {
    const lead = personOf(ANNA, [...qualified, identify(NOON + HOUR_MS, ANNA, { website: 'x' })])
    expect(lead.stage).toBe('mql')
    const rival = 'anna@rival.example'
    const spy = qualified.map(fact =>
      fact.type === 'form_submit'
        ? form(fact.occurredAt, 'p', { ...HEAD, email: rival }, { id: fact.id })
        : fact,
    )
    expect(personOf(rival, spy)).toMatchObject({ stage: 'lead', gates: ['competitor'] })
  })

  it('people move a lead on, and what happens next does not move it back', () => {
    const id = leadId(ANNA)
    const facts = [
      ...qualified,
      decision(NOON + HOUR_MS, id, 'sal', 'accepted'),
      pageView(NOON + 2 * HOUR_MS, '/careers'),
      decision(NOON + 3 * HOUR_MS, id, 'sales_qualified', 'bant'),
    ]
    const lead = personOf(ANNA, facts, { now: NOON + 400 * DAY_MS })
    expect(lead).toMatchObject({ stage: 'sales_qualified', mql: { since: NOON } })
    expect(lead.transitions.at(-1)).toMatchObject({ actor: 'sales', reason: 'bant', cause: 'decision' })
  })

  it('a recycled lead qualifies again on new activity after the cool-down, not on old points, not by identify', () => {
    const recycledAt = NOON + HOUR_MS
    const back = [...qualified, decision(recycledAt, leadId(ANNA), 'nurturing', 'not_ready')]
    const active = (from: number) => [
      ...[0, 1, 2].flatMap(day => pricingVisit(from + day * DAY_MS)),
      download(from + 3 * DAY_MS, 'guide.pdf'),
    ]
    expect(personOf(ANNA, [...back, pageView(recycledAt + 1, '/pricing')]).stage).toBe('nurturing')
    expect(personOf(ANNA, [...back, ...active(recycledAt + DAY_MS)]).stage).toBe('nurturing')
    const cooledDown = recycledAt + 30 * DAY_MS
    const again = [...back, ...active(cooledDown - 3 * DAY_MS - 1)]
    expect(personOf(ANNA, again).stage).toBe('nurturing')
    expect(personOf(ANNA, [...again, identify(cooledDown, ANNA, { firstName: 'Anna' })]).stage).toBe(
      'nurturing',
    )
    const oddReason = again.map(one =>
      one.type === 'decision' ? { ...one, props: { to: 'nurturing', reason: 'toString' } } : one,
    )
    expect(personOf(ANNA, [...oddReason, pageView(cooledDown + 1, '/pricing')]).stage).toBe('mql')
    const returned = personOf(ANNA, [...again, pageView(cooledDown + 1, '/pricing')])
    expect(returned.transitions.at(-1)).toMatchObject({ from: 'nurturing', to: 'mql', at: cooledDown + 1 })
  })
})

describe('publishing', () => {
  it('judges each instant by the version in force, and leaves past transitions standing', () => {
    const qualified = [...reader([8, 4, 0]), profile(NOON)]
    const strict: ScoringModel = {
      ...EXAMPLE,
      mql: { ...EXAMPLE.mql, when: { key: 'fit', is: { from: 90 } }, exit: null },
    }
    const publishedAt = NOON + 2 * DAY_MS
    const versions = [published(EXAMPLE), published(strict, publishedAt, 2)]
    const lead = personOf(ANNA, qualified, { versions, now: publishedAt })
    expect(lead.transitions.map(({ to, at, model }) => [to, at, model])).toEqual([
      ['lead', NOON - 20 * DAY_MS, 1],
      ['mql', NOON, 1],
      ['lead', publishedAt, 2],
    ])
  })

  it('never judges by a version what was before it was published', () => {
    const job = {
      ...engagementRule({ id: 'job', on: 'job_view', points: 0 }),
      sets: ['job'],
      forMs: 20 * HOUR_MS,
    }
    const rules = [...EXAMPLE.engagement.rules, job]
    const isDemo = { key: 'rule', is: { oneOf: ['demo'] } }
    const mql = { ...EXAMPLE.mql, when: isDemo, exit: null, dwellMs: 0, fastTrack: null }
    const lax: ScoringModel = { ...EXAMPLE, engagement: { ...EXAMPLE.engagement, rules }, mql }
    const isNoJob = { none: [{ key: 'flag', is: { oneOf: ['job'] } }] }
    const strict = { ...lax, mql: { ...mql, when: { all: [isDemo, isNoJob] } } }
    const versions = [published(lax), published(strict, NOON + 50 * HOUR_MS, 2)]
    const facts = [form(NOON, 'demo', HEAD), fact({ type: 'job_view', occurredAt: NOON + 1 })]
    const lead = personOf(ANNA, facts, { versions, now: NOON + 51 * HOUR_MS })
    expect(movesOf(lead)).toEqual(['anonymous → lead', 'lead → mql'])
  })

  it('marks what a publish qualifies, so that it waits for approval', () => {
    const lax: ScoringModel = {
      ...EXAMPLE,
      mql: { ...EXAMPLE.mql, when: { key: 'email', is: { known: true } } },
    }
    const versions = [published(EXAMPLE), published(lax, NOON + DAY_MS, 2)]
    const lead = personOf(ANNA, [form(NOON, 'newsletter', { email: ANNA })], { versions, now: NOON + DAY_MS })
    expect(lead.transitions.at(-1)).toMatchObject({ to: 'mql', cause: 'publish', at: NOON + DAY_MS })
  })
})
