import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, fact, form, NOON } from '../support/facts.ts'
import { ANNA, leadId } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { missingAt, scoreAt } from './asking.ts'

const jobs = engagementRule({ id: 'jobs', on: 'apply', points: 0, forMs: 60 * DAY_MS, sets: ['job_seeker'] })
const versions = [
  published({
    ...EXAMPLE,
    engagement: { ...EXAMPLE.engagement, rules: [...EXAMPLE.engagement.rules, jobs] },
    disqualify: [
      ...EXAMPLE.disqualify,
      { id: 'job-seeker', if: { key: 'flag', is: { oneOf: ['job_seeker'] } } },
    ],
  }),
]
const subscribed = form(NOON, 'newsletter', { email: ANNA })
const applied = fact({ type: 'apply', occurredAt: NOON + HOUR_MS })
const facts = [subscribed, applied]
const OPENS_AFTER = applied.occurredAt + 60 * DAY_MS

describe('an explanation of a gate that closed with a flag', () => {
  const gatesAt = (at: number, known = facts) =>
    missingAt(known, at, { versions }).missing.filter(({ kind }) => kind === 'gate')

  it('says until when it is closed', () => {
    const closed = {
      kind: 'gate',
      condition: { gate: 'job-seeker' },
      text: 'Excluded: flagged as job seeker until 13 March',
      until: new Date(OPENS_AFTER).toISOString(),
    }
    expect(gatesAt(applied.occurredAt)).toEqual([closed])
    expect(gatesAt(OPENS_AFTER)).toEqual([closed])
    const { summary } = scoreAt(facts, applied.occurredAt, { versions })
    expect(summary).toContain('Excluded: flagged as job seeker until 13 March')
  })

  it('says nothing of it any more when the flag has ended, though nothing happened since', () => {
    expect(gatesAt(OPENS_AFTER + 1)).toEqual([])
    expect(scoreAt(facts, OPENS_AFTER + 1, { versions }).summary).not.toContain('xcluded')
  })

  it('says the same of a lead that was sent back after the flag was set', () => {
    const back = decision(NOON + DAY_MS, leadId(ANNA), 'nurturing', 'not_ready')
    expect(gatesAt(OPENS_AFTER, [...facts, back])).toHaveLength(1)
    expect(gatesAt(OPENS_AFTER + 1, [...facts, back])).toEqual([])
  })

  it('says no end where there is none', () => {
    const email = 'eva@rival.example'
    const rival = missingAt([form(NOON, 'demo', { email })], NOON, { email, versions }).missing
    expect(rival.filter(({ kind }) => kind === 'gate')).toMatchObject([
      { text: 'Excluded: on the list “competitors”', until: null },
    ])
  })
})

describe('the end of an engagement that is below its exit', () => {
  it('is not told, though the score will rise', () => {
    const careers = engagementRule({ id: 'apply', on: 'apply', points: -40 })
    const odd = {
      ...EXAMPLE,
      engagement: { halfLifeMs: DAY_MS, rules: [careers] },
      mql: { ...EXAMPLE.mql, exit: { engagement: -5 } },
    }
    expect(scoreAt(facts, applied.occurredAt, { versions: [published(odd)] }).until).toBeNull()
  })
})
