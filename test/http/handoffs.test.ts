import { beforeEach, describe, expect, it } from 'vitest'
import { type Json, type ModelWorld, openModelWorld } from './model-world.ts'

/** Everybody who asks for a demo is an MQL of whom sales is told only when a person says so. */
const manual = (model: string): string => `${model}handoff: manual\n`

let world: ModelWorld
beforeEach(async () => {
  world = await openModelWorld(manual)
})

const waiting = async (query = ''): Promise<readonly Json[]> =>
  (await world.get(`/v1/handoffs?${query}`)).body.data as readonly Json[]
const idsOf = (list: readonly Json[]): readonly string[] => list.map(({ id }) => String(id))
const ofLead = async (id: unknown) => (await world.get(`/v1/leads/${id}`)).body.handoffs

describe('hand-offs by hand', () => {
  it('wait, with whom they are about and why, until a person says so', async () => {
    await world.leads(1)
    expect(await world.stages()).toEqual(['mql'])
    const [one, ...others] = await waiting()
    expect(others).toEqual([])
    expect(one).toEqual({
      site: 'acme',
      id: expect.any(String),
      at: expect.stringMatching(/Z$/),
      status: 'waiting',
      reasons: [expect.objectContaining({ rule: 'demo', points: 50, count: 1 })],
      fit: { score: 0, grade: expect.any(String) },
      engagement: { score: 50 },
      answeredBy: null,
      model: 1,
      mqlSince: expect.stringMatching(/Z$/),
      lead: { id: expect.any(String), stage: 'mql', email: 'lead-0@acme.example', name: null, company: null },
    })
    const { id: lead } = (one?.lead ?? {}) as Json
    const approved = await world.post(`/v1/handoffs/${one?.id}/approve`)
    expect(approved).toMatchObject({
      status: 200,
      body: { id: one?.id, lead, status: 'told', answeredBy: 'GOLDPAN_ADMIN_TOKEN' },
    })
    expect(await waiting()).toEqual([])
    expect(await ofLead(lead)).toMatchObject([{ id: one?.id, status: 'told' }])
    await world.collector.settle()
    expect(await ofLead(lead)).toMatchObject([{ status: 'told' }])
  })

  it('are declined: sales never hears of that episode, whatever the lead does next', async () => {
    await world.leads(1)
    const [id] = idsOf(await waiting())
    expect((await world.post(`/v1/handoffs/${id}/decline`)).body).toMatchObject({ status: 'declined' })
    await world.again(0)
    expect(await waiting()).toEqual([])
    const { data } = (await world.get('/v1/leads')).body
    const [lead] = data as readonly Json[]
    expect(await ofLead(lead?.id)).toMatchObject([{ id, status: 'declined' }])
  })

  it('are not answered for a version that there is not', async () => {
    await world.leads(1)
    expect(await world.post('/v1/handoffs/decline', { model: 99 })).toMatchObject({
      status: 404,
      body: { code: 'unknown_model', detail: 'Expected a published version, 1 to 1, got 99.' },
    })
    expect(await waiting()).toHaveLength(1)
  })

  it('lapse when sales takes the lead by itself, and say so when they are answered', async () => {
    await world.leads(1)
    const [one] = await waiting()
    const { id: lead } = (one?.lead ?? {}) as Json
    const move = { to: 'sal', reason: 'called us' }
    expect((await world.post(`/v1/leads/${lead}/transitions`, move)).status).toBe(201)
    expect(await waiting()).toEqual([])
    expect(await ofLead(lead)).toMatchObject([{ id: one?.id, status: 'lapsed' }])
    expect(await world.post(`/v1/handoffs/${one?.id}/approve`)).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringMatching(/lapsed\. The lead is no MQL any more, or sales has taken it already/),
      },
    })
  })

  it('take the same word twice as one, and no other', async () => {
    await world.leads(1)
    const [id] = idsOf(await waiting())
    const first = await world.post(`/v1/handoffs/${id}/approve`)
    expect((await world.post(`/v1/handoffs/${id}/approve`)).body).toEqual(first.body)
    expect(await world.post(`/v1/handoffs/${id}/decline`)).toMatchObject({
      status: 409,
      body: {
        code: 'answered_otherwise',
        detail: expect.stringContaining('told by GOLDPAN_ADMIN_TOKEN'),
        handoff: { status: 'told' },
      },
    })
    expect(await world.post('/v1/handoffs/nobody/approve')).toMatchObject({
      status: 404,
      body: { code: 'unknown_handoff' },
    })
  })

  it('are answered many at once: by id, by model version, or all', async () => {
    await world.leads(3)
    const [first = '', second = '', third = ''] = idsOf(await waiting())
    await world.post(`/v1/handoffs/${second}/decline`)
    expect(
      (await world.post('/v1/handoffs/approve', { ids: [first, second, first, 'nobody'] })).body,
    ).toEqual({
      site: 'acme',
      status: 'told',
      answered: [first],
      known: [],
      refused: [
        { id: second, status: 'declined' },
        { id: 'nobody', status: null },
      ],
    })
    expect((await world.post('/v1/handoffs/approve', { ids: [first] })).body).toMatchObject({
      known: [first],
    })
    expect((await world.post('/v1/handoffs/decline', { model: 1 })).body).toMatchObject({ answered: [third] })
    await world.leads(2)
    expect((await world.post('/v1/handoffs/approve', { all: true })).body.answered).toHaveLength(2)
    expect(await waiting()).toEqual([])
  })

  it.each([[{}], [{ ids: [] }], [{ all: false }], [{ all: true, model: 1 }], [[]], [{ model: '1' }]])(
    '%j chooses nobody',
    async body => {
      await world.leads(1)
      expect(await world.post('/v1/handoffs/approve', body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_body' },
      })
      expect(await waiting()).toHaveLength(1)
    },
  )

  it('come in pages, longest waiting first, that skip nobody', async () => {
    await world.leads(5)
    const all = idsOf(await waiting())
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await world.get(`/v1/handoffs?limit=2${cursor}`)
      seen.push(...idsOf(body.data as readonly Json[]))
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    expect(seen).toEqual(all)
    expect(all).toHaveLength(5)
  })

  it('hide what people said from who may not see it, and may only be answered by who may write', async () => {
    await world.leads(1)
    const token = await world.collector.mintToken({ label: 'reader', scopes: ['read'] })
    const headers = { authorization: `Bearer ${token}` }
    const { body } = await world.get('/v1/handoffs?status=waiting', headers)
    expect(body.data).toMatchObject([{ lead: { email: null, redacted: true } }])
    expect(JSON.stringify(body)).not.toContain('acme.example')
    const [id] = idsOf(await waiting())
    for (const path of [`/v1/handoffs/${id}/approve`, '/v1/handoffs/approve'])
      expect((await world.post(path, { all: true }, headers)).status).toBe(403)
    expect((await world.get('/v1/handoffs?status=told')).body).toMatchObject({ code: 'invalid_parameter' })
    expect(await waiting()).toHaveLength(1)
  })
})
