import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS } from '../../shared/time.ts'
import { decision, engagement, fact, form, identify, NOON, pageView } from '../support/facts.ts'
import { makeWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.end())

const by = (visitor: string): Partial<Fact> => ({ visitor, subject: visitor })
const demo = (visitor: string, email: string, traits: Record<string, string> = {}, at = NOON) =>
  form(at, 'demo', { email, ...traits }, by(visitor))
const readsPrices = (visitor: string, at: number, given: Partial<Fact> = {}): readonly Fact[] => {
  const view = pageView(at, '/pricing', { ...by(visitor), ...given })
  return [view, engagement(at + 20_000, view, 20_000, { ...by(visitor), ...given })]
}
const IN_ACME = { noted: { company: { domain: 'acme.example', name: 'ACME Corp' } } }

/** Acme: a decision maker, a manager, a visitor in its network; Beta: one person; and somebody with a free mailbox. */
const crowd = () =>
  world.happen(
    demo('visitor-a', 'anna@acme.example', { jobTitle: 'Head of Marketing', company: 'Acme' }),
    demo('visitor-b', 'boris@acme.example', { jobTitle: 'IT Manager', industry: 'IT' }, NOON + 1_000),
    ...readsPrices('visitor-b', NOON + 2_000),
    ...readsPrices('visitor-x', NOON + 3_000, IN_ACME),
    demo('visitor-c', 'carla@beta.example', {}, NOON + 40_000),
    demo('visitor-d', 'dora@gmail.com', {}, NOON + 41_000),
  )

const first = async (query = '') => (await world.get(`/v1/accounts${query}`)).data[0]
const names = async (query: string) => (await world.get(`/v1/accounts${query}`)).data.map(one => one.domain)

describe('accounts', () => {
  it('show their people, and what these weigh in the score', async () => {
    await crowd()
    world.now = NOON + DAY_MS
    const listed = await first()
    expect(listed).toMatchObject({
      domain: 'acme.example',
      name: 'Acme',
      people: 2,
      anonymous: 1,
      roles: { present: ['decision_maker', 'champion', 'technical'], missing: ['procurement', 'legal'] },
      industry: 'it',
    })
    const { body } = await world.get(`/v1/accounts/${listed?.id}`)
    const members = body.members as readonly { weight: number; engagement: { score: number } }[]
    expect(members.map(({ weight }) => weight)).toEqual([1, 0.5, 0.25])
    expect(members).toMatchObject([
      { email: 'boris@acme.example', by: 'email', roles: ['champion', 'technical'] },
      { email: 'anna@acme.example', jobTitle: 'Head of Marketing' },
      { stage: 'anonymous', email: null, by: 'network' },
    ])
    const sum = members.reduce((total, { weight, engagement: { score } }) => total + weight * score, 0)
    expect(body.score).toBe(sum)
    expect(Number(listed?.score)).toBeCloseTo(sum, 9)
    expect(body.activity).toEqual({ events: 6, since: new Date(NOON - 29 * DAY_MS).toISOString() })
  })

  it('forget what is long ago', async () => {
    await crowd()
    const before = await first()
    world.now = NOON + 60 * DAY_MS
    const { body } = await world.get(`/v1/accounts/${before?.id}`)
    expect(body.activity).toMatchObject({ events: 0 })
    expect(Number(body.score)).toBeLessThan(Number(before?.score) / 8)
  })

  it('are filtered and sorted', async () => {
    await crowd()
    expect(await names('')).toEqual(['acme.example', 'beta.example'])
    expect(await names('?sort=last_seen')).toEqual(['beta.example', 'acme.example'])
    expect(await names('?domain=www.beta.example')).toEqual(['beta.example'])
    expect(await names('?q=BETA')).toEqual(['beta.example'])
    expect(await names('?minScore=1000')).toEqual([])
    const [, beta] = (await world.get('/v1/accounts')).data
    expect(await names(`?minScore=${Number(beta?.score) + 1}`)).toEqual(['acme.example'])
    const page = await world.get('/v1/accounts?limit=1')
    expect(await names(`?limit=1&cursor=${page.body.next}`)).toEqual(['beta.example'])
    expect((await world.get('/v1/accounts?sort=hotness')).status).toBe(400)
    expect((await world.get('/v1/accounts/nobody')).body).toMatchObject({ code: 'unknown_account' })
  })

  it('lose who is disqualified, and stay while somebody is with them', async () => {
    await crowd()
    const before = await first()
    const boris = await world.leadId('boris@acme.example')
    await world.happen(decision(NOON + 9_000, boris, 'disqualified', 'rival'))
    const { body } = await world.get(`/v1/accounts/${before?.id}`)
    expect(body).toMatchObject({ people: 2, roles: { present: ['decision_maker'] } })
    expect(body.members).toMatchObject([{ id: boris, weight: 0 }, { weight: 1 }, { weight: 0.5 }])
  })

  it('count nothing of a browser that types an address confirmed elsewhere', async () => {
    await world.happen(
      ...readsPrices('visitor-a', NOON),
      identify(NOON + 1_000, 'anna@acme.example', {}, { ...by('visitor-a'), origin: 'server' }),
      ...readsPrices('visitor-b', NOON + 60_000),
      demo('visitor-b', 'anna@acme.example', {}, NOON + 90_000),
    )
    const { body } = await world.get(`/v1/accounts/${(await first())?.id}`)
    expect(body.members).toMatchObject([
      { stage: 'anonymous', weight: 0 },
      { email: 'anna@acme.example', weight: 1 },
    ])
  })

  it('are the leads’ too', async () => {
    await crowd()
    const acme = await first()
    const { data } = await world.get(`/v1/leads?account=${acme?.id}`)
    expect(data.map(({ email }) => email)).toEqual(['boris@acme.example', 'anna@acme.example'])
    expect(data[1]?.account).toEqual({ id: acme?.id, domain: 'acme.example', name: 'Acme' })
    expect((await world.get(`/v1/leads?account=${acme?.id}&stage=anonymous`)).data).toMatchObject([
      { account: { name: 'ACME Corp' }, email: null, traits: {}, visitors: ['visitor-x'] },
    ])
    expect((await world.get(`/v1/leads/${await world.leadId('dora@gmail.com')}`)).body.account).toBeNull()
  })

  it('are what a group call says: people of one group are in one, with that domain’s', async () => {
    const group = (visitor: string, props: object, at: number) =>
      fact({ type: 'group', occurredAt: at, ...by(visitor), props: { ...props } })
    const acme = { group: 'g1', traits: { name: 'Acme', domain: 'acme.example', industry: 'IT' } }
    await world.happen(
      demo('visitor-a', 'anna@gmail.com'),
      group('visitor-a', acme, NOON + 1),
      demo('visitor-b', 'boris@partner.example', {}, NOON + 2),
      group('visitor-b', acme, NOON + 3),
      demo('visitor-c', 'carla@acme.example', {}, NOON + 4),
    )
    expect((await world.get('/v1/accounts')).data).toMatchObject([{ domain: 'acme.example', people: 3 }])
    const anna = (await world.get(`/v1/leads/${await world.leadId('anna@gmail.com')}`)).body
    expect(anna).toMatchObject({ traits: { company: { value: 'Acme' }, industry: { value: 'it' } } })
  })
})
