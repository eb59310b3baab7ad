import { describe, expect, it } from 'vitest'
import { type LogFormat, lineReader } from '../../collector/imports/logs/line.ts'

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/133.0.0.0 Safari/537.36'
const AT = Date.UTC(2026, 2, 4, 19, 4, 7)
const COMMON = '203.0.113.7 - - [04/Mar/2026:21:04:07 +0200] "GET /pricing HTTP/1.1" 200 5120'
const COMBINED = `${COMMON} "https://www.google.com/" "${CHROME}"`

const read = (text: string, format: LogFormat = 'auto') => lineReader(format)(text)

describe('a line of an access log', () => {
  it('says who asked for what, when, in the log’s own zone', () => {
    expect(read(COMBINED)).toEqual({
      at: AT,
      day: '2026-03-04',
      host: null,
      address: '203.0.113.7',
      request: 'GET /pricing HTTP/1.1',
      status: 200,
      referrer: 'https://www.google.com/',
      agent: CHROME,
    })
    expect(read(COMBINED.replace('04/Mar/2026:21', '04/Mar/2026:00'))).toMatchObject({
      at: Date.UTC(2026, 2, 3, 22, 4, 7),
      day: '2026-03-04',
    })
  })

  it.each([
    ['a response time behind it', `${COMBINED} 0.123 "-" 4711`, {}],
    ['times before the referrer', COMBINED.replace(' 5120 ', ' 5120 0.004 0.003 '), { agent: CHROME }],
    ['a port of the client', COMBINED.replace('.7 ', '.7:51234 '), { address: '203.0.113.7', host: null }],
    ['the common format', COMMON, { agent: null, referrer: null }],
    ['no referrer and no agent sent', `${COMMON} "-" "-"`, { agent: '', referrer: null }],
    ['no size', COMBINED.replace(' 5120 ', ' - '), {}],
    ['a user', COMBINED.replace('- - [', '- anna [')],
    ['a user of two words', COMBINED.replace('- - [', '- Anna Schmidt [')],
    ['an IPv6 address', COMBINED.replace('203.0.113.7', '2001:db8::7'), { address: '2001:db8::7' }],
    [
      'a name of a client',
      COMBINED.replace('203.0.113.7', 'dsl-7.isp.example'),
      { address: 'dsl-7.isp.example' },
    ],
    ['proxies on the way', `198.51.100.9, 10.0.0.1${COMBINED.slice(11)}`, { address: '198.51.100.9' }],
    [
      'a virtual host',
      `www.acme.example:443 ${COMBINED}`,
      { host: 'www.acme.example:443', address: '203.0.113.7' },
    ],
    ['a virtual host without a port', `www.acme.example ${COMBINED}`, { host: 'www.acme.example' }],
    [
      'the time as nginx has it in ISO 8601',
      COMBINED.replace('04/Mar/2026:21:04:07 +0200', '2026-03-04T21:04:07+02:00'),
    ],
    ['milliseconds', COMBINED.replace('21:04:07 ', '21:04:07.250 '), { at: AT + 250 }],
  ])('is read with %s', (_, text, expected = {}) => {
    const whole = { at: AT, day: '2026-03-04', request: 'GET /pricing HTTP/1.1', status: 200 }
    expect(read(text)).toMatchObject({ ...whole, ...expected })
  })

  it.each([
    ['Apache’s', String.raw`"a \"quoted\" \\ agent"`, 'a "quoted" \\ agent'],
    ['nginx’s', String.raw`"a \x22quoted\x22 \x5C agent"`, 'a "quoted" \\ agent'],
    ['bytes of UTF-8', String.raw`"caf\xc3\xa9 \xE2\x82\xAC"`, 'café €'],
    ['bytes of nothing', String.raw`"odd \xff\xfe"`, 'odd ��'],
  ])('has its escapes undone: %s', (_, agent, expected) => {
    expect(read(`${COMMON} "-" ${agent}`)?.agent).toBe(expected)
  })

  it.each([
    ['nothing', ''],
    ['an error log', '[Wed Mar 04 21:04:07 2026] [error] [client 203.0.113.7] File does not exist'],
    ['half a line', COMBINED.slice(0, 60)],
    ['no such month', COMBINED.replace('Mar', 'Foo')],
    ['no such day', COMBINED.replace('04/Mar', '31/Feb')],
    ['no such day of ISO 8601', COMBINED.replace('04/Mar/2026:21:04:07 +0200', '2026-02-30T21:04:07+02:00')],
    ['no such hour', COMBINED.replace(':21:', ':25:')],
    ['no such minute', COMBINED.replace(':04:07', ':64:07')],
    ['a status that is none', COMBINED.replace(' 200 ', ' OK ')],
    ['a quote that never ends', COMBINED.replace(' HTTP/1.1"', ' HTTP/1.1')],
    ['JSON that is broken', '{"remote_addr": "203.0.113.7"'],
    ['JSON of something else', '{"level":"info","msg":"started"}'],
  ])('is none: %s', (_, text) => {
    expect(read(text)).toBeNull()
  })

  it('is half a line when others name their agent: written while the log was rotated', () => {
    const reader = lineReader('auto')
    expect(reader(COMMON)).not.toBeNull()
    expect(reader(COMBINED)).not.toBeNull()
    expect(reader(COMMON)).toBeNull()
    expect(reader(`${COMBINED.slice(0, -20)}`)).toBeNull()
    expect(read(COMMON, 'combined')).toBeNull()
    expect(read(COMMON, 'common')).not.toBeNull()
  })

  it('of a client that sent no HTTP is a line all the same', () => {
    expect(
      read(`${COMMON.replace('GET /pricing HTTP/1.1', String.raw`\x16\x03\x01`)} "-" "-"`),
    ).toMatchObject({
      request: '\u0016\u0003\u0001',
    })
  })

  it('costs little when it is hostile', () => {
    const evil = `${'['.repeat(40_000)} ${'"\\'.repeat(40_000)}`
    expect(read(evil)).toBeNull()
  })
})

describe('a line of JSON', () => {
  it.each([
    [
      'nginx',
      {
        time_iso8601: '2026-03-04T21:04:07+02:00',
        remote_addr: '203.0.113.7',
        request: 'GET /pricing HTTP/1.1',
        status: '200',
        http_referer: 'https://www.google.com/',
        http_user_agent: CHROME,
        http_host: 'www.acme.example',
      },
    ],
    [
      'Caddy',
      {
        level: 'info',
        ts: AT / 1_000,
        status: 200,
        request: {
          remote_ip: '203.0.113.7',
          method: 'GET',
          uri: '/pricing',
          host: 'www.acme.example',
          headers: { 'User-Agent': [CHROME], Referer: ['https://www.google.com/'] },
        },
      },
    ],
    [
      'Traefik',
      {
        ClientHost: '203.0.113.7',
        DownstreamStatus: 200,
        RequestMethod: 'GET',
        RequestPath: '/pricing',
        RequestHost: 'www.acme.example',
        StartUTC: '2026-03-04T19:04:07.5Z',
        'request_User-Agent': CHROME,
        request_Referer: 'https://www.google.com/',
      },
    ],
  ])('of %s', (_, line) => {
    const found = read(JSON.stringify(line))
    expect(found).toMatchObject({
      address: '203.0.113.7',
      status: 200,
      agent: CHROME,
      host: 'www.acme.example',
    })
    expect(found).toMatchObject({ referrer: 'https://www.google.com/', day: '2026-03-04' })
    expect(found?.request).toMatch(/^GET \/pricing/)
    expect(Math.floor((found?.at ?? 0) / 1_000)).toBe(AT / 1_000)
  })
})
