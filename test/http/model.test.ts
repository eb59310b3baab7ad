import { beforeEach, describe, expect, it } from 'vitest'
import type { ModelDraft } from '../../collector/storage/model-store.ts'
import { startHarness } from './harness.ts'
import { lenient, type ModelWorld, openModelWorld } from './model-world.ts'

const FAILING =
  'tests: [ { name: never, events: [ { at: 0s, type: page_view, path: / } ], expect: { stage: mql } } ]\n'

let world: ModelWorld
let draft: string
beforeEach(async () => {
  world = await openModelWorld()
  draft = lenient(world.source())
})

describe('GET /v1/model', () => {
  it('shows what is in force, with its text and what it holds', async () => {
    expect((await world.get('/v1/model')).body).toEqual({
      site: 'acme',
      inForce: {
        version: 1,
        publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        name: 'Small',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        summary: {
          timezone: 'UTC',
          currency: expect.any(String),
          handoff: 'automatic',
          fitRules: 0,
          engagementRules: 1,
          gates: 0,
          needs: 0,
          tests: 0,
        },
        source: world.source(),
      },
      draft: null,
      file: { name: 'goldpan.yaml', state: 'current', hash: expect.any(String), problems: [] },
      rescoring: null,
    })
  })

  it('says when the file on disk differs, is broken, or gone; what is in force stays', async () => {
    const { inForce } = (await world.get('/v1/model')).body
    const fileAfter = async (write: () => void) => {
      write()
      const { body } = await world.get('/v1/model')
      expect(body.inForce).toEqual(inForce)
      return body.file
    }
    expect(await fileAfter(() => world.write('goldpan.yaml', draft))).toMatchObject({ state: 'changed' })
    expect(await fileAfter(() => world.write('goldpan.yaml', 'goldpan: 2\n'))).toMatchObject({
      state: 'broken',
      hash: null,
      problems: [{ line: 1, expected: expect.any(String) }, {}, {}],
    })
    expect(await fileAfter(() => world.remove('goldpan.yaml'))).toMatchObject({
      state: 'missing',
      problems: [],
    })
  })

  it('needs a scope, and changing it another', async () => {
    const token = await world.collector.mintToken({ label: 'r', scopes: ['read', 'write'] })
    const headers = { authorization: `Bearer ${token}` }
    expect((await world.get('/v1/model', headers)).status).toBe(200)
    expect((await world.get('/v1/model', {})).status).toBe(401)
    expect((await world.put('/v1/model', draft, headers)).status).toBe(403)
    for (const path of ['/v1/model/preview', '/v1/model/publish'])
      expect((await world.post(path, {}, headers)).body).toMatchObject({ status: 403, missing: ['admin'] })
  })
})

