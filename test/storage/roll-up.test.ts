import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountMember, Said } from '../../collector/contracts/account.ts'
import type { TraitStrength } from '../../collector/contracts/evidence.ts'
import type { PersonState } from '../../collector/contracts/state.ts'
import { currentScore, rankingKey } from '../../collector/scoring/decay.ts'
import { memberOf, rollUp } from '../../collector/storage/roll-up.ts'
import { DAY_MS } from '../../shared/time.ts'
import { aPerson, said } from '../contract/store/samples.ts'

const HALF_LIFE = 14 * DAY_MS
const NOW = Date.UTC(2026, 2, 2)

const member = (given: Partial<AccountMember> = {}): AccountMember => ({
  stage: 'lead',
  counts: true,
  rank: null,
  fit: { score: 0, grade: 'D' },
  roles: [],
  domain: 'acme.example',
  name: null,
  industry: null,
  companySize: null,
  firstSeenAt: 5,
  lastSeenAt: 9,
  ...given,
})
/** The account’s score at an instant, of members with these scores now. */
const scoreOf = (scores: readonly number[], at = NOW) => {
  const members = scores.map(score => member({ rank: rankingKey(score, NOW, HALF_LIFE) }))
  const rank = rollUp('a', members)?.rank ?? null
  return rank === null ? 0 : 2 ** (rank - at / HALF_LIFE)
}

it('is nothing without people', () => {
  expect(rollUp('a', [])).toBeNull()
})

it('weighs the highest whole, the next by half, then a quarter', () => {
  expect(scoreOf([10, 40, 20])).toBeCloseTo(40 + 20 / 2 + 10 / 4, 9)
  expect(scoreOf([30])).toBeCloseTo(30, 9)
  expect(scoreOf([-5, 0])).toBe(0)
  expect(scoreOf(Array(500).fill(10))).toBeCloseTo(20, 9)
})

it('at any time is the weighted sum of what its people have then', () => {
  const score = fc.double({ min: 0.01, max: 500, noNaN: true })
  const isTheSum = fc.property(
    fc.array(score, { minLength: 1, maxLength: 9 }),
    fc.nat(90 * DAY_MS),
    (scores, later) => {
      const at = NOW + later
      const left = scores
        .map(one => currentScore({ score: one, asOf: NOW, halfLifeMs: HALF_LIFE, rank: null }, at))
        .sort((a, b) => b - a)
      const wanted = left.reduce((sum, one, place) => sum + one / 2 ** place, 0)
      expect(scoreOf(scores, at) / wanted).toBeCloseTo(1, 9)
    },
  )
  return fc.assert(isTheSum)
})

it('counts nobody who is disqualified: no score, fit or role', () => {
  const out = member({ counts: false, rank: 9, fit: { score: 99, grade: 'A' }, roles: ['legal'] })
  const kept = member({ rank: 3, fit: { score: 5, grade: 'D' }, roles: ['champion'] })
  expect(rollUp('a', [out, kept])).toMatchObject({
    rank: 3,
    fit: { score: 5, grade: 'D' },
    roles: ['champion'],
    people: 2,
  })
})

it('shows visitors nobody knows apart: they bring engagement, but neither fit nor role', () => {
  const visitor = member({ stage: 'anonymous', rank: 4, fit: { score: 80, grade: 'A' }, roles: ['legal'] })
  expect(rollUp('a', [visitor])).toMatchObject({
    rank: 4,
    fit: null,
    stage: 'anonymous',
    people: 0,
    anonymous: 1,
    roles: [],
  })
})

it('is at the furthest stage, with roles in one order and the first and last visit', () => {
  const people = [
    member({ stage: 'nurturing', roles: ['legal', 'decision_maker'], firstSeenAt: 2 }),
    member({ stage: 'mql', roles: ['legal'], lastSeenAt: 12 }),
    member({ stage: 'disqualified' }),
  ]
  expect(rollUp('a', people)).toMatchObject({
    stage: 'mql',
    mqls: 1,
    roles: ['decision_maker', 'legal'],
    firstSeenAt: 2,
    lastSeenAt: 12,
  })
})

