import { describe, expect, it } from 'vitest'
import { openFigures } from '../../collector/http/figures.ts'
import { openLog } from '../../collector/http/log.ts'
import { watchStorms } from '../../collector/http/storms.ts'
import { startWatching } from '../../collector/http/watching.ts'
import { createSignals } from '../../collector/signals.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

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
  return { ...collector, site, send, wire, metrics }
}

describe('GET /metrics', () => {
  it('counts events by outcome and reason, commits, lag, hand-offs and refusals', async () => {
    const { send, wire, metrics, settle } = await ready({ GOLDPAN_QUOTA_ADDRESS: '4' })
    await send(wire(submit(), { odd: 1 }, eventOf({ type: 'decision', props: {} })))
    await send('nonsense')
    await settle()
    for (let nth = 0; nth < 3; nth += 1) await send(wire(eventOf({ at: Date.now() })))
    await settle()
    const text = await metrics()
    const value = (name: string): number =>
      Number(
        text
          .split('\n')
          .find(line => line.startsWith(`${name} `))
          ?.split(' ')[1],
      )
    expect(value('goldpan_events_total{outcome="accepted"}')).toBe(3)
    expect(value('goldpan_events_total{outcome="quarantined"}')).toBe(1)
    expect(value('goldpan_events_total{outcome="refused"}')).toBe(1)
    expect(value('goldpan_events_not_taken_total{reason="reserved_type"}')).toBe(1)
    expect(value('goldpan_requests_turned_away_total{reason="invalid_json"}')).toBe(1)
    expect(value('goldpan_quota_refusals_total{quota="address"}')).toBe(1)
    expect(value('goldpan_commit_seconds_count')).toBe(3)
    expect(value('goldpan_commit_events_bucket{le="2"}')).toBe(3)
    expect(value('goldpan_qualify_lag_seconds_count')).toBeGreaterThan(0)
    expect(value('goldpan_mqls')).toBe(1)
    expect(value('goldpan_handoffs{status="told"}')).toBe(1)
    expect(value('goldpan_quarantined_events')).toBe(1)
    for (const name of ['dirty_timelines', 'waiting_events', 'waiting_bytes'])
      expect(value(`goldpan_${name}`)).toBe(0)
    for (const name of ['database_bytes', 'memory_bytes{kind="rss"}', 'uptime_seconds'])
      expect(value(`goldpan_${name}`)).toBeGreaterThan(0)
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) goldpan_\w+ .+|goldpan_\w+(\{\w+="[^"]*"\})? [\d.e+-]+|)$/)
  })

  it('is for a token alone, from this machine too', async () => {
    const { url } = await ready()
    expect((await fetch(`${url}/metrics`)).status).toBe(401)
  })
})

it('label values cannot break out of their line', () => {
  const figures = openFigures()
  figures.counter('goldpan_x', 'X.').add({ a: 'b"\n\\c' })
  expect(figures.text([])).toContain('goldpan_x{a="b\\"\\n\\\\c"} 1\n')
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
    const { ingest, timed } = startWatching({ clock: () => 0, signals: createSignals(), log })
    for (let nth = 0; nth < 9; nth += 1) ingest.turnedAway('acme', 'overloaded', 1)
    expect(said.map(line => JSON.parse(line))).toMatchObject([{ event: 'overload', why: 'overloaded' }])
    const record = async () => {
      const until = performance.now() + 260
      while (performance.now() < until);
      return { outcomes: [] }
    }
    await timed(record)({ facts: [], quarantined: [] })
    expect(JSON.parse(said[1] ?? '')).toMatchObject({ event: 'slow_commit', events: 0 })
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
