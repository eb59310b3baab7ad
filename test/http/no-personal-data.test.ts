import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn } from '../support/collector.ts'
import { buildProgram, serve } from '../support/program.ts'
import { tempDir } from '../support/temp-dir.ts'
import { parseMetrics } from './prometheus.ts'

/** A whole run of the program with people in everything that can be sent, and what it says of it (trust.md). */

const EMAIL = 'seedalina.ivanova@acme-seeded.example'
const PERSON = {
  email: EMAIL,
  phone: '+359 888 123 456',
  firstName: 'Seedalina',
  lastName: 'Ivanova-Seeded',
  company: 'Seeded Widgets Ltd',
  message: 'My card is 4111 1111 1111 1111, call me on Seedstreet 5',
}
const [IPV4, IPV6] = ['203.0.113.77', '2001:db8:5eed:1::77']

let program: string
beforeAll(async () => {
  program = await buildProgram('no-personal-data')
})

async function ready(format: 'json' | 'text') {
  const place = installIn(tempDir())
  const env = { ...place.env, GOLDPAN_LOG: format, GOLDPAN_TRUSTED_PROXIES: '127.0.0.0/8' }
  const serving = await serve(program, { ...place, env })
  const said: string[] = []
  for (const stream of [serving.child.stdout, serving.child.stderr])
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = {
      'x-forwarded-for': IPV4,
      'user-agent': `${CHROME_USER_AGENT} Seedalina/1`,
      ...init.headers,
    }
    const answer = await fetch(serving.url + path, { redirect: 'manual', ...init, headers })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers })
  const made = JSON.parse((await post('/v1/sites', { id: 'acme', name: 'Acme' }, ADMIN)).text)
  return {
    ...serving,
    said,
    ask,
    post,
    keys: made as { readonly publicKey: string; readonly secretKey: string },
  }
}

type World = Awaited<ReturnType<typeof ready>>

const form = () => {
  const fields = Object.entries(PERSON).map(([name, value]) => ({ name, label: name, value }))
  return eventOf({
    type: 'form_submit',
    at: Date.now(),
    page: { url: `https://acme.example/demo/${EMAIL}?email=${EMAIL}`, title: `Hello ${PERSON.firstName}` },
    props: { form: { id: 'demo' }, fields },
  })
}

/** What pages and servers send: well-formed, malformed, too much. */
async function sendEverything({ post, ask, keys }: World): Promise<void> {
  const wire = (...events: readonly unknown[]) => ({
    ...envelopeOf(events, keys.publicKey),
    sentAt: Date.now(),
    visitor: 'Seedalina-0001',
  })
  const basic = { authorization: `Basic ${Buffer.from(`${keys.secretKey}:`).toString('base64')}` }
  await post(
    '/v1/events',
    wire(form(), eventOf({ type: 'identify', at: Date.now(), props: { email: EMAIL } })),
  )
  const odd = { ...form(), props: PERSON }
  await post('/v1/events', wire(odd, PERSON, { ...form(), id: EMAIL }, PERSON.message))
  const twice = form()
  await post('/v1/events', wire(twice))
  await post('/v1/events', wire({ ...twice, page: { url: `https://acme.example/?${EMAIL}` } }))
  await post('/v1/events', `{"site":"${keys.publicKey}","email":"${EMAIL}`)
  await post('/v1/events', wire(form()), { authorization: `Bearer sk_${PERSON.firstName}00000000` })
  await ask('/v1/events', { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: EMAIL })
  const inflated = new Uint8Array(gzipSync(JSON.stringify(wire(form()))))
  await ask('/v1/events', {
    method: 'POST',
    headers: { 'content-encoding': 'gzip', 'x-forwarded-for': IPV6 },
    body: inflated,
  })
  const decisions = Array.from({ length: 100 }, () => eventOf({ type: 'decision', props: PERSON }))
  for (let nth = 0; nth < 7; nth += 1) await post('/v1/events', wire(...decisions))
  await post('/v1/identify', { userId: EMAIL, traits: PERSON }, basic)
  await post(
    '/v1/batch',
    { batch: [{ type: 'track', event: EMAIL, anonymousId: EMAIL, properties: PERSON }] },
    basic,
  )
  await post('/v1/validate', wire(form(), PERSON))
  await post('/v1/profile/unknown', { site: keys.publicKey, visitor: 'Seedalina-0001', fields: [EMAIL] })
  await ask(`/v1/p.gif?site=${keys.publicKey}&url=https://acme.example/${EMAIL}&title=${PERSON.firstName}`)
  await ask(`/v1/p.gif?site=${EMAIL}&type=${EMAIL}`, { headers: { referer: `https://${EMAIL}/` } })
}

