import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALL_PAGES } from '../../demo-site/pages/all-pages.ts'
import { type RunningSite, startSite } from './start-site.ts'

let site: RunningSite
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

const get = (path: string, init?: RequestInit) => fetch(site.url + path, { redirect: 'manual', ...init })

/** Values of an attribute, whatever the element. */
const valuesOf = (html: string, attribute: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '')

describe.each(ALL_PAGES)('$path', page => {
  it('is served with the tag, in its language, under one heading', async () => {
    const response = await get(page.path)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(html).toMatch(
      new RegExp(`^<!doctype html><html lang="${page.lang ?? 'en'}" dir="${page.dir ?? 'ltr'}">`),
    )
    expect(html).toContain(
      `<script async="" src="${site.collector.url}/goldpan.js" data-site="pk_live_test">`,
    )
    expect(html.match(/<h1[ >]/g)).toHaveLength(1)
  })

  it('has no inline script or style, no handler, and no host but the collector', async () => {
    const html = await (await get(page.path)).text()
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(html).not.toMatch(/<style|\sstyle="|\son[a-z]+="/)
    const foreign = [...valuesOf(html, 'src'), ...valuesOf(html, 'href'), ...valuesOf(html, 'action')].filter(
      url => !/^(?:\/(?!\/)|#|mailto:)/.test(url),
    )
    expect(foreign).toEqual([`${site.collector.url}/goldpan.js`])
  })

  it('links only to what exists', async () => {
    const html = await (await get(page.path)).text()
    const paths = new Set(
      [...valuesOf(html, 'href'), ...valuesOf(html, 'src')]
        .filter(url => url.startsWith('/'))
        .map(url => url.split('#')[0] ?? ''),
    )
    for (const path of paths) expect([path, (await get(path)).status]).toEqual([path, 200])
  })

  it('uses each id once', async () => {
    const ids = valuesOf(await (await get(page.path)).text(), 'id')
    expect(ids).toEqual([...new Set(ids)])
  })
})

describe('every answer', () => {
  it.each(['/', '/assets/onboarding-checklist.pdf', '/nowhere', '/panel/state'])(
    '%s has the policy',
    async path => {
      const headers = (await get(path)).headers
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split('; ').map(rule => {
          const [name, ...sources] = rule.split(' ')
          return [name, sources.join(' ')]
        }),
      )
      expect(policy.get('default-src')).toBe(`'none'`)
      expect(policy.get('script-src')).toBe(`'self' ${site.collector.url}`)
      expect(policy.get('style-src')).toBe(`'self'`)
      expect(policy.get('connect-src')).toBe(`'self' ${site.collector.url}`)
      expect(policy.get('frame-ancestors')).toBe(`'none'`)
      expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    },
  )
})

describe('the documents', () => {
  it.each(['10-strategies-guide.pdf', 'onboarding-checklist.pdf'])(
    '%s is a PDF and reached from Resources',
    async name => {
      const response = await get(`/assets/${name}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(response.headers.get('content-type')).toBe('application/pdf')
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(bytes.subarray(-6).toString()).toContain('%%EOF')
      expect(await (await get('/resources')).text()).toContain(`href="/assets/${name}"`)
    },
  )
})

describe('static files', () => {
  it('may be kept for a year under the version the pages name, and only then', async () => {
    const html = await (await get('/')).text()
    const [versioned] = valuesOf(html, 'href').filter(href => href.startsWith('/site.css'))
    const named = await get(versioned ?? '')
    expect(named.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await get('/site.css?v=other')).headers.get('cache-control')).toBe('no-cache')
    const again = await get('/site.css', { headers: { 'if-none-match': named.headers.get('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it.each(['/../package.json', '/assets/..%2f..%2fpackage.json', '/site/tokens.css', '/assets/'])(
    'does not serve %s',
    async path => {
      // fetch would tidy the path up before sending
      const { request } = await import('node:http')
      const status = await new Promise(resolve => {
        request(site.url, { path }, response => resolve(response.resume().statusCode)).end()
      })
      expect(status).toBe(404)
    },
  )
})

describe('an address that is not there', () => {
  it('answers 404 with a page that leads on', async () => {
    const response = await get('/nowhere')
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('href="/pricing"')
  })
})