it('believes the strongest, then the latest, whatever the order', () => {
  const says = (value: string, strength: number, at: number): AccountMember => {
    const one: Said = { value, strength, at }
    return member({ name: one, industry: one })
  }
  const people = [says('page', 1, 9), says('old', 3, 1), says('crm', 3, 5), says('bcc', 3, 5)]
  for (const order of [people, people.toReversed()])
    expect(rollUp('a', order)).toMatchObject({ name: 'crm', industry: 'crm' })
})

it('makes a member of a person with an account, and of nobody else', () => {
  const account = { id: 'a', domain: null, name: 'Acme', by: 'email', roles: [] } as const
  expect(memberOf(aPerson('ada'))).toBeNull()
  expect(memberOf(aPerson('ada', { account, isTest: true }))).toBeNull()
  expect(memberOf(aPerson('ada', { account }))).toMatchObject({ counts: true, name: { strength: -1 } })
  expect(memberOf(aPerson('ada', { account, traits: said('company', 'Acme') }))).toMatchObject({
    name: { value: 'Acme', strength: 1 },
  })
  expect(memberOf(aPerson('ada', { account, stage: 'disqualified' }))?.counts).toBe(false)
  expect(memberOf(aPerson('ada', { account, claims: 'bob' }))?.counts).toBe(false)
  expect(memberOf(aPerson('ada', { account, gates: { competitor: null } }))?.counts).toBe(false)
})

it('takes a network’s word for its own, whatever the visitor says of a company', () => {
  const account = { id: 'a', domain: null, name: 'Acme', by: 'network', roles: [] } as const
  expect(memberOf(aPerson('ada', { account, traits: said('company', 'Beta') }))?.name).toMatchObject({
    value: 'Acme',
    strength: -1,
  })
})

describe('a public group call of somebody from elsewhere', () => {
  const account = { id: 'a', domain: 'acme.example', by: 'email', roles: [] } as const
  const saying = (email: string, strength: TraitStrength, name: string, at: number): PersonState => {
    const claim = (value: string) => ({ value, source: 'identify' as const, strength, at })
    const traits = {
      email: { ...claim(email), name: 'email' },
      company: { ...claim(name), name: 'company' },
      industry: { ...claim(name), name: 'industry' },
      companySize: { ...claim(name), name: 'companySize' },
    }
    return aPerson(email, { account: { ...account, name }, traits })
  }
  const rolled = (...people: readonly PersonState[]) =>
    rollUp(
      'a',
      people.flatMap(one => memberOf(one) ?? []),
    )
  const all = (value: string) => ({ name: value, industry: value, companySize: value })
  const stranger = saying('eve@gmail.com', 'asserted', 'Evil', 9)

  it.each(['ada@acme.example', 'ada@mail.acme.example'])('says less than %s', own => {
    expect(rolled(saying(own, 'asserted', 'Acme', 1), stranger)).toMatchObject(all('Acme'))
  })

  it('says less than the CRM, which says more than all pages', () => {
    expect(rolled(saying('bob@gmail.com', 'verified', 'CRM', 1), stranger)).toMatchObject(all('CRM'))
    const own = saying('ada@acme.example', 'asserted', 'Acme', 5)
    expect(rolled(saying('bob@gmail.com', 'verified', 'CRM', 1), own)).toMatchObject(all('CRM'))
  })

  it('is believed while nobody better says anything, and no namesake’s domain is better', () => {
    expect(rolled(stranger)).toMatchObject(all('Evil'))
    const other = saying('ada@notacme.example', 'asserted', 'Namesake', 1)
    expect(rolled(other, stranger)).toMatchObject(all('Evil'))
  })
})
