import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openFigures } from '../../collector/http/figures.ts'
import { watchLag } from '../../collector/http/lag.ts'
import { openLog } from '../../collector/http/log.ts'
import { watchStorms } from '../../collector/http/storms.ts'
import { startWatching } from '../../collector/http/watching.ts'
import { createSignals } from '../../collector/signals.ts'
import { aFact } from '../contract/store/samples.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { parseMetrics, type Sample, sampleOf } from './prometheus.ts'

const DOCS = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8')

const EMAIL = 'anna.seeded@acme-seeded.example'
const [PHONE, NAME, IP] = ['+359888123456', 'Seedalina', '203.0.113.77']

const submit = () =>
  eventOf({
    type: 'form_submit',
    at: Date.now(),
    page: { url: `https://acme.example/demo?email=${EMAIL}`, title: NAME },
    props: {
      form: { id: 'demo' },
      fields: [
        { name: 'email', type: 'email', value: EMAIL },
        { name: 'phone', type: 'tel', value: PHONE },
        { name: 'name', value: NAME },
      ],
    },
  })

async function ready(env: Readonly<Record<string, string>> = {}) {
  const place = installIn(tempDir())
  const given = { ...place.env, GOLDPAN_TRUSTED_PROXIES: '127.0.0.0/8', ...env }
  const collector = await startIn({ ...place, env: given })
  const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  const send = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { 'x-forwarded-for': IP, 'user-agent': CHROME_USER_AGENT, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const wire = (...events: readonly unknown[]) => ({
    ...envelopeOf(events, site.publicKey),
    sentAt: Date.now(),
  })
  const metrics = async () => (await fetch(`${collector.url}/metrics`, { headers: ADMIN })).text()
  /** the address of a page to which a signed link leads */
  const emailLink = async (url: string): Promise<string> => {
    const init = { method: 'POST', headers: ADMIN, body: JSON.stringify({ email: EMAIL, url }) }
    const { links } = await (await fetch(`${collector.url}/v1/email-links`, init)).json()
    return (await fetch(links[0].url, { redirect: 'manual' })).headers.get('location') ?? ''
  }
  return { ...collector, site, send, wire, metrics, emailLink }
}

describe('GET /metrics', () => {
  it('counts events by outcome and reason, commits, lag, hand-offs and refusals', async () => {
    const { send, wire, metrics, settle } = await ready({ GOLDPAN_QUOTA_ADDRESS: '4' })
    await send(wire(submit(), { odd: 1 }, eventOf({ type: 'decision', props: {} })))
    await send('nonsense')
    await settle()
    for (let nth = 0; nth < 3; nth += 1) await send(wire(eventOf({ at: Date.now() })))
    await settle()
    const families = parseMetrics(await metrics())
    const value = (name: string, labels: Sample['labels'] = {}) =>
      sampleOf(families, `goldpan_${name}`, labels)
    expect(value('events_total', { outcome: 'accepted' })).toBe(3)
    expect(value('events_total', { outcome: 'quarantined' })).toBe(1)
    expect(value('events_total', { outcome: 'refused' })).toBe(1)
    expect(value('events_total', { outcome: 'duplicate' })).toBe(0)
    expect(value('events_not_taken_total', { reason: 'reserved_type' })).toBe(1)
    expect(value('requests_turned_away_total', { reason: 'invalid_json' })).toBe(1)
    expect(value('quota_refusals_total', { quota: 'address' })).toBe(1)
    expect(value('quota_refusals_total', { quota: 'site' })).toBe(0)
    expect(value('commit_seconds_count')).toBe(3)
    expect(value('commit_events_bucket', { le: '2' })).toBe(3)
    expect(value('qualify_lag_seconds_count')).toBeGreaterThan(0)
    expect(value('mqls')).toBe(1)
    expect(value('handoffs', { status: 'told' })).toBe(1)
    expect(value('quarantined_events')).toBe(1)
    expect(value('warnings_total', { event: 'slow_commit' })).toBeGreaterThanOrEqual(0)
    for (const name of ['dirty_timelines', 'oldest_wait_seconds', 'waiting_events', 'waiting_bytes'])
      expect(value(name), name).toBe(0)
    for (const name of ['database_bytes', 'uptime_seconds']) expect(value(name), name).toBeGreaterThan(0)
    for (const kind of ['rss', 'heap', 'external']) expect(value('memory_bytes', { kind })).toBeGreaterThan(0)
  })

  it('says what each figure is, as docs/limits.md does', async () => {
    const { metrics } = await ready()
    const families = parseMetrics(await metrics())
    for (const { name, help } of families) {
      expect(help, name).toMatch(/^[A-Z].{9,}\.$/)
      expect(DOCS, name).toMatch(new RegExp(`\`${name}[\`{]`))
    }
    const documented = [...DOCS.matchAll(/`(goldpan_[a-z_]+)[`{]/g)].map(([, name]) => name)
    const there = families.map(({ name }) => name)
    expect(documented.filter(name => name !== undefined && !there.includes(name))).toEqual([])
  })

  it('counts, by site, known ids that came with another body', async () => {
    const { send, wire, metrics } = await ready()
    const first = eventOf({ at: Date.now(), page: { url: 'https://acme.example/a' } })
    const other = { ...first, page: { url: 'https://acme.example/b' } }
    await send(wire(first))
    expect(await (await send(wire(first))).json()).toMatchObject({ accepted: 0, duplicate: 1 })
    expect(sampleOf(parseMetrics(await metrics()), 'goldpan_id_conflicts_total', { site: 'acme' })).toBe(
      undefined,
    )
    expect(await (await send(wire(other, eventOf({ at: Date.now() })))).json()).toMatchObject({
      accepted: 1,
      duplicate: 1,
    })
    const families = parseMetrics(await metrics())
    expect(sampleOf(families, 'goldpan_id_conflicts_total', { site: 'acme' })).toBe(1)
    expect(sampleOf(families, 'goldpan_events_total', { outcome: 'duplicate' })).toBe(2)
  })

  it('counts them of what is in quarantine, too, and each event there once', async () => {
    const { send, wire, metrics } = await ready()
    const broken = { ...eventOf(), props: 'none' }
    for (const event of [broken, broken, { ...broken, props: 7 }]) await send(wire(event))
    const families = parseMetrics(await metrics())
    const events = (outcome: string) => sampleOf(families, 'goldpan_events_total', { outcome })
    expect([events('quarantined'), events('duplicate')]).toEqual([1, 2])
    expect(sampleOf(families, 'goldpan_id_conflicts_total', { site: 'acme' })).toBe(1)
  })

  it('a page loaded again from a signed link is no other body', async () => {
    const { send, site, emailLink, store, metrics } = await ready()
    const url = await emailLink('https://acme.example/demo')
    for (const session of ['session-0001', 'session-0002']) {
      const view = eventOf({ at: Date.now(), page: { url } })
      await send({ ...envelopeOf([view], site.publicKey), session, sentAt: Date.now() })
    }
    expect((await store.factsSince('acme', 0, 9)).map(({ type }) => type)).toEqual([
      'page_view',
      'email_click',
      'page_view',
    ])
    const conflicts = parseMetrics(await metrics()).find(({ name }) => name === 'goldpan_id_conflicts_total')
    expect(conflicts?.samples).toEqual([])
  })

  it('is for a token alone, from this machine too', async () => {
    const { url } = await ready()
    expect((await fetch(`${url}/metrics`)).status).toBe(401)
  })
})

describe('figures', () => {
  it.each(['b"\n\\c', '"} 1', 'a,b="c"', '\\', 'цена', ''])('label %j stays in its line', label => {
    const figures = openFigures()
    figures.counter('goldpan_x_total', 'With \\ and\na line.').add({ a: label })
    const [family] = parseMetrics(figures.text([]))
    expect(family?.samples).toEqual([{ name: 'goldpan_x_total', labels: { a: label }, value: 1 }])
  })

  it('of any kind are read as they are meant', () => {
    const figures = openFigures()
    figures.counter('goldpan_c_total', 'Counted.', [{ kind: 'a' }, { kind: 'b' }]).add({ kind: 'b' }, 2)
    figures.counter('goldpan_none_total', 'Never.')
    const histogram = figures.histogram('goldpan_h', 'Measured.', [0.001, 1, 10])
    for (const value of [0.0005, 0.001, 5, 1e9]) histogram.observe(value)
    const gauge = { name: 'goldpan_g', help: 'Now.', values: [[{}, 1e21]] } as const
    const families = parseMetrics(figures.text([gauge]))
    expect(families.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'goldpan_c_total counter',
      'goldpan_none_total counter',
      'goldpan_h histogram',
      'goldpan_g gauge',
    ])
    expect(families[2]?.samples.map(({ value }) => value)).toEqual([2, 2, 3, 4, 1_000_000_005.0015, 4])
    expect(sampleOf(families, 'goldpan_c_total', { kind: 'a' })).toBe(0)
  })
})

