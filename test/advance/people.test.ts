import { describe, expect, it } from 'vitest'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, fact, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, leadId, movesOf, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { HEAD, qualified } from './stories.ts'

describe('gates and people', () => {
  it('a gate that closes demotes at once, within the dwell too', () => {
    const lead = personOf(ANNA, [...qualified, identify(NOON + HOUR_MS, ANNA, { website: 'x' })])
    expect(lead.stage).toBe('mql')
    const rival = 'anna@rival.example'
    const spy = qualified.map(fact =>
      fact.type === 'form_submit'
        ? form(fact.occurredAt, 'p', { ...HEAD, email: rival }, { id: fact.id })
        : fact,
    )
    expect(personOf(rival, spy)).toMatchObject({ stage: 'lead', gates: { competitor: null } })
  })

  it('what somebody does closes a gate, too, before a recycling as after it; and it opens with its flag', () => {
    const model: ScoringModel = {
      ...EXAMPLE,
      engagement: {
        ...EXAMPLE.engagement,
        rules: [
          ...EXAMPLE.engagement.rules,
          engagementRule({ id: 'jobs', on: 'apply', points: 0, forMs: 9 * DAY_MS, sets: ['job_seeker'] }),
        ],
      },
      disqualify: [{ id: 'job-seeker', if: { key: 'flag', is: { oneOf: ['job_seeker'] } } }],
    }
    const versions = [published(model)]
    const apply = fact({ type: 'apply', occurredAt: NOON + HOUR_MS })
    const opensAfter = NOON + HOUR_MS + 9 * DAY_MS
    const lead = personOf(ANNA, [...qualified, apply], { versions })
    expect(lead).toMatchObject({
      stage: 'lead',
      gates: { 'job-seeker': opensAfter },
      flags: { job_seeker: opensAfter },
    })
    expect(lead.transitions.at(-1)).toMatchObject({ at: apply.occurredAt, reason: 'gate:job-seeker' })

    const returned = decision(NOON + 2 * HOUR_MS, leadId(ANNA), 'nurturing', 'not_ready')
    const later = (days: number) => [...qualified, apply, returned, pageView(NOON + days * DAY_MS, '/')]
    expect(personOf(ANNA, later(2), { versions })).toMatchObject({
      gates: { 'job-seeker': opensAfter },
      flags: {},
    })
    expect(personOf(ANNA, later(12), { versions }).gates).toEqual({})
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
})
describe('publishing', () => {
  it('judges each instant by the version in force, and leaves past transitions standing', () => {
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
