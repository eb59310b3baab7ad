import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { form, NOON, pageView } from '../support/facts.ts'
import { makeWorld, type World } from './world.ts'

const ANNA = { email: 'anna@acme.example', jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }

let world: World
let path: string
beforeEach(async () => {
  world = await makeWorld({ patienceMs: 1_000 })
  await world.happen(form(NOON, 'demo', ANNA))
  world.now = NOON + HOUR_MS
  path = `/v1/leads/${await world.leadId(ANNA.email)}`
})
afterEach(() => world.end())

const move = (body: unknown, headers?: Record<string, string>) =>
  world.post(`${path}/transitions`, body, headers)

describe('POST /v1/leads/:id/transitions', () => {
  it('moves a lead, and answers when it is done', async () => {
    const { status, body } = await move({ to: 'sal', reason: 'accepted' })
    expect(status).toBe(201)
    expect(body).toEqual({
      from: 'mql',
      to: 'sal',
      at: new Date(world.now).toISOString(),
      actor: 'sales',
      reason: 'accepted',
      model: 1,
    })
    expect((await world.get(path)).body.stage).toBe('sal')
    const { data } = await world.get(`${path}/transitions`)
    expect(data.map(({ from, to }) => [from, to])).toEqual([
      ['anonymous', 'lead'],
      ['lead', 'mql'],
      ['mql', 'sal'],
    ])
  })

  it('walks the funnel to a customer with an amount, on a clock that stands still', async () => {
    for (const to of ['sal', 'sales_qualified']) expect((await move({ to, reason: 'call' })).status).toBe(201)
    const won = await move({
      to: 'customer',
      reason: 'won',
      amount: 12_000,
      currency: 'EUR',
      note: 'two years',
    })
    expect(won.status).toBe(201)
    const { data } = await world.get(`${path}/timeline`)
    expect(data[0]).toMatchObject({
      type: 'decision',
      props: { to: 'customer', reason: 'won', amount: 12_000, currency: 'EUR', note: 'two years' },
    })
  })

  it('refuses an illegal move, names the legal ones, and records nothing', async () => {
    const { status, body } = await move({ to: 'customer', reason: 'won' })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'illegal_move',
      from: 'mql',
      legal: ['lead', 'sal', 'nurturing', 'disqualified'],
    })
    expect((await world.get('/v1/events?type=decision')).data).toEqual([])
  })

  it('refuses to move somebody anonymous', async () => {
    await world.happen(pageView(NOON, '/', { visitor: 'visitor-two', subject: 'visitor-two' }))
    const [nobody] = (await world.get('/v1/leads?stage=anonymous')).data
    const answer = await world.post(`/v1/leads/${String(nobody?.id)}/transitions`, {
      to: 'lead',
      reason: 'x',
    })
    expect(answer).toMatchObject({ status: 409, body: { legal: [] } })
  })

  it.each([
    [{ reason: 'x' }],
    [{ to: 'sal' }],
    [{ to: 'sal', reason: '' }],
    [{ to: 'boss', reason: 'x' }],
    [{ to: 'sal', reason: 'x', amount: -1 }],
    [{ to: 'sal', reason: 'x', currency: 'euro' }],
    [{ to: 'sal', reason: 'x', at: 1_768_219_200_000 }],
    [{ to: 'sal', reason: 'x', owner: 'me' }],
    [['sal']],
    [null],
  ])('refuses the body %j', async body => {
    expect(await move(body)).toMatchObject({ status: 400, body: { code: 'invalid_body' } })
  })

  it('names the stages when a move goes to none of them', async () => {
    const { body } = await move({ to: 'boss', reason: 'x' })
    expect(body.detail).toMatch(/; to: expected one of anonymous, lead, mql, .+, disqualified\.$/)
  })

  it('takes a decision made earlier, after the latest move and not in the future', async () => {
    const at = (ms: number) => move({ to: 'sal', reason: 'accepted', at: new Date(ms).toISOString() })
    expect((await at(NOON - DAY_MS)).status).toBe(400)
    expect((await at(world.now + 1)).status).toBe(400)
    const moves = (await world.get(`${path}/transitions`)).data
    expect((await at(Date.parse(String(moves.at(-1)?.at)))).status).toBe(400)
    const answer = await at(NOON + 60_000)
    expect(answer).toMatchObject({ status: 201, body: { at: new Date(NOON + 60_000).toISOString() } })
  })

  it('takes any reason: a word of the language it is written in is no trap', async () => {
    expect((await move({ to: 'nurturing', reason: 'toString' })).status).toBe(201)
    expect((await world.get('/v1/leads')).status).toBe(200)
    expect((await world.get(path)).text).toContain('Cooling down')
  })

  it('does the same act once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'click-1' }
    const first = await move({ to: 'nurturing', reason: 'not_ready' }, headers)
    world.now += HOUR_MS
    const second = await move({ reason: 'not_ready', to: 'nurturing' }, headers)
    expect(second).toMatchObject({ status: 201, body: first.body })
    expect((await world.get('/v1/events?type=decision')).data).toHaveLength(1)
    const other = await move({ to: 'disqualified', reason: 'student' }, headers)
    expect(other).toMatchObject({ status: 409, body: { code: 'key_reused' } })
    expect((await world.get(path)).body.stage).toBe('nurturing')
  })

  it('does the same act once when both requests come at once', async () => {
    const headers = { 'idempotency-key': 'double click' }
    const answers = await Promise.all([1, 2].map(() => move({ to: 'sal', reason: 'accepted' }, headers)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[0]?.body).toEqual(answers[1]?.body)
    expect((await world.get('/v1/events?type=decision')).data).toHaveLength(1)
  })

  it('keeps keys of different leads and different tokens apart', async () => {
    const boris = form(
      NOON,
      'demo',
      { ...ANNA, email: 'boris@acme.example' },
      { visitor: 'visitor-b', subject: 'visitor-b' },
    )
    await world.happen(boris)
    const headers = { 'idempotency-key': 'one' }
    await move({ to: 'sal', reason: 'accepted' }, headers)
    path = `/v1/leads/${await world.leadId('boris@acme.example')}`
    expect((await move({ to: 'sal', reason: 'accepted' }, headers)).status).toBe(201)
    expect((await world.get('/v1/events?type=decision')).data).toHaveLength(2)
  })

  it('says so when the decision is safe but not applied yet, and finds it again by its key', async () => {
    await world.stopQualifying()
    const headers = { 'idempotency-key': 'patience' }
    const first = await move({ to: 'sal', reason: 'accepted' }, headers)
    expect(first).toMatchObject({ status: 202, body: { to: 'sal', pending: true, actor: 'sales' } })
    expect(await move({ to: 'sal', reason: 'accepted' }, headers)).toMatchObject({
      status: 202,
      body: first.body,
    })
    expect((await world.get('/v1/events?type=decision')).data).toHaveLength(1)
  })

  it('needs the scope write', async () => {
    const authorization = `Bearer ${await world.token('read', 'leads:pii')}`
    expect((await move({ to: 'sal', reason: 'accepted' }, { authorization })).status).toBe(403)
    expect((await world.get(path)).body.stage).toBe('mql')
  })
})