describe('the reader of the format', () => {
  const HEAD = '# HELP a_total A.\n# TYPE a_total counter\n'
  it.each([
    `${HEAD}a_total 1`,
    `${HEAD}a_total one\n`,
    `${HEAD}a_total{b=c} 1\n`,
    `${HEAD}a_total{b="c} 1\n`,
    `${HEAD}a_total{b="c\n"} 1\n`,
    `${HEAD}a_total 1\na_total 2\n`,
    `${HEAD}b_total 1\n`,
    `${HEAD}a_total -1\n`,
    `${HEAD}${HEAD}`,
    `${HEAD}\n`,
    'a_total 1\n',
    '# TYPE a_total counter\na_total 1\n',
    '# HELP a A.\n# TYPE a counter\na 1\n',
    '# HELP a A.\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    '# HELP a A.\n# TYPE a histogram\na_bucket{le="1"} 1\na_sum 1\na_count 1\n',
  ])('does not take %j', text => {
    expect(() => parseMetrics(text)).toThrow()
  })
})

describe('how long what is dirty has waited', () => {
  const mark = (subject: string, priority: 'lead' | 'live' | 'rescore' = 'live') =>
    ({ site: 'acme', subject, generation: 0, earliest: 0, liveEarliest: 0, priority, mark: 1 }) as const
  it('is since its commit; since the start, of what waited then; nothing, of what nobody waits for', () => {
    let now = 1_000_000
    const histogram = openFigures().histogram('goldpan_h', 'Measured.', [1])
    const lag = watchLag(() => now, histogram)
    now += 10_000
    lag.committed([aFact('e1', { site: 'acme', visitor: 'ada', receivedAt: now })], ['accepted'], now)
    now += 2_500
    expect(lag.waited(mark('ada'))).toBe(2.5)
    expect(lag.waited(mark('bob'))).toBe(12.5)
    expect(lag.waited(mark('ada', 'lead'))).toBe(2.5)
    expect(lag.waited(mark('ada', 'rescore'))).toBe(0)
    expect(lag.waited(undefined)).toBe(0)
  })
})