describe('PUT /v1/model', () => {
  it('keeps a draft, as text or as JSON, and changes nothing else', async () => {
    await world.leads(1)
    const saved = await world.put('/v1/model', draft)
    expect(saved).toMatchObject({
      status: 200,
      body: { draft: { savedBy: 'GOLDPAN_ADMIN_TOKEN', source: draft } },
    })
    const shown = await world.get('/v1/model')
    expect(shown.body).toMatchObject({ inForce: { version: 1 }, draft: saved.body.draft })
    expect(shown.etag).toBe(saved.etag)
    await world.collector.settle()
    expect(await world.stages()).toEqual(['lead'])

    const asJson = await world.put('/v1/model', JSON.stringify({ source: `${draft}# more\n` }), {
      'content-type': 'application/json',
      'if-match': saved.etag,
    })
    expect(asJson.body).toMatchObject({ draft: { source: `${draft}# more\n` } })
  })

  it('refuses a broken model with every problem, and keeps the draft there was', async () => {
    const { etag } = await world.put('/v1/model', draft)
    const broken = draft.replace('engagement:', 'engagment:').replace('points: 50', 'points: ten')
    const answer = await world.put('/v1/model', broken, { 'if-match': etag })
    expect(answer).toMatchObject({ status: 422, body: { code: 'broken_model' } })
    expect(answer.body.problems).toEqual(
      expect.arrayContaining([
        {
          file: null,
          line: 3,
          column: 1,
          path: 'engagment',
          expected: expect.any(String),
          got: '"engagment"',
          fix: 'Did you mean "engagement"?',
          message: expect.stringContaining('expected'),
        },
      ]),
    )
    expect((await world.get('/v1/model')).body).toMatchObject({
      inForce: { version: 1 },
      draft: { source: draft },
    })
  })

  it('replaces only what its author has seen', async () => {
    const mara = await world.get('/v1/model')
    expect((await world.put('/v1/model', draft, { 'if-match': mara.etag })).status).toBe(200)
    const late = await world.put('/v1/model', `${draft}# mine\n`, { 'if-match': mara.etag })
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'draft_changed', draft: { savedBy: 'GOLDPAN_ADMIN_TOKEN' } },
    })
    expect(late.body.detail).toContain('GOLDPAN_ADMIN_TOKEN saved one at')
    const blind = await world.put('/v1/model', `${draft}# mine\n`)
    expect(blind).toMatchObject({ status: 428, body: { code: 'if_match_needed' } })
    expect((await world.get('/v1/model')).body).toMatchObject({ draft: { source: draft } })
    expect((await world.put('/v1/model', `${draft}# mine\n`, { 'if-match': late.etag })).status).toBe(200)
    expect((await world.put('/v1/model', draft, { 'if-match': '*' })).status).toBe(200)
  })

  it('replaces nothing that was saved while it was looking', async () => {
    const theirs: ModelDraft[] = []
    const harness = await startHarness({
      wrap: store => ({
        ...store,
        saveDraft: async (site, one, over) => {
          if (one && theirs.length === 0) {
            theirs.push({ ...one, hash: 'theirs', actor: 'nino' })
            await store.saveDraft(site, { ...one, hash: 'theirs', actor: 'nino' })
          }
          return store.saveDraft(site, one, over)
        },
      }),
    })
    const headers = { authorization: `Bearer ${await harness.token('admin', 'read')}` }
    const answer = await fetch(`${harness.url}/v1/model`, { method: 'PUT', headers, body: draft })
    expect(answer.status).toBe(428)
    expect(await harness.store.draft('acme')).toMatchObject({ hash: 'theirs', actor: 'nino' })
  })

  it('is another draft once somebody has published', async () => {
    const before = await world.get('/v1/model')
    await world.put('/v1/model', `${world.source()}# two\n`)
    await world.post('/v1/model/publish')
    const late = await world.put('/v1/model', draft, { 'if-match': before.etag })
    expect(late).toMatchObject({ status: 412, body: { draft: null } })
  })

  it('takes back the draft with what is in force', async () => {
    const { etag } = await world.put('/v1/model', draft)
    const answer = await world.put('/v1/model', world.source(), { 'if-match': etag })
    expect(answer.body).toEqual({ site: 'acme', draft: null })
    expect((await world.post('/v1/model/publish')).body).toMatchObject({ status: 409, code: 'no_draft' })
  })

  it('says at once which of its tests fail', async () => {
    const { body } = await world.put('/v1/model', draft + FAILING)
    expect(body.draft).toMatchObject({ tests: { total: 1, failed: [{ name: 'never' }] } })
    const refused = await world.post('/v1/model/publish')
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'tests_failed', failed: [{ name: 'never' }] },
    })
    expect((await world.get('/v1/model')).body).toMatchObject({ inForce: { version: 1 } })
  })

  it.each<[string, BodyInit, number, string]>([
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0xff]), 400, 'invalid_body'],
    ['JSON of another form', '{"text": ""}', 400, 'invalid_body'],
    ['half of some JSON', '{"source": ', 400, 'invalid_body'],
    ['too much', `#${'x'.repeat(1_600_000)}`, 413, 'body_too_large'],
  ])('refuses %s', async (_name, body, status, code) => {
    const type = typeof body === 'string' && body.startsWith('{') ? 'application/json' : 'text/yaml'
    const answer = await fetch(`${world.url}/v1/model`, {
      method: 'PUT',
      headers: { authorization: 'Bearer gp_test_administrator', 'content-type': type },
      body,
    })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })
})
