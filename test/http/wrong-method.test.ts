import { describe, expect, it } from 'vitest'
import { routesOf } from '../../collector/app.ts'
import { openQuotas } from '../../collector/http/quota.ts'
import type { Route } from '../../collector/http/route.ts'
import { SCOPES } from '../../collector/storage/store.ts'
import { startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

const filled = (path: string): string => path.replace(/:\w+/g, 'nobody')

/** The paths of the table, and what each has. */
function pathsOf(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const paths = new Map<string, readonly Route[]>()
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route])
  return paths
}

const allowedOf = (routes: readonly Route[]): readonly string[] =>
  [
    ...new Set([
      ...routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
      'OPTIONS',
    ]),
  ].sort()

const allowIn = (answer: Response): readonly string[] =>
  (answer.headers.get('allow') ?? '').split(', ').sort()

const ask = async (url: string, method: string, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await fetch(url, { method, headers, redirect: 'manual' })
  return { answer, text: answer.headers.get('content-type')?.includes('stream') ? '' : await answer.text() }
}

describe('a method that a path does not have', () => {
  it('is 405 with those it has, over every path of the table × every method', async () => {
    const { deps, url, token } = await startHarness()
    const authorization = `Bearer ${await token(...SCOPES)}`
    for (const [path, routes] of pathsOf(routesOf(deps))) {
      const allowed = allowedOf(routes)
      for (const method of METHODS.filter(name => !allowed.includes(name))) {
        const { answer, text } = await ask(url + filled(path), method, { authorization })
        const what = `${method} ${path}`
        expect([what, answer.status]).toEqual([what, 405])
        expect([what, ...allowIn(answer)]).toEqual([what, ...allowed])
        if (method !== 'HEAD') expect(JSON.parse(text)).toMatchObject({ code: 'method_not_allowed' })
      }
    }
  })

  it('is answered to OPTIONS with what there is, and grants a page nothing', async () => {
    const { deps, url, token } = await startHarness()
    const authorization = `Bearer ${await token(...SCOPES)}`
    for (const [path, routes] of pathsOf(routesOf(deps))) {
      const { answer, text } = await ask(url + filled(path), 'OPTIONS', { authorization, origin: PAGE })
      expect([path, answer.status, text]).toEqual([path, 204, ''])
      expect([path, ...allowIn(answer)]).toEqual([path, ...allowedOf(routes)])
      // but where pages of other sites send
      if (routes.some(({ method }) => method === 'OPTIONS')) continue
      const granted = [...answer.headers.keys()].filter(name => name.startsWith('access-control-'))
      expect([path, ...granted]).toEqual([path])
    }
  })

  it('tells who has no token of a guarded path what the right method tells', async () => {
    const { deps, url } = await startHarness()
    const guarded = [...pathsOf(routesOf(deps))].filter(([, routes]) =>
      routes.every(({ access }) => access !== 'public'),
    )
    expect(guarded.length).toBeGreaterThan(20)
    for (const [path, routes] of guarded) {
      const right = await ask(url + filled(path), routes[0]?.method ?? '')
      for (const method of ['PATCH', 'OPTIONS']) {
        const wrong = await ask(url + filled(path), method)
        expect([path, wrong.answer.status, wrong.text]).toEqual([path, 401, right.text])
        expect([path, wrong.answer.headers.get('allow')]).toEqual([path, null])
      }
    }
  })

  it('takes no token where the scope is another, and looks behind the quota alone', async () => {
    const { url, token } = await startHarness()
    const authorization = `Bearer ${await token('erase')}`
    expect((await ask(`${url}/v1/sites`, 'DELETE', { authorization })).answer.status).toBe(403)
    const limits = { address: 1, token: null, site: null }
    const quotas = openQuotas({ limits, clock: () => 0, placeOf: ip => ip })
    const limited = await startHarness({ quotas })
    const statusOf = async () => (await ask(`${limited.url}/v1/sites`, 'DELETE')).answer.status
    expect([await statusOf(), await statusOf()]).toEqual([401, 429])
  })

  it.each(['DELETE', 'OPTIONS', 'HEAD'])('of no path is nothing: %s', async method => {
    const { url, token } = await startHarness()
    const authorization = `Bearer ${await token(...SCOPES)}`
    for (const path of [
      '/v1/nothing',
      '/v1/event',
      '/v1',
      '/.env',
      '/v1/leads/a/b/c',
      '/goldpan.12345678.js',
    ]) {
      const { answer } = await ask(url + path, method, { authorization })
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 404, null])
    }
  })

  it('is readable for the pages that a route is for, and for no other', async () => {
    const { url, token } = await startHarness()
    const authorization = `Bearer ${await token(...SCOPES)}`
    const corsOf = async (path: string, method: string) => {
      const { answer } = await ask(url + path, method, {
        origin: method === 'GET' ? PAGE : url,
        authorization,
      })
      return [answer.status, answer.headers.get('access-control-allow-origin')]
    }
    for (const path of ['/v1/batch', '/v1/validate', '/v1/link', '/v1/profile/unknown'])
      expect([path, ...(await corsOf(path, 'GET'))]).toEqual([path, 405, PAGE])
    expect(await corsOf('/v1/sites', 'DELETE')).toEqual([405, null])
  })

  it('is known under a base path, too, and with a slash at the end', async () => {
    const { url } = await startHarness({ basePath: '/go' })
    const statusOf = async (path: string) => (await ask(url + path, 'DELETE')).answer.status
    expect([await statusOf('/go/v1/batch'), await statusOf('/go/v1/batch/'), await statusOf('/go')]).toEqual([
      405, 405, 405,
    ])
    expect(await statusOf('/v1/batch')).toBe(404)
  })
})