describe('the log', () => {
  it('of a whole run holds nothing of anybody', async () => {
    const { send, wire, settle, said, url, site, close, store } = await ready({ GOLDPAN_LOG: 'json' })
    await send(wire(submit(), { email: EMAIL, phone: PHONE, name: NAME }))
    await send(`{"v":1,"site":"${site.publicKey}","email":"${EMAIL}`)
    await send(wire(submit()), { authorization: `Bearer sk_${NAME}00000000` })
    await settle()
    for (const path of [`/v1/leads?q=${EMAIL}`, `/v1/leads/${EMAIL}`, `/v1/c/${EMAIL}`, `/v1/${NAME}`])
      await fetch(url + path, { headers: { ...ADMIN, 'x-forwarded-for': IP } })
    // the store fails in the midst of all, with what it was given in its message
    await store.close()
    await fetch(`${url}/v1/leads/${EMAIL}`, { headers: ADMIN })
    await send(wire(submit()))
    await close().catch(() => {})
    const log = said.join('\n')
    expect(said.filter(line => line.startsWith('{')).map(line => JSON.parse(line).event)).toContain('start')
    expect(log).toContain('failed')
    for (const secret of [
      EMAIL,
      'anna',
      PHONE,
      NAME,
      IP,
      site.publicKey,
      'gp_test_administrator',
      `sk_${NAME}`,
    ])
      expect(log.toLowerCase()).not.toContain(secret.toLowerCase())
  })

  it('masks what a message of others brings along', () => {
    const lines: string[] = []
    const log = openLog({ format: 'text', clock: () => 0, write: line => lines.push(line) })
    log.info('x', 'not said to people')
    log.warn('x', `Unexpected token 'a', "${NAME}" is not valid JSON`)
    log.warn(
      'x',
      `${EMAIL} ${PHONE} from ${IP} with gp_abcdefgh12345 and pk_live_abcdefgh12345, on 127.0.0.1`,
    )
    expect(lines).toEqual([
      "Unexpected token 'a', […] is not valid JSON",
      '[email] [number] from 203.0.113.0 with gp_[secret] and pk_live_[secret], on 127.0.0.1',
    ])
  })

  it('says that events are turned away, and that a commit was slow, not with each', async () => {
    const said: string[] = []
    const log = openLog({ format: 'json', clock: () => 0, write: line => said.push(line) })
    const { ingest, timed, figures } = startWatching({ clock: () => 0, signals: createSignals(), log })
    for (let nth = 0; nth < 9; nth += 1) ingest.turnedAway('acme', 'overloaded', 1)
    expect(said.map(line => JSON.parse(line))).toMatchObject([{ event: 'overload', why: 'overloaded' }])
    const record = async () => {
      const until = performance.now() + 260
      while (performance.now() < until);
      return { outcomes: [] }
    }
    await timed(record)({ facts: [], quarantined: [] })
    expect(JSON.parse(said[1] ?? '')).toMatchObject({ event: 'slow_commit', events: 0 })
    for (let nth = 0; nth < 500; nth += 1) ingest.turnedAway('acme', 'unknown_key', 1)
    const families = parseMetrics(figures.text([]))
    for (const event of ['overload', 'slow_commit', 'mostly_refused'])
      expect(sampleOf(families, 'goldpan_warnings_total', { event }), event).toBe(1)
    const turnedAway = (reason: string) =>
      sampleOf(families, 'goldpan_requests_turned_away_total', { reason })
    expect([turnedAway('overloaded'), turnedAway('unknown_key')]).toEqual([9, 500])
  })

  it('says once a day that most of what comes with a key is not taken', () => {
    let now = 0
    const said: string[] = []
    const log = openLog({ format: 'json', clock: () => now, write: line => said.push(line) })
    const storms = watchStorms(() => now, log)
    const abuse = (times: number) => {
      for (let nth = 0; nth < times; nth += 1) storms.count('acme', { taken: 0, not: 1, why: 'quota' })
    }
    storms.count('busy', { taken: 10_000, not: 900, why: 'invalid_props' })
    abuse(499)
    now += 6 * 60_000
    abuse(499)
    expect(said).toEqual([])
    abuse(5_000)
    expect(said.map(line => JSON.parse(line))).toMatchObject([
      { level: 'warn', event: 'mostly_refused', site: 'acme', why: 'quota', not: 500 },
    ])
    now += 25 * 3_600_000
    abuse(600)
    expect(said).toHaveLength(2)
  })
})
