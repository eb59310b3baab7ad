import { describe, expect, it } from 'vitest'
import { readConfig } from '../../collector/config/config.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

const PROXY = { GOLDPAN_TRUSTED_PROXIES: '127.0.0.0/8, ::1' }

async function ready(env: Readonly<Record<string, string>>) {
  const place = installIn(tempDir())
  let now = Date.UTC(2026, 2, 2)
  const collector = await startIn({ ...place, env: { ...place.env, ...env } }, { clock: () => now })
  const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  const from = (ip: string | null, path: string, init: RequestInit = {}) =>
    fetch(`${collector.url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(ip === null ? {} : { 'x-forwarded-for': ip }), ...init.headers },
    })
  const send = (ip: string | null, events = [eventOf()], headers: Readonly<Record<string, string>> = {}) =>
    from(ip, '/v1/events', {
      method: 'POST',
      body: JSON.stringify(envelopeOf(events, site.publicKey)),
      headers,
    })
  const statuses = async (...asked: readonly (() => Promise<Response>)[]) => {
    const got: number[] = []
    for (const ask of asked) got.push((await ask()).status)
    return got
  }
  return { ...collector, from, send, statuses, wait: (ms: number) => (now += ms) }
}

describe('the quota of an address', () => {
  it('turns away what is too much, says when to come again, and keeps its word', async () => {
    const { send, wait, store } = await ready({ ...PROXY, GOLDPAN_QUOTA_ADDRESS: '2' })
    expect((await send('203.0.113.1')).status).toBe(202)
    expect((await send('203.0.113.1')).status).toBe(202)
    const refused = await send('203.0.113.1', [eventOf()], { origin: 'https://www.acme.example' })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('30')
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://www.acme.example')
    expect(await refused.json()).toMatchObject({ code: 'quota_exceeded' })
    expect((await store.counts('acme')).facts).toBe(2)
    wait(30_000)
    expect((await send('203.0.113.1')).status).toBe(202)
  })

  it('is each address’s own, an IPv6 /64 as one', async () => {
    const { send, statuses } = await ready({ ...PROXY, GOLDPAN_QUOTA_ADDRESS: '1' })
    const asked = [
      '203.0.113.1',
      '203.0.113.2',
      '::ffff:203.0.113.1',
      '2001:db8::1',
      '2001:db8::ffff',
      '2001:db8:0:1::1',
    ]
    expect(await statuses(...asked.map(ip => () => send(ip)))).toEqual([202, 202, 429, 202, 429, 202])
  })

  it('holds for every way in from outside, and for no file and no health check', async () => {
    const { from, statuses } = await ready({ ...PROXY, GOLDPAN_QUOTA_ADDRESS: '1' })
    await from('203.0.113.1', '/v1/opt-out')
    const post = (path: string) => () => from('203.0.113.1', path, { method: 'POST', body: '{}' })
    const get = (path: string) => () => from('203.0.113.1', path)
    const limited = ['/v1/events', '/v1/link', '/v1/link/redeem', '/v1/profile/unknown', '/v1/validate']
    expect(
      new Set(await statuses(...limited.map(post), get('/v1/c/x'), get('/v1/leads'), get('/metrics'))),
    ).toEqual(new Set([429]))
    expect(await statuses(get('/healthz'), get('/readyz'))).toEqual([200, 200])
    expect(await statuses(get('/goldpan.json'))).not.toContain(429)
  })

  it('is that of an address with a port behind it, as some gateways write it', async () => {
    const { send, statuses } = await ready({ ...PROXY, GOLDPAN_QUOTA_ADDRESS: '1' })
    const asked = ['203.0.113.1:4711', '203.0.113.1:4712', '203.0.113.1', '[2001:db8::1]:4711', '2001:db8::2']
    expect(await statuses(...asked.map(ip => () => send(ip)))).toEqual([202, 429, 429, 202, 429])
  })

  it('limits nobody whose address may be everybody’s', async () => {
    const untold = await ready({
      GOLDPAN_QUOTA_ADDRESS: '1',
      GOLDPAN_QUOTA_SITE: '1',
      GOLDPAN_QUOTA_TOKEN: '1',
    })
    // what a stranger writes into the header is believed no more than without quotas
    expect(
      await untold.statuses(
        () => untold.send('203.0.113.1'),
        () => untold.send('203.0.113.1'),
      ),
    ).toEqual([202, 202])
    const told = await ready({ ...PROXY, GOLDPAN_QUOTA_ADDRESS: '1' })
    expect(
      await told.statuses(
        () => told.send(null),
        () => told.send(null),
      ),
    ).toEqual([202, 202])
    // in a house of its own, people behind a known proxy have private addresses
    expect(
      await told.statuses(
        () => told.send('10.0.0.9'),
        () => told.send('10.0.0.9'),
      ),
    ).toEqual([202, 429])
  })
})

it('a site’s events are counted, its pages apart from its servers, from wherever they come', async () => {
  const { send, statuses, mintToken: _, ...collector } = await ready({ ...PROXY, GOLDPAN_QUOTA_SITE: '3' })
  const three = () => [eventOf(), eventOf(), { ...eventOf(), id: 'x' }]
  expect(
    await statuses(
      () => send('203.0.113.1', three()),
      () => send('203.0.113.2'),
    ),
  ).toEqual([202, 429])
  expect(await (await send('203.0.113.3')).json()).toMatchObject({ code: 'quota_exceeded' })
  expect(await collector.store.counts('acme')).toMatchObject({ facts: 2, quarantined: 1 })
  collector.wait(20_000)
  expect((await send('203.0.113.3')).status).toBe(202)
})

it('a token’s requests are counted, and the answer says how many are left', async () => {
  const { from } = await ready({ ...PROXY, GOLDPAN_QUOTA_TOKEN: '2' })
  const ask = () => from('203.0.113.1', '/v1/leads', { headers: ADMIN })
  const rate = ({ headers }: Response) =>
    ['limit', 'remaining', 'reset'].map(name => headers.get(`ratelimit-${name}`))
  expect(rate(await ask())).toEqual(['2', '1', '30'])
  expect(rate(await ask())).toEqual(['2', '0', '60'])
  const refused = await ask()
  expect([refused.status, ...rate(refused), refused.headers.get('retry-after')]).toEqual([
    429,
    '2',
    '0',
    '60',
    '30',
  ])
})

describe('the environment', () => {
  it.each([
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['127.0.0.1, ::/0', '::/0'],
    ['0.0.0.0/1 128.0.0.0/1 2000::/3', '0.0.0.0/1, 128.0.0.0/1, 2000::/3'],
  ])('that trusts everybody to name any sender is warned of at the start: %s', async (networks, named) => {
    const { said } = await ready({ GOLDPAN_TRUSTED_PROXIES: networks })
    expect(said).toContainEqual(expect.stringContaining(`GOLDPAN_TRUSTED_PROXIES: expected`))
    expect(said.join('\n')).toContain(`came ${named}. Whoever`)
  })
  it('that trusts networks of one’s own is not', async () => {
    const { said } = await ready({ GOLDPAN_TRUSTED_PROXIES: '10.0.0.0/8, fc00::/7, 127.0.0.1, 192.0.2.0/24' })
    expect(said.join('\n')).not.toContain('TRUSTED_PROXIES')
  })
  it('gives a busy office and a whole queue of the tag room', () => {
    expect(readConfig({}, '/').quotas).toEqual({ address: 6_000, token: 60_000, site: 3_000_000 })
  })
  it('can switch a quota off, and is refused another word', () => {
    expect(readConfig({ GOLDPAN_QUOTA_ADDRESS: 'off' }, '/').quotas.address).toBeNull()
    expect(() => readConfig({ GOLDPAN_QUOTA_SITE: '-1' }, '/')).toThrow(
      /GOLDPAN_QUOTA_SITE: expected a whole number/,
    )
  })
})
