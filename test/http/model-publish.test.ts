import { beforeEach, describe, expect, it } from 'vitest'
import { listen } from '../http-queries/sse-client.ts'
import { type Json, lenient, type ModelWorld, openModelWorld } from './model-world.ts'

let world: ModelWorld
let draft: string
beforeEach(async () => {
  world = await openModelWorld()
  draft = lenient(world.source())
})

const stateOf = async () => (await world.get('/v1/model')).body

describe('publishing', () => {
  it('a hundred old leads are not handed over at once: it asks first, and each waits for a word', async () => {
    await world.leads(100)
    await world.put('/v1/model', draft)
    const asked = await world.post('/v1/model/publish')
    expect(asked).toMatchObject({
      status: 409,
      body: {
        code: 'confirm_needed',
        detail: expect.stringContaining('100 people would newly be MQLs'),
        confirm: expect.stringMatching(/^100 new, 0 lost, [0-9a-f]{12}$/),
        preview: { mqls: { before: 0, after: 100 }, newlyMql: { total: 100 }, lost: { total: 0, ids: [] } },
      },
    })
    for (const confirm of ['yes', '100', '100 new, 0 lost', true, 100])
      expect((await world.post('/v1/model/publish', { confirm })).status).toBeGreaterThanOrEqual(400)
    await world.collector.settle()
    expect(await stateOf()).toMatchObject({ inForce: { version: 1 }, rescoring: null })
    expect(new Set(await world.stages())).toEqual(new Set(['lead']))

    const done = await world.post('/v1/model/publish', { confirm: asked.body.confirm })
    expect(done).toMatchObject({ status: 202, body: { outcome: 'preparing', version: 2 } })
    await world.collector.settle()
    expect(await stateOf()).toMatchObject({
      inForce: { version: 2, source: draft },
      draft: null,
      rescoring: null,
    })
    expect(new Set(await world.stages())).toEqual(new Set(['mql']))
    const waiting = await world.get('/v1/handoffs?limit=200')
    expect(new Set((waiting.body.data as readonly Json[]).map(({ status }) => status))).toEqual(
      new Set(['waiting']),
    )
    expect(waiting.body.data).toHaveLength(100)
    const rows = await world.get('/v1/leads?limit=1')
    const [one] = rows.body.data as readonly Json[]
    expect((await world.get(`/v1/leads/${one?.id}`)).body).toMatchObject({
      handoffs: [{ status: 'waiting' }],
    })
  }, 30_000)

  it('asks again when there are others by now', async () => {
    await world.leads(2)
    await world.put('/v1/model', draft)
    const preview = await world.post('/v1/model/preview')
    expect(preview).toMatchObject({ status: 200, body: { asksFirst: true, newlyMql: { total: 2 } } })
    await world.leads(1)
    const again = await world.post('/v1/model/publish', { confirm: preview.body.confirm })
    expect(again).toMatchObject({ status: 409, body: { confirm: expect.stringMatching(/^3 new/) } })
    expect(await stateOf()).toMatchObject({ inForce: { version: 1 } })
  })

  it('takes no word for a draft that somebody has changed since', async () => {
    await world.leads(1)
    const { etag } = await world.put('/v1/model', draft)
    const { confirm } = (await world.post('/v1/model/preview')).body
    await world.put('/v1/model', draft.replace('from: 40', 'from: 30'), { 'if-match': etag })
    expect((await world.post('/v1/model/publish', { confirm })).body).toMatchObject({
      code: 'confirm_needed',
    })
  })

  it('does not ask when nothing is at stake; the same again is no second version', async () => {
    await world.leads(1)
    await world.put('/v1/model', world.source().replace('points: 50', 'points: 51'))
    expect((await world.post('/v1/model/preview')).body).toMatchObject({
      asksFirst: false,
      newlyMql: { total: 0 },
      model: { name: 'Small' },
    })
    expect(await world.post('/v1/model/publish')).toMatchObject({ status: 202 })
    await world.collector.settle()
    expect(await world.post('/v1/model/publish', { from: 2 })).toMatchObject({
      status: 200,
      body: { outcome: 'unchanged', version: 2 },
    })
  })

  it('waits its turn, and says how far the other one is', async () => {
    await world.leads(1)
    const site = (await world.collector.store.sites())[0]?.id ?? ''
    const slow = { actor: 'upgrade', at: Date.now() + 3_600_000, engine: 'next' }
    await world.collector.store.startRebuild(site, slow)
    await world.put('/v1/model', draft)
    expect(await world.post('/v1/model/publish', { from: 'draft' })).toMatchObject({
      status: 409,
      body: { code: 'rescoring', rescoring: { kind: 'rebuild', by: 'upgrade', total: 1 } },
    })
    expect(await stateOf()).toMatchObject({ rescoring: { kind: 'rebuild', version: null, total: 1 } })
  })

  it('publishes the file on disk, never one that is broken', async () => {
    world.write('goldpan.yaml', draft)
    expect(await world.post('/v1/model/publish', { from: 'file' })).toMatchObject({ status: 201 })
    expect(await stateOf()).toMatchObject({
      inForce: { version: 2, source: draft },
      file: { state: 'current' },
    })
    world.write('goldpan.yaml', 'goldpan: 1\n')
    expect(await world.post('/v1/model/publish', { from: 'file' })).toMatchObject({
      status: 422,
      body: { code: 'broken_model' },
    })
    expect(await stateOf()).toMatchObject({ inForce: { version: 2 }, file: { state: 'broken' } })
  })

  it.each([
    ['an unknown key', { version: 2 }],
    ['an unknown source', { from: 'disk' }],
    ['a version that is none', { from: 0 }],
    ['a list', []],
  ])('refuses %s', async (_name, body) => {
    expect(await world.post('/v1/model/publish', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_body' },
    })
  })
})

