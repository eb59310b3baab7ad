import { describe, expect, it } from 'vitest'
import { NOON } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'

const VISITOR = '0123456789abcdef0123456789abcdef'
const SHOP = 'https://shop.example'

async function ready(origins: readonly string[] = []) {
  let now = NOON
  const collector = await startHarness({ clock: () => now })
  await collector.sites.ensure({ id: 'acme', name: 'Acme', origins })
  const site = collector.site.site.publicKey
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = { origin: SHOP }) =>
    fetch(`${collector.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const mint = async () => (await post('/v1/link', { site, visitor: VISITOR })).json()
  return { ...collector, publicKey: site, post, mint, wait: (ms: number) => (now += ms) }
}

describe('a link from one domain to another', () => {
  it('carries a visitor, once', async () => {
    const { post, mint, publicKey: site } = await ready([SHOP])
    const { token, expiresAt } = await mint()
    expect(expiresAt).toBe(NOON + 120_000)
    const answer = await post('/v1/link/redeem', { site, token })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ visitor: VISITOR })
    const again = await post('/v1/link/redeem', { site, token })
    expect(again.status).toBe(410)
    expect(await again.json()).toMatchObject({ code: 'link_spent' })
  })

  it('carries nobody after two minutes', async () => {
    const { post, mint, wait, publicKey: site } = await ready()
    const { token } = await mint()
    wait(120_001)
    expect((await post('/v1/link/redeem', { site, token })).status).toBe(410)
  })

  it('carries nobody to another site', async () => {
    const { post, mint, sites } = await ready()
    const other = await sites.ensure({ id: 'other', name: 'Other', origins: [] })
    const { token } = await mint()
    const answer = await post('/v1/link/redeem', { site: other.publicKey, token })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_link' })
  })

  it('survives a restart between the two', async () => {
    const { app, deps, mint, publicKey: site } = await ready()
    const { createApp } = await import('../../collector/app.ts')
    const { token } = await mint()
    expect(app).not.toBe(createApp(deps))
    const { listen } = await import('../../collector/http/server.ts')
    const second = await listen(createApp(deps), '127.0.0.1', 0)
    const body = JSON.stringify({ site, token })
    const answer = await fetch(`http://127.0.0.1:${second.port}/v1/link/redeem`, { method: 'POST', body })
    expect(await answer.json()).toEqual({ visitor: VISITOR })
    await second.close()
  })
})

describe.each(['/v1/link', '/v1/link/redeem'])('POST %s', path => {
  const bodyFor = (site: string) => ({ site, visitor: VISITOR, token: 'x'.repeat(80) })

  it.each([
    ['', 400, 'invalid_json'],
    ['{', 400, 'invalid_json'],
    [null, 400, 'invalid_body'],
    [{ visitor: VISITOR, token: 'x' }, 400, 'invalid_body'],
    [{ site: 5, visitor: VISITOR, token: 'x' }, 400, 'invalid_body'],
    [{ site: 'pk', visitor: 'no spaces here', token: '' }, 400, 'invalid_body'],
    [bodyFor('pk_live_unknown'), 401, 'unknown_key'],
    ['x'.repeat(40_000), 413, 'body_too_large'],
  ])('%j is refused: %i %s', async (body, status, code) => {
    const { post } = await ready()
    const answer = await post(path, body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ status, code })
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
  })

  it('is for the pages of the site', async () => {
    const { post, publicKey } = await ready([SHOP])
    const denied = await post(path, bodyFor(publicKey), { origin: 'https://evil.example' })
    expect(denied.status).toBe(403)
    expect(await denied.json()).toMatchObject({ code: 'origin_not_allowed' })
    expect(denied.headers.get('access-control-allow-origin')).toBeNull()
    const allowed = await post(path, bodyFor(publicKey))
    expect(allowed.status).not.toBe(403)
    expect(allowed.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
    expect(allowed.headers.get('vary')).toBe('Origin')
    expect(allowed.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(allowed.headers.get('cache-control')).toBe('no-store')
  })
})
