import { describe, expect, it } from 'vitest'
import { routesOf } from '../../collector/app.ts'
import type { Route } from '../../collector/http/route.ts'
import { SCOPES, type Scope } from '../../collector/storage/store.ts'
import { startHarness } from './harness.ts'

/** Requests that a stranger may make, spelled out: a route that becomes public by mistake fails here. */
const PUBLIC = [
  'POST /v1/events',
  'OPTIONS /v1/events',
  'GET /v1/p.gif',
  'POST /v1/link',
  'POST /v1/link/redeem',
  'POST /v1/profile/unknown',
  'POST /v1/validate',
  'GET /goldpan-forms.js',
  'GET /v1/c/:token',
  'GET /v1/opt-out',
  'POST /v1/opt-out',
  'GET /goldpan.js',
  'GET /goldpan.json',
  'GET /healthz',
  'GET /readyz',
  'GET /',
  ...[
    'batch',
    'track',
    'identify',
    'page',
    'screen',
    'group',
    'alias',
    'b',
    't',
    'i',
    'p',
    's',
    'g',
    'a',
  ].flatMap(call => [`POST /v1/${call}`, `OPTIONS /v1/${call}`]),
  'GET /v1/projects/:key/settings',
]

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`

describe('the route table', () => {
  it('is all there is', async () => {
    const { app, deps } = await startHarness()
    expect(app.routes.map(({ method, path }) => `${method} ${path}`)).toEqual(routesOf(deps).map(nameOf))
  })

  it('is public where it says, and nowhere else', async () => {
    const { deps } = await startHarness()
    const open = routesOf(deps).filter(({ access }) => access === 'public')
    expect(open.map(nameOf).sort()).toEqual([...PUBLIC].sort())
  })

  it('lets a token do what its scopes say: every route × every scope', async () => {
    const { deps, url, token } = await startHarness()
    const tokens = new Map<Scope, string>()
    for (const scope of SCOPES) tokens.set(scope, await token(scope))
    for (const route of routesOf(deps)) {
      if (route.access === 'public') continue
      const ask = async (headers: Readonly<Record<string, string>>): Promise<number> => {
        const answer = await fetch(url + route.path.replaceAll(':id', 'nobody'), {
          method: route.method,
          headers,
        })
        await answer.body?.cancel()
        return answer.status
      }
      expect(await ask({}), nameOf(route)).toBe(401)
      expect(await ask({ authorization: 'Bearer gp_guessed' }), nameOf(route)).toBe(401)
      for (const [scope, text] of tokens) {
        const status = await ask({ authorization: `Bearer ${text}` })
        const mayPass = route.access.every(needed => needed === scope)
        expect([401, 403].includes(status), `${nameOf(route)} with ${scope}: ${status}`).toBe(!mayPass)
      }
    }
  })
})

describe('the management side', () => {
  it('names the scope that is missing', async () => {
    const { url, token } = await startHarness()
    const answer = await fetch(`${url}/v1/sites`, {
      headers: { authorization: `Bearer ${await token('read')}` },
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'missing_scope', missing: ['admin'] })
  })

  it.each([
    '/v1/nothing',
    '/v1',
    '/v1//leads',
    '/v1/%6ceads/x/y',
    '/.env',
    '/goldpan.js/../package.json',
    '//v1/sites',
    '/v1%2Fsites',
  ])('%s is nothing', async path => {
    const { url } = await startHarness()
    const answer = await fetch(url + path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'not_found' })
  })

  it('knows no CORS, whoever asks', async () => {
    const { url, token } = await startHarness()
    const authorization = `Bearer ${await token(...SCOPES)}`
    const origin = 'https://evil.example'
    for (const path of ['/v1/sites', '/v1/leads', '/v1/events', '/v1/events/stream', '/healthz', '/']) {
      const answer = await fetch(url + path, { headers: { authorization, origin } })
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull()
      await answer.body?.cancel()
      const preflight = await fetch(url + path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'authorization',
        },
      })
      expect(preflight.headers.get('access-control-allow-headers') ?? '', path).not.toMatch(/authorization/i)
    }
  })

  it('takes no write from another site, token or not', async () => {
    const { url, token } = await startHarness()
    const authorization = `Bearer ${await token('admin')}`
    const write = async (origin: string): Promise<number> => {
      const body = JSON.stringify({ name: `Site ${origin.length}` })
      return (await fetch(`${url}/v1/sites`, { method: 'POST', body, headers: { authorization, origin } }))
        .status
    }
    expect(await write('https://evil.example')).toBe(403)
    expect(await write('null')).toBe(403)
    expect(await write(url)).toBe(201)
  })

  it('behind a proxy its own pages are those of the public address', async () => {
    const { url, token } = await startHarness({ publicOrigin: 'https://go.example.com' })
    const headers = { authorization: `Bearer ${await token('admin')}`, origin: 'https://go.example.com' }
    const answer = await fetch(`${url}/v1/sites`, { method: 'POST', body: '{"name":"A"}', headers })
    expect(answer.status).toBe(201)
  })
})

it('every answer is hardened and names no software', async () => {
  const { url, token } = await startHarness()
  const authorization = `Bearer ${await token('read')}`
  for (const path of ['/', '/healthz', '/goldpan.js', '/v1/leads', '/v1/events/stream', '/nothing']) {
    const answer = await fetch(url + path, { headers: { authorization } })
    await answer.body?.cancel()
    const { headers } = answer
    expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    expect(headers.get('cross-origin-resource-policy'), path).not.toBeNull()
    expect(headers.get('x-powered-by'), path).toBeNull()
    expect(headers.get('server'), path).toBeNull()
  }
})

it('a bug is a 500 that tells nothing, and a line in the log that tells all', async () => {
  const { url, token, warnings } = await startHarness({
    createSite: () => Promise.reject(new Error('internals of the matter')),
  })
  const headers = { authorization: `Bearer ${await token('admin')}` }
  const answer = await fetch(`${url}/v1/sites`, { method: 'POST', body: '{"name":"A"}', headers })
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('internals')
  expect(warnings).toEqual([expect.stringMatching(/POST \/v1\/sites failed: Error: internals of the matter/)])
})