describe('a preview', () => {
  it('is of the draft, the file, a version or a text, and changes nothing', async () => {
    await world.leads(1)
    expect((await world.post('/v1/model/preview')).body).toMatchObject({ code: 'no_draft' })
    const before = await stateOf()
    expect((await world.post('/v1/model/preview', { source: draft })).body).toMatchObject({
      newlyMql: { total: 1, ids: [expect.any(String)] },
    })
    for (const from of ['file', 1])
      expect((await world.post('/v1/model/preview', { from })).body).toMatchObject({ newlyMql: { total: 0 } })
    expect(await world.post('/v1/model/preview', { from: 9 })).toMatchObject({
      status: 404,
      body: { code: 'unknown_model' },
    })
    expect(await world.post('/v1/model/preview', { source: 'goldpan: 2' })).toMatchObject({ status: 422 })
    await world.collector.settle()
    expect(await stateOf()).toEqual(before)
  })
})

describe('versions', () => {
  it('are listed newest first, shown by number, and published again as new ones', async () => {
    const [first, site] = [world.source(), 'acme']
    await world.put('/v1/model', draft)
    await world.post('/v1/model/publish')
    await world.leads(1)
    const back = await world.post('/v1/model/preview', { from: 1 })
    expect(back.body).toMatchObject({ confirm: expect.stringMatching(/^0 new, 1 lost/) })
    const done = await world.post('/v1/model/publish', { from: 1, confirm: back.body.confirm })
    expect(done.body).toMatchObject({ version: 3 })
    await world.collector.settle()
    expect(await world.stages()).toEqual(['lead'])
    await world.collector.store.startRebuild(site, { actor: 'mara', at: Date.now(), engine: 'next' })
    await world.collector.settle()

    const { data, next } = (await world.get('/v1/model/versions')).body
    expect(next).toBeNull()
    expect(data).toMatchObject([
      { kind: 'rebuild', version: null, by: 'mara', rescored: { done: 1, total: 1 } },
      { kind: 'publish', version: 3, by: 'GOLDPAN_ADMIN_TOKEN', tests: 0, rescored: { done: 1, total: 1 } },
      { kind: 'publish', version: 2, name: 'Small', inForceSince: expect.any(String) },
      { kind: 'publish', version: 1, by: 'first start' },
    ])
    const source = async (version: number) => (await world.get(`/v1/model/versions/${version}`)).body.source
    expect([await source(1), await source(2), await source(3)]).toEqual([first, draft, first])
    for (const version of ['4', '0', 'x'])
      expect(await world.get(`/v1/model/versions/${version}`)).toMatchObject({ status: 404 })
  })

  it('of two sites are apart: each is judged by its own file', async () => {
    const other = await openModelWorld(model => model, {
      'goldpan.shop.yaml': draft.replace('name: Small', 'name: Shop').replace('from: 40', 'from: 60'),
    })
    const shop = await other.collector.ensureSite({ id: 'shop', name: 'Shop', origins: [] })
    await other.leads(1)
    await other.leads(1, shop)
    expect([await other.stages('acme'), await other.stages('shop')]).toEqual([['mql'], ['lead']])
    expect((await other.get('/v1/model?site=shop')).body).toMatchObject({
      inForce: { name: 'Shop' },
      file: { name: 'goldpan.shop.yaml', state: 'current' },
    })
    expect((await other.get('/v1/model')).body).toMatchObject({ code: 'site_required' })

    const { etag } = await other.get('/v1/model?site=shop')
    await other.put('/v1/model?site=shop', draft, { 'if-match': etag })
    const { confirm } = (await other.post('/v1/model/preview?site=shop')).body
    expect(confirm).toMatch(/^1 new/)
    expect((await other.post('/v1/model/publish?site=acme', { confirm })).body).toMatchObject({
      code: 'no_draft',
    })
    await other.post('/v1/model/publish?site=shop', { confirm })
    await other.collector.settle()
    expect(await other.stages('shop')).toEqual(['mql'])
    expect((await other.get('/v1/model?site=acme')).body).toMatchObject({ inForce: { version: 1 } })
  })
})

it('the stream hears of whom a publish made an MQL, and of the word on them', async () => {
  await world.leads(1)
  const heard = await listen(`${world.url}/v1/events/stream`, 'gp_test_administrator')
  await world.put('/v1/model', draft)
  const { confirm } = (await world.post('/v1/model/preview')).body
  await world.post('/v1/model/publish', { confirm })
  await world.collector.settle()
  const [waiting] = (await heard.until(({ event }) => event === 'handoff')).slice(-1)
  expect(waiting?.data).toMatchObject({ status: 'waiting' })
  await world.post(`/v1/handoffs/${waiting?.data.id}/approve`)
  const [told] = (await heard.until(({ event }) => event === 'handoff')).slice(-1)
  expect(told?.data).toMatchObject({ id: waiting?.data.id, status: 'told' })
  heard.leave()
})
