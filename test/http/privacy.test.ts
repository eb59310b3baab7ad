import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Collector } from '../../collector/main.ts'
import { personIdsOf } from '../../collector/qualify/person-id.ts'
import { verifyReplay } from '../../collector/qualify/replay.ts'
import type { Site } from '../../collector/storage/store.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { eventOf } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { eventId } from '../support/facts.ts'
import { tempDir } from '../support/temp-dir.ts'

const ADA = 'ada.lovelace@acme.example'
const BOB = 'bob@acme.example'

let place: ReturnType<typeof installIn>
let collector: Collector
let site: Site
let now: number
let made: number

beforeEach(async () => {
  place = installIn(tempDir())
  now = Date.UTC(2026, 2, 2, 12)
  made = 1000
  collector = await startIn(place, { clock: () => now })
  site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
})

interface Sent {
  readonly visitor?: string
  readonly at?: number
  readonly id?: string
  readonly key?: string
}

async function send(type: string, props: unknown, { visitor = 'visitor-one', at = now, id, key }: Sent = {}) {
  const event = eventOf({ id: id ?? eventId(made++), type, at, props: props as never })
  const page = { url: `https://acme.example/${type}` }
  const envelope = {
    v: 1,
    site: site.publicKey,
    sentAt: now,
    visitor,
    session: 'session-0001',
    events: [{ ...event, page }],
  }
  const headers = { 'user-agent': CHROME_USER_AGENT, ...(key && { authorization: `Bearer ${key}` }) }
  const answer = await fetch(`${collector.url}/v1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify(envelope),
  })
  return answer.json()
}

const demo = (email: string, more: Readonly<Record<string, string>> = {}) => ({
  form: { id: 'demo' },
  fields: Object.entries({ email, ...more }).map(([name, value]) => ({
    name,
    'data-goldpan-field': name,
    value,
  })),
})
const view = (sent: Sent = {}) => send('page_view', {}, sent)

async function post(path: string, body: unknown) {
  const answer = await fetch(`${collector.url}${path}`, {
    method: 'POST',
    headers: ADMIN,
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}
const erase = (who: unknown) => post('/v1/privacy/erase', who)
const get = async (path: string) => (await fetch(`${collector.url}${path}`, { headers: ADMIN })).json()
const leads = async (): Promise<readonly { readonly id: string; readonly email: string }[]> =>
  (await get('/v1/leads')).data

async function differences() {
  const { store } = collector
  const deps = { store, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  return (await verifyReplay(deps, 'acme', now, () => undefined)).differences
}

/** Every file of the installation that says a text, in any case. */
const filesWith = (text: string): readonly string[] =>
  readdirSync(place.cwd, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => readFileSync(path, 'latin1').toLowerCase().includes(text.toLowerCase()))

describe('POST /v1/privacy/erase', () => {
  it('leaves nothing of a person in any file, and the others as they are', async () => {
    await view()
    await send(
      'form_submit',
      demo('Ada.Lovelace@Acme.example', { firstName: 'Zebedea', phone: '+359888123456' }),
    )
    await collector.settle()
    now += HOUR_MS
    await send('form_submit', demo(ADA, { companySize: '50-200' }), { visitor: 'visitor-own' })
    await send('download', { email: ADA, url: 5 })
    await send('form_submit', demo(BOB, { message: `Ask ${ADA} too` }))
    await collector.settle()
    expect(await leads()).toHaveLength(2)
    const before = await get(`/v1/leads/${(await leads()).find(({ email }) => email === BOB)?.id}`)

    const { status, body } = await erase({ email: ADA })
    expect(status).toBe(200)
    expect(body).toEqual({
      site: 'acme',
      erasedAt: new Date(now).toISOString(),
      erased: { events: 3, persons: 1, handoffs: 1, changes: 3, quarantined: 1, blotted: 1 },
      refused: 0,
    })
    for (const text of [ADA, 'Zebedea', '359888123456', 'visitor-own'])
      expect(filesWith(text), text).toEqual([])
    await collector.settle()
    const [bob, ...others] = await leads()
    expect(others).toEqual([])
    expect(await get(`/v1/leads/${bob?.id}`)).toEqual({
      ...before,
      traits: { ...before.traits, message: { ...before.traits.message, value: 'Ask [erased] too' } },
    })
    expect(await differences()).toEqual([])
  })

  it('does it again without finding anybody', async () => {
    await send('form_submit', demo(ADA))
    await collector.settle()
    await erase({ email: ADA })
    now += HOUR_MS
    const none = { events: 0, persons: 0, handoffs: 0, changes: 0, quarantined: 0, blotted: 0 }
    expect(await erase({ email: ADA })).toMatchObject({ status: 200, body: { erased: none } })
    expect(await erase({ lead: 'nobody' })).toMatchObject({ status: 200, body: { erased: none } })
  })

  it('reaches what nobody has qualified yet', async () => {
    await collector.close()
    collector = await startIn(place, { clock: () => now })
    const fact = { ...(await import('../support/facts.ts')).form(now, 'demo', { email: ADA }), site: 'acme' }
    await collector.store.record({ facts: [fact], quarantined: [] })
    expect((await erase({ email: ADA })).body.erased.events).toBe(1)
    await collector.settle()
    expect(await leads()).toEqual([])
    expect(filesWith(ADA)).toEqual([])
  })

  it('takes a lead by id, with whom it was merged from and what people said of it', async () => {
    await send('form_submit', demo(ADA))
    await send('form_submit', demo('ada@home.example'), { visitor: 'visitor-two' })
    await collector.settle()
    const [work, home] = await Promise.all(
      [ADA, 'ada@home.example'].map(async who => (await leads()).find(({ email }) => email === who)?.id),
    )
    now += HOUR_MS
    await post(`/v1/leads/${work}/transitions`, { to: 'sal', reason: 'met' })
    await post(`/v1/leads/${work}/merge`, { lead: home })
    now += HOUR_MS
    const { body } = await erase({ lead: home })
    expect(body.erased).toMatchObject({ events: 4, persons: 1 })
    for (const text of [ADA, 'ada@home.example', work, home]) expect(filesWith(`${text}`), text).toEqual([])
    await send('form_submit', demo('ada@home.example'), { visitor: 'visitor-two', at: now - 1 })
    await collector.settle()
    expect(await leads()).toEqual([])
    expect(await differences()).toEqual([])
  })

  it('takes an anonymous visitor by id', async () => {
    await view({ visitor: 'visitor-shy' })
    await collector.settle()
    const [shy] = (await get('/v1/leads?stage=anonymous')).data
    expect((await erase({ lead: shy.id })).body.erased).toMatchObject({ events: 1, persons: 1 })
    expect(filesWith('visitor-shy')).toEqual([])
    now += 1
    expect(await view({ visitor: 'visitor-shy', at: now - 1 })).toMatchObject({ accepted: 1 })
    expect((await collector.store.counts('acme')).facts).toBe(0)
    await view({ visitor: 'visitor-shy' })
    expect((await collector.store.counts('acme')).facts).toBe(1)
  })

  it.each([
    [{}, 400, 'invalid_body'],
    [{ email: ADA, lead: 'x' }, 400, 'invalid_body'],
    [{ email: 'nobody' }, 400, 'invalid_body'],
    [{ email: ADA, site: 'elsewhere' }, 404, 'unknown_site'],
    [{ email: ADA, force: true }, 400, 'invalid_body'],
  ])('%j is refused: %i', async (body, status, code) => {
    expect(await erase(body)).toMatchObject({ status, body: { code } })
  })
})

describe('POST /v1/privacy/export', () => {
  const exported = (who: unknown) => post('/v1/privacy/export', who)

  it('gives a person all that is known of them, with the logic in words, and nothing of others', async () => {
    await view()
    await send('form_submit', demo(BOB))
    now += HOUR_MS
    await send('consent', { state: 'granted', text: 'We count your visits.' })
    await send('form_submit', demo(ADA, { company: 'Acme' }))
    await view()
    await collector.settle()
    const { status, body } = await exported({ email: 'Ada.Lovelace@acme.example' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      site: 'acme',
      exportedAt: new Date(now).toISOString(),
      person: {
        email: ADA,
        traits: { company: { value: 'Acme', source: 'form' } },
        handoffs: [{ status: 'told' }],
      },
      consent: [],
      transitions: [{ to: 'lead' }, { to: 'mql' }],
    })
    expect(body.timeline.map(({ type }: { type: string }) => type)).toEqual(['form_submit', 'page_view'])
    expect(body.timeline[0].effects).toEqual([{ rule: 'demo', points: 50 }])
    expect(body.scores.at(-1)).toMatchObject({
      summary: expect.any(String),
      engagement: { reasons: [{ rule: 'demo' }] },
    })
    expect(JSON.stringify(body)).not.toContain(BOB)
    const ofBob = (await exported({ email: BOB })).body
    expect(ofBob.consent).toMatchObject([{ props: { state: 'granted', text: 'We count your visits.' } }])
    expect(JSON.stringify(ofBob)).not.toContain(ADA)
  })

  it('knows a lead by the address it had before it was merged, and nobody else', async () => {
    await send('form_submit', demo(ADA))
    await send('form_submit', demo('ada@home.example'), { visitor: 'visitor-two' })
    await collector.settle()
    const [work, home] = await Promise.all(
      [ADA, 'ada@home.example'].map(async who => (await leads()).find(({ email }) => email === who)?.id),
    )
    now += HOUR_MS
    await post(`/v1/leads/${work}/merge`, { lead: home })
    expect((await exported({ email: 'ada@home.example' })).body.person).toMatchObject({ id: work })
    expect((await exported({ lead: home })).body.person).toMatchObject({ id: work })
    expect(await exported({ email: 'eve@acme.example' })).toMatchObject({
      status: 404,
      body: { code: 'unknown_lead' },
    })
  })

  it.each(['nobody', 'test@test.com', 'ada@acme'])(
    'and erasure say that %s is no address, and not whose',
    async email => {
      for (const answer of [await exported({ email }), await erase({ email })]) {
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body' } })
        expect(JSON.stringify(answer.body)).not.toContain(email)
      }
    },
  )
})

describe('after an erasure', () => {
  beforeEach(async () => {
    await view({ at: now - HOUR_MS })
    await send('form_submit', demo(ADA))
    await collector.settle()
    await erase({ email: ADA })
    now += DAY_MS
  })
  const secretKey = async () => {
    const { body } = await post('/v1/sites', { name: 'Other' })
    return body
  }

  it('a form of later starts a new person, at the same browser', async () => {
    await send('form_submit', demo(ADA, { firstName: 'New' }))
    await collector.settle()
    const [lead, ...others] = await leads()
    expect(others).toEqual([])
    expect(await get(`/v1/leads/${lead?.id}`)).toMatchObject({
      email: ADA,
      firstSeenAt: new Date(now).toISOString(),
      handoffs: [{ status: 'told' }],
    })
    expect(await differences()).toEqual([])
  })

  it.each([
    [
      'a form of theirs',
      () => ['form_submit', demo('ADA.lovelace@acme.example'), { visitor: 'visitor-new' }] as const,
    ],
    ['an identify call', () => ['identify', { email: ADA }, { visitor: 'visitor-new' }] as const],
    ['what their browser kept', () => ['page_view', {}, {}] as const],
    [
      'a form too old to claim anything',
      () => ['form_submit', demo(ADA), { visitor: 'visitor-new', at: now - 9 * DAY_MS }] as const,
    ],
  ])('%s from before is not kept, and a page is told nothing of it', async (_, made) => {
    const [type, props, sent] = made()
    const event = { at: now - DAY_MS, id: eventId(7), ...sent }
    const before = await collector.store.counts('acme')
    const first = await send(type, props, event)
    expect(first).toEqual({ accepted: 1, duplicate: 0, quarantined: 0, refused: 0, errors: [] })
    const again = await send(type, props, event)
    expect(again).toEqual({ accepted: 0, duplicate: 1, quarantined: 0, refused: 0, errors: [] })
    expect(await collector.store.counts('acme')).toEqual(before)
    expect(await collector.store.refusedAsErased('acme')).toBe(1)
    // the same of somebody who was never erased
    const other = await send('form_submit', demo('eve@acme.example'), {
      ...event,
      visitor: 'visitor-eve',
      id: eventId(8),
    })
    expect(other).toEqual(first)
    expect(
      await send('form_submit', demo('eve@acme.example'), {
        ...event,
        visitor: 'visitor-eve',
        id: eventId(8),
      }),
    ).toEqual(again)
  })

  it('the event itself, sent once more, is the duplicate it would have been', async () => {
    expect(await send('form_submit', demo(ADA), { id: eventId(1001), at: now - DAY_MS })).toMatchObject({
      duplicate: 1,
    })
    expect((await collector.store.counts('acme')).facts).toBe(0)
  })

  it('a server is told why', async () => {
    const other = await secretKey()
    site = { ...site, publicKey: other.publicKey }
    await post('/v1/privacy/erase', { site: 'other', email: ADA })
    const old = await send('form_submit', demo(ADA), {
      key: other.secretKey,
      at: now - 1,
      visitor: 'visitor-new',
    })
    expect(old).toMatchObject({ accepted: 0, refused: 1, errors: [{ index: 0, code: 'erased' }] })
    now += 1
    const later = await send('form_submit', demo(ADA), { key: other.secretKey, visitor: 'visitor-new' })
    expect(later).toMatchObject({ accepted: 1, refused: 0, errors: [] })
  })

  it('another process holds to it at once', async () => {
    const { runCommand } = await import('../../collector/cli/commands.ts')
    const eve = 'eve@acme.example'
    const said: string[] = []
    const io = {
      ...{ ...place, clock: () => now, stop: new AbortController().signal },
      ...{ out: (line: string) => said.push(line), err: (line: string) => said.push(line) },
    }
    await send('form_submit', demo(eve), { visitor: 'visitor-eve' })
    await collector.settle()
    expect(await runCommand(['erase', '--email', eve], io)).toBe(2)
    expect(await runCommand(['erase', '--email', eve, '--yes'], io), said.join()).toBe(0)
    await send('page_view', {}, { visitor: 'visitor-eve', at: now - 1 })
    await send('form_submit', demo(eve), { visitor: 'visitor-new', at: now - 1 })
    await collector.settle()
    expect(await leads()).toEqual([])
    expect(filesWith(eve)).toEqual([])
  })
})