/** What people ask of the API, rightly and wrongly. @returns the tokens that were made on the way */
async function askEverything({ post, ask, url }: World): Promise<readonly string[]> {
  const link = { email: EMAIL, url: 'https://acme.example/demo', message: PERSON.firstName }
  const { links } = JSON.parse((await post('/v1/email-links', link, ADMIN)).text)
  const signed: string = links[0].url
  const landing = (await ask(new URL(signed).pathname)).headers.get('location') ?? ''
  for (const path of [
    `/v1/leads?q=${EMAIL}`,
    `/v1/leads/${EMAIL}`,
    `/v1/leads?stage=${EMAIL}`,
    `/v1/events?type=${EMAIL}`,
  ])
    await ask(path, { headers: ADMIN })
  for (const path of [`/v1/c/${EMAIL}`, `/v1/${PERSON.firstName}`, `/v1/opt-out?site=${EMAIL}`, `/%${EMAIL}`])
    await ask(path)
  await ask('/v1/leads', { headers: { authorization: `Bearer gp_${PERSON.firstName}_12345678` } })
  await ask('/v1/events/stream', { headers: { ...ADMIN, 'last-event-id': EMAIL } })
  const exported = await post('/v1/privacy/export', { email: EMAIL }, ADMIN)
  expect([exported.status, exported.text.includes(EMAIL)]).toEqual([200, true])
  await post('/v1/privacy/export', { email: PERSON.message }, ADMIN)
  expect((await post('/v1/privacy/erase', { email: EMAIL }, ADMIN)).status).toBe(200)
  await ask('/v1/model', {
    method: 'PUT',
    headers: ADMIN,
    body: `name: ${EMAIL}\n  broken: [${PERSON.phone}`,
  })
  await malformed(url, `GET /${EMAIL} HTTP/9.9\r\nHost: ${EMAIL}\r\n\r\n`)
  await malformed(url, `POST /v1/events HTTP/1.1\r\nHost: x\r\nX-${PERSON.firstName} : ${EMAIL}\r\n\r\n`)
  return [
    new URL(signed).pathname.slice('/v1/c/'.length),
    new URL(landing).searchParams.get('utm_goldpan') ?? '',
  ]
}

const malformed = (url: string, text: string): Promise<void> =>
  new Promise(resolve => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(text))
    socket
      .resume()
      .once('error', () => {})
      .once('close', () => resolve())
  })

it.each(['json', 'text'] as const)(
  'a whole run says nothing of anybody: output as %s, and /metrics',
  async format => {
    const world = await ready(format)
    await sendEverything(world)
    const tokens = await askEverything(world)
    const metrics = (await world.ask('/metrics', { headers: ADMIN })).text
    parseMetrics(metrics)
    expect(await world.end('SIGTERM')).toBe(0)
    const output = world.said.join('')
    expect(output).toContain('was not taken')
    expect(metrics).toMatch(/goldpan_id_conflicts_total\{site="acme"\} 1/)
    const seeded = [
      ...Object.values(PERSON),
      ...PERSON.message.split(', '),
      ...[
        'seedalina',
        'seeded',
        'ivanova',
        '+359888123456',
        '888 123',
        '4111 1111',
        'seedstreet',
        IPV4,
        IPV6,
        '2001:db8:5eed:1',
      ],
      ...[world.keys.publicKey, world.keys.secretKey, ADMIN.authorization.slice('Bearer '.length), ...tokens],
    ]
    for (const secret of seeded) {
      expect(secret.length).toBeGreaterThan(3)
      for (const text of [output, metrics])
        expect(text.toLowerCase(), secret).not.toContain(secret.toLowerCase())
    }
  },
)
