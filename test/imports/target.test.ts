import { describe, expect, it } from 'vitest'
import { askedIn } from '../../collector/imports/logs/target.ts'
import { LOG_DAY } from '../support/access-log.ts'

const asked = (request: string, status = 200, host: string | null = null) =>
  askedIn({
    request,
    status,
    host,
    at: LOG_DAY,
    day: '2026-03-04',
    address: '203.0.113.7',
    referrer: null,
    agent: '',
  })

describe('what a request asked for', () => {
  it.each([
    '/',
    '/pricing',
    '/pricing/',
    '/index.html',
    '/kontakt.php?lang=de',
    '/%D1%86%D0%B5%D0%BD%D0%B8',
    '/цени',
    '/blog/node.js-tips',
    '/blog/what-is-vue.js/',
    '/changelog/v1.2',
    '/search?q=a.css',
    '/apidocs',
    '/feedback',
    '/embedded-systems',
    '/status-page',
    '/health-insurance',
  ])('%s is a page', target => {
    expect(asked(`GET ${target} HTTP/1.1`)).toMatchObject({ kind: 'page_view', target })
  })

  it.each([
    '/guide.pdf',
    '/files/Prices%202026.XLSX?dl=1',
    '/a/deck.pptx',
    '/wp-content/uploads/2026/03/guide.pdf',
    '/whitepaper.epub',
    '/data.csv',
  ])('%s is a download', target => {
    expect(asked(`GET ${target} HTTP/1.1`)).toMatchObject({ kind: 'download' })
  })

  it.each([
    [
      'asset',
      ['/app.css', '/app.js?v=3', '/img/a.WEBP', '/f.woff2', '/intro.mp4', '/data.json', '/feed.xml'],
    ],
    ['asset', ['/wp-content/themes/x/style.css?ver=6']],
    [
      'machine',
      [
        ...[
          '/robots.txt',
          '/sitemap.txt',
          '/.well-known/change-password',
          '/.env',
          '/wp-json/wp/v2/posts',
          '/wp-login.php',
        ],
        ...[
          '/wp-admin/admin-ajax.php',
          '/xmlrpc.php',
          '/api/v1/users',
          '/graphql',
          '/feed/',
          '/blog/feed',
          '/rss',
        ],
        ...[
          '/?feed=rss2',
          '/blog?page=2&flav=rss20',
          '/?option=com_content&format=feed',
          '/?wc-ajax=get_refreshed_fragments',
          '/server-status',
          '/healthz',
          '/cdn-cgi/trace',
        ],
      ],
    ],
  ])('%s: no page', (reason, targets) => {
    for (const target of targets) expect([target, asked(`GET ${target} HTTP/1.1`)]).toEqual([target, reason])
  })

  it.each([
    ['method', 'POST /contact HTTP/1.1', 200],
    ['method', 'HEAD / HTTP/1.1', 200],
    ['method', 'CONNECT example.com:443 HTTP/1.1', 200],
    ['redirect', 'GET /old HTTP/1.1', 301],
    ['error', 'GET /gone HTTP/1.1', 404],
    ['error', 'GET /down HTTP/1.1', 502],
    ['error', 'GET /closed HTTP/1.1', 499],
    ['no_content', 'GET /beacon HTTP/1.1', 204],
    ['no_content', 'GET /guide.pdf HTTP/1.1', 206],
    ['no_request', '-', 400],
    ['no_request', '', 408],
    ['no_request', '\u0016\u0003\u0001', 400],
    ['no_request', 'GET * HTTP/1.1', 200],
  ])('%s: %s %d', (reason, request, status) => {
    expect(asked(request, status)).toBe(reason)
  })

  it('is a page though the browser had it already, or speaks HTTP/0.9', () => {
    expect(asked('GET /pricing HTTP/2.0', 304)).toMatchObject({ kind: 'page_view' })
    expect(asked('GET /pricing')).toMatchObject({ kind: 'page_view', target: '/pricing' })
  })

  it('names its host itself, or the log does', () => {
    expect(asked('GET http://proxy.example/x HTTP/1.1', 200, 'acme.example')).toMatchObject({
      host: 'proxy.example',
      target: '/x',
    })
    expect(asked('GET /x HTTP/1.1', 200, 'acme.example:443')).toMatchObject({ host: 'acme.example:443' })
  })
})
