import { expect, it } from 'vitest'
import { hashOf } from '../../collector/access/secrets.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { type Harness, startHarness } from './harness.ts'
import { openModelWorld } from './model-world.ts'

async function administrator({ url, token }: Harness) {
  const headers = { authorization: `Bearer ${await token('admin')}` }
  return {
    create: (body: unknown) =>
      fetch(`${url}/v1/sites`, { method: 'POST', headers, body: JSON.stringify(body) }),
    list: async () => (await fetch(`${url}/v1/sites`, { headers })).json(),
  }
}

it('a site is made with its keys, works at once, and its secret is shown once', async () => {
  const collector = await startHarness()
  const admin = await administrator(collector)
  const answer = await admin.create({ name: 'Shop', origins: ['https://shop.example/'] })
  expect(answer.status).toBe(201)
  const { publicKey, testKey, secretKey, ...site } = await answer.json()
  expect(site).toEqual({
    id: 'shop',
    name: 'Shop',
    origins: ['https://shop.example'],
    consent: 'granted',
    params: [],
    progressive: false,
    createdAt: '2026-03-02T12:00:00.000Z',
  })
  const page = await collector.send(envelopeOf(undefined, publicKey), { origin: 'https://shop.example' })
  expect(await page.json()).toMatchObject({ accepted: 1 })
  const test = await collector.send(envelopeOf(undefined, testKey), { origin: 'https://shop.example' })
  expect(await test.json()).toMatchObject({ accepted: 1 })
  const server = await collector.send(envelopeOf(undefined, publicKey), {
    authorization: `Bearer ${secretKey}`,
  })
  expect(await server.json()).toMatchObject({ accepted: 1 })

  const list = await admin.list()
  expect(list).toMatchObject({ data: [{ id: 'acme' }, { id: 'shop', publicKey }], next: null })
  expect(JSON.stringify(list)).not.toContain(secretKey)
  expect(JSON.stringify(list)).not.toContain(hashOf(secretKey))
})

it('a site’s settings are taken, shown and heeded', async () => {
  const collector = await startHarness()
  const admin = await administrator(collector)
  const settings = { consent: 'required', params: ['plan', 'ref'] }
  const { publicKey, ...site } = await (await admin.create({ name: 'Shop', ...settings })).json()
  expect(site).toMatchObject(settings)
  expect(await admin.list()).toMatchObject({ data: [{ consent: 'granted', params: [] }, settings] })
  const page = { url: 'https://shop.example/?plan=team&q=jane' }
  await collector.send(envelopeOf([eventOf({ page })], publicKey))
  expect(await collector.store.factsSince('shop', 0, 10)).toMatchObject([
    { page: { url: 'https://shop.example/?plan=team' } },
  ])
})

it('an id is given once', async () => {
  const admin = await administrator(await startHarness())
  expect((await admin.create({ name: 'Acme' })).status).toBe(409)
})

it.each([
  {},
  [],
  null,
  { name: 'A', origins: ['nonsense'] },
  { name: 'A', consent: 'maybe' },
  { name: 'A', params: ['a b'] },
])('%j makes no site', async body => {
  const admin = await administrator(await startHarness())
  const answer = await admin.create(body)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({
    code: 'invalid_site',
    detail: expect.stringContaining('expected'),
  })
  expect((await admin.list()).data).toHaveLength(1)
})

it('a body is JSON, and small', async () => {
  const { url, token } = await startHarness()
  const headers = { authorization: `Bearer ${await token('admin')}` }
  const post = (body: string) => fetch(`${url}/v1/sites`, { method: 'POST', headers, body })
  expect(await (await post('{')).json()).toMatchObject({ status: 400, code: 'invalid_json' })
  expect(await (await post(`"${'x'.repeat(40_000)}"`)).json()).toMatchObject({
    status: 413,
    code: 'body_too_large',
  })
})

const FAILING = `tests: [ { name: one view, events: [ { at: 0s, type: page_view } ], expect: { stage: mql } } ]\n`

it.each([
  [
    'a broken model of its own',
    (model: string) => model.replace('points: 50', 'point: 50'),
    { code: 'broken_model', problems: [{ line: 5, column: 7 }, { line: 5 }] },
  ],
  [
    'a model whose own tests fail',
    (model: string) => model + FAILING,
    { code: 'tests_failed', failed: [{ name: 'one view' }] },
  ],
])('a site with %s is refused with what is wrong, and nothing is made', async (_, edit, wrong) => {
  const world = await openModelWorld(model => model)
  world.write('goldpan.shop.yaml', edit(world.source()))
  const answer = await world.post('/v1/sites', { name: 'Shop' })
  expect(answer).toMatchObject({ status: 422, body: wrong })
  expect((await world.get('/v1/sites')).body).toMatchObject({ data: [{ id: 'acme' }] })
  expect(await world.collector.store.modelVersions('shop')).toEqual([])
  world.write('goldpan.shop.yaml', world.source())
  expect((await world.post('/v1/sites', { name: 'Shop' })).status).toBe(201)
  world.write('goldpan.shop.yaml', edit(world.source()))
  expect((await world.post('/v1/sites', { name: 'Shop' })).status).toBe(409)
})
