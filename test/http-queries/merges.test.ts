import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { download, form, NOON, pageView } from '../support/facts.ts'
import { makeWorld, type World } from './world.ts'

const WORK = 'anna@acme.example'
const HOME = 'anna@home.example'
const on = (visitor: string) => ({ visitor, subject: visitor })

let world: World
let work: string
let home: string
beforeEach(async () => {
  world = await makeWorld({ patienceMs: 2_000 })
  await world.happen(
    form(
      NOON,
      'demo',
      { email: WORK, jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' },
      on('office'),
    ),
    form(NOON + 1, 'newsletter', { email: HOME }, on('sofa')),
    download(NOON + 2, 'guide.pdf', on('sofa')),
  )
  world.now = NOON + DAY_MS
  work = await world.leadId(WORK)
  home = await world.leadId(HOME)
})
afterEach(() => world.end())

const say = (what: string, lead: string, body: unknown) => world.post(`/v1/leads/${lead}/${what}`, body)
const leads = async () => (await world.get('/v1/leads')).data.map(({ id }) => id).sort()

describe('POST /v1/leads/:id/merge and unmerge', () => {
  it('make two leads one and two again, each with what it did', async () => {
    const moves = async () => (await world.get(`/v1/leads/${home}/transitions`)).data
    const before = await moves()
    expect(await say('merge', work, { lead: home })).toMatchObject({
      status: 201,
      body: { lead: work, merged: home, at: new Date(NOON + DAY_MS).toISOString(), actor: 'sales' },
    })
    expect(await leads()).toEqual([work])
    expect(await world.get(`/v1/leads/${home}`)).toMatchObject({ status: 404, body: { mergedInto: work } })
    expect((await world.get(`/v1/leads/${work}`)).body).toMatchObject({
      email: WORK,
      visitors: ['office', 'sofa'],
    })
    await world.happen(pageView(NOON + DAY_MS + 9, '/', on('sofa')))

    expect(await say('unmerge', work, { lead: home })).toMatchObject({
      status: 201,
      body: { unmerged: home },
    })
    expect(await leads()).toEqual([home, work].sort())
    expect((await world.get(`/v1/leads/${home}`)).body).toMatchObject({
      email: HOME,
      lastSeenAt: new Date(NOON + DAY_MS + 9).toISOString(),
    })
    expect(await moves()).toEqual(before)
  })

  it('leave with each lead what sales was told of it, and tell nothing twice', async () => {
    const handoffs = async (id: string) => (await world.get(`/v1/leads/${id}`)).body.handoffs
    expect(await handoffs(work)).toMatchObject([{ status: 'told' }])
    await say('merge', home, { lead: work })
    expect(await handoffs(home)).toMatchObject([{ status: 'told' }])
    await say('unmerge', home, { lead: work })
    expect(await handoffs(work)).toMatchObject([{ status: 'told' }])
    expect(await handoffs(home)).toMatchObject([{ status: 'withdrawn' }])
  })

  it.each([
    ['merge', () => ({ lead: work }), 409],
    ['unmerge', () => ({ lead: home }), 409],
    ['merge', () => ({ lead: 'nobody' }), 404],
    ['merge', () => ({}), 400],
    ['merge', () => ({ lead: home, note: 'x' }), 400],
  ] as const)('%s: refuses what cannot be', async (what, body, status) => {
    expect((await say(what, work, body())).status).toBe(status)
    expect(await leads()).toEqual([home, work].sort())
  })

  it('refuse somebody anonymous, and a token without the scope write', async () => {
    await world.happen(pageView(NOON + DAY_MS, '/', on('stranger')))
    const [stranger] = (await world.get('/v1/leads?stage=anonymous')).data
    expect(await say('merge', work, { lead: stranger?.id })).toMatchObject({
      status: 409,
      body: { code: 'illegal_merge' },
    })
    const authorization = `Bearer ${await world.token('read')}`
    expect((await world.post(`/v1/leads/${work}/merge`, { lead: home }, { authorization })).status).toBe(403)
  })
})
