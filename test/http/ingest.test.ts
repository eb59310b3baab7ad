import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DROP_HEADER } from '../../collector/http/cors.ts'
import { groupCommit } from '../../collector/ingest/group-commit.ts'
import { type Store, StoreError } from '../../collector/storage/store.ts'
import { LIMITS } from '../../shared/limits.ts'
import { DROP_REASONS } from '../../shared/wire.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { type Harness, startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'

const envelopeFor = ({ site }: Harness, events?: readonly unknown[]) =>
  envelopeOf(events, site.site.publicKey)

const factsOf = async ({ store }: Harness) => store.factsSince('acme', 0, 1_000)

describe('POST /v1/events', () => {
  it('takes a browser’s events and answers with what became of them', async () => {
    const collector = await startHarness()
    const sound = eventOf()
    const answer = await collector.send(
      envelopeFor(collector, [
        sound,
        { ...sound },
        { nonsense: true },
        eventOf({ type: 'decision', props: {} }),
      ]),
    )
    expect(answer.status).toBe(202)
    expect(await answer.json()).toEqual({
      accepted: 1,
      duplicate: 1,
      quarantined: 1,
      refused: 1,
      errors: [
        expect.objectContaining({ index: 2, code: 'invalid_event' }),
        expect.objectContaining({ index: 3, code: 'reserved_type', path: '/type' }),
      ],
    })
    expect(answer.headers.get(DROP_HEADER)).toBe('invalid_event')
    expect(await factsOf(collector)).toMatchObject([{ id: sound.id, origin: 'browser', ip: '127.0.0.0' }])
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 1, quarantined: 1, dirty: 1 })
  })

  it('takes a retry as the same event, another body under its id too', async () => {
    const collector = await startHarness()
    const event = eventOf({ props: { plan: 'first' } })
    for (const expected of [1, 0]) {
      const answer = await collector.send(envelopeFor(collector, [event]))
      expect(await answer.json()).toMatchObject({ accepted: expected, duplicate: 1 - expected })
    }
    const other = await collector.send(envelopeFor(collector, [{ ...event, props: { plan: 'second' } }]))
    expect(await other.json()).toMatchObject({ accepted: 0, duplicate: 1 })
    expect(await factsOf(collector)).toMatchObject([{ props: { plan: 'first' } }])
  })

  it('reads gzip', async () => {
    const collector = await startHarness()
    const body = gzipSync(JSON.stringify(envelopeFor(collector)))
    const answer = await collector.send(body, { 'content-encoding': 'gzip' })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
  })

  it('stores nothing personal from addresses, titles and custom props', async () => {
    const collector = await startHarness()
    const seeded = 'jane.doe@seeded.example'
    await collector.send(
      envelopeFor(collector, [
        eventOf({ page: { url: `${PAGE}/?email=${seeded}`, title: seeded, referrer: `${PAGE}/${seeded}` } }),
        eventOf({ type: 'custom', props: { who: seeded } }),
        eventOf({ type: 'form_submit', props: { form: { action: `/f?e=${seeded}` }, fields: [] } }),
        eventOf({ type: 'outbound_click', props: { url: `mailto:${seeded}` } }),
      ]),
    )
    const facts = await factsOf(collector)
    expect(facts).toHaveLength(4)
    expect(JSON.stringify(facts.slice(0, 2).concat(facts.slice(3)))).not.toContain('seeded')
  })

  it('tells of what is kept otherwise than it came, and takes it', async () => {
    const collector = await startHarness()
    const title = 'x'.repeat(1_025)
    const fields = Array.from({ length: 101 }, (_, n) => ({
      name: `q${n}`,
      value: n === 100 ? 'a@b.example' : 'x',
    }))
    const events = [
      eventOf(),
      eventOf({ page: { url: `${PAGE}/`, title } }),
      eventOf({ type: 'form_submit', props: { form: {}, fields } }),
      eventOf({ type: 'deal', props: { amount: 2 ** 60 } }),
    ]
    const answer = await collector.send(envelopeFor(collector, events))
    expect(answer.headers.get(DROP_HEADER)).toBeNull()
    expect(await answer.json()).toMatchObject({
      accepted: 4,
      errors: [],
      notices: [
        { index: 1, code: 'cut', path: '/page/title' },
        { index: 2, code: 'cut', path: '/props/fields' },
        { index: 3, code: 'rounded', path: '/props/amount' },
      ],
    })
    expect(JSON.stringify(await factsOf(collector))).toContain('a@b.example')
  })

  it('adds up: every event sent has exactly one outcome, and what is valid is accepted', async () => {
    const collector = await startHarness()
    const valid = fc.constantFrom('page_view', 'webinar_signup').map(type => () => eventOf({ type }))
    const invalid = fc.jsonValue({ maxDepth: 3 })
    const lists = fc.array(fc.oneof(valid, invalid), { minLength: 1, maxLength: 20 })
    const property = fc.asyncProperty(lists, async items => {
      const events = items.map(item => (typeof item === 'function' ? item() : item))
      const { accepted, duplicate, quarantined, refused, errors } = await (
        await collector.send(envelopeFor(collector, events))
      ).json()
      expect(accepted).toBe(items.filter(item => typeof item === 'function').length)
      expect(accepted + duplicate + quarantined + refused).toBe(events.length)
      expect(errors).toHaveLength(quarantined + refused)
    })
    await fc.assert(property, { numRuns: 50 })
  })
})

describe('a request that cannot be taken', () => {
  it.each([
    ['is not JSON', 'oops', {}, 400, 'invalid_json'],
    ['says another encoding', '{}', { 'content-encoding': 'br' }, 415, 'unsupported_encoding'],
    ['is not the gzip it says', '{}', { 'content-encoding': 'gzip' }, 400, 'invalid_json'],
    ['is no envelope', { v: 1 }, {}, 400, 'invalid_envelope'],
    ['is of another version', { ...envelopeOf(), v: 9 }, {}, 400, 'unsupported_version'],
    ['has a key nobody gave out', envelopeOf(), {}, 401, 'unknown_key'],
    ['has no events', envelopeOf([]), {}, 400, 'invalid_envelope'],
    ['has nothing', '', {}, 400, 'invalid_json'],
    ['has too many events', envelopeOf(Array(101).fill(eventOf())), {}, 413, 'too_many_events'],
    ['is too large', ' '.repeat(LIMITS.batchBytes + 1), {}, 413, 'batch_too_large'],
  ])('because it %s is refused as a client’s mistake', async (_, body, headers, status, reason) => {
    const collector = await startHarness()
    const answer = await collector.send(body, headers)
    expect(answer.status).toBe(status)
    expect(answer.headers.get(DROP_HEADER)).toBe(reason)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({
      status,
      code: reason,
      detail: expect.stringMatching(/^(\/\w+: )?expected .+, came .+\. \w/),
    })
    expect(DROP_REASONS).toContain(reason)
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 0, quarantined: 0 })
  })

  it('says where in the body what is wrong, what was expected, and how to mend it', async () => {
    const collector = await startHarness()
    const saidOf = async (body: unknown) => {
      const { path, detail } = await (await collector.send(body)).json()
      return [path, detail]
    }
    expect(await saidOf(envelopeFor(collector, []))).toEqual([
      '/events',
      '/events: expected at least 1 item, came an empty array. Send at least one.',
    ])
    expect((await saidOf({ ...envelopeFor(collector), site: 5 }))[0]).toBe('/site')
    expect((await saidOf([]))[0]).toBeUndefined()
    expect((await saidOf(''))[1]).toMatch(/came an empty body/)
  })

  it.each([
    ['an API token', 'Bearer gp_token', /API token \(gp_…\) asks/],
    ['no scheme', 'sk_key', /of the form `Bearer sk_…`/],
    ['a key of nobody', 'Bearer sk_key', /a secret key of this collector.+ that no site here has/],
  ])('says of an Authorization with %s what it should be', async (_, authorization, said) => {
    const collector = await startHarness()
    const answer = await collector.send(envelopeFor(collector), { authorization })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect((await answer.json()).detail).toMatch(said)
  })

  it('says of a secret key in the place of the public one where it belongs', async () => {
    const collector = await startHarness()
    const answer = await collector.send(envelopeOf(undefined, collector.site.secretKey))
    expect(await answer.json()).toMatchObject({
      code: 'unknown_key',
      detail: expect.stringContaining('`Authorization: Bearer sk_…`'),
    })
  })

  it('a body without a length is cut at the limit', async () => {
    const collector = await startHarness()
    const chunk = new Uint8Array(64 * 1024).fill(32)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => {
        sent += chunk.length
        controller.enqueue(chunk)
      },
    })
    const request = { method: 'POST', body: endless, duplex: 'half' } as const
    const answer = await fetch(`${collector.url}/v1/events`, request as RequestInit).catch(() => null)
    expect(answer?.status ?? 413).toBe(413)
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  })

  it('a sender who hangs up costs nothing but his own request', async () => {
    const collector = await startHarness()
    const { port } = new URL(collector.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"v":1')
    await fetch(`${collector.url}/healthz`)
    socket.destroy()
    expect((await collector.send(envelopeFor(collector))).status).toBe(202)
    expect(collector.warnings).toEqual([])
  })

  it('a gzip bomb is refused within the memory of an honest body', async () => {
    const collector = await startHarness()
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '), { level: 9 })
    expect(bomb.length).toBeLessThan(LIMITS.batchBytes)
    const before = process.memoryUsage().arrayBuffers
    const answer = await collector.send(new Uint8Array(bomb), { 'content-encoding': 'gzip' })
    expect(answer.headers.get(DROP_HEADER)).toBe('batch_too_large')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })

  it('deep JSON is refused, alone or inside an event', async () => {
    const collector = await startHarness()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect((await collector.send(deep)).status).toBe(400)
    const body = JSON.stringify(envelopeFor(collector, ['DEEP'])).replace('"DEEP"', deep)
    const answer = await collector.send(body)
    expect(await answer.json()).toMatchObject({ refused: 1, errors: [{ code: 'too_deep' }] })
  })

  it('a user id with half a character is refused: mended, it could be another user’s', async () => {
    const collector = await startHarness()
    const authorization = `Bearer ${collector.site.secretKey}`
    const send = (user: string) => collector.send({ ...envelopeFor(collector), user }, { authorization })
    const answer = await send('4\ud83d2')
    expect([answer.status, answer.headers.get(DROP_HEADER)]).toEqual([400, 'invalid_envelope'])
    expect((await send('4😀2')).status).toBe(202)
  })

  it('no body makes a 5xx', async () => {
    const collector = await startHarness()
    const statusOf = async (body: unknown): Promise<number> => (await collector.send(body)).status
    const envelopeWith = fc
      .jsonValue()
      .map(value => envelopeFor(collector, [value, { ...eventOf(), props: value }]))
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json(),
      fc.string({ unit: 'binary' }),
      envelopeWith,
    )
    const property = fc.asyncProperty(bodies, async body => {
      expect(await statusOf(body)).toBeLessThan(500)
    })
    await fc.assert(property, { numRuns: 200 })
    expect(collector.warnings).toEqual([])
  })

  it('keys that reach a prototype change nothing', async () => {
    const collector = await startHarness()
    const event = JSON.stringify(eventOf({ type: 'custom' })).replace(
      /}$/,
      ',"props":{"__proto__":{"admin":true},"n":1}}',
    )
    const body = JSON.stringify(envelopeFor(collector, ['EVENT'])).replace('"EVENT"', event)
    expect(await (await collector.send(body)).json()).toMatchObject({ accepted: 1 })
    expect(await factsOf(collector)).toMatchObject([{ props: { n: 1 } }])
    expect(Reflect.get({}, 'admin')).toBeUndefined()
  })
})

describe('a secret key', () => {
  it.each([
    ['Bearer', (key: string) => `Bearer ${key}`],
    ['Basic', (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`],
  ])('as %s makes it a server’s event', async (_, authorization) => {
    const collector = await startHarness()
    const answer = await collector.send(envelopeFor(collector), {
      authorization: authorization(collector.site.secretKey),
    })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
    expect(await factsOf(collector)).toMatchObject([{ origin: 'server', ip: null }])
  })

  it('goes with the site’s id, too; without it an id is no key', async () => {
    const collector = await startHarness()
    const authorization = `Bearer ${collector.site.secretKey}`
    expect((await collector.send(envelopeOf(undefined, 'acme'), { authorization })).status).toBe(202)
    expect((await collector.send(envelopeOf(undefined, 'acme'))).status).toBe(401)
  })

  it.each(['Bearer sk_wrong', 'Bearer', 'Digest x', ''])(
    'that is wrong (%j) is not forgiven',
    async authorization => {
      const collector = await startHarness()
      const answer = await collector.send(envelopeFor(collector), { authorization })
      expect(answer.status).toBe(401)
      expect(answer.headers.get(DROP_HEADER)).toBe('unknown_key')
    },
  )

  it('opens no other site', async () => {
    const collector = await startHarness()
    const other = {
      ...collector.site.site,
      id: 'other',
      publicKey: 'pk_live_other',
      testKey: 'pk_test_other',
      secretKeyHash: 'f'.repeat(64),
    }
    await collector.store.createSite(other)
    const authorization = `Bearer ${collector.site.secretKey}`
    const named = async (site: string) => {
      const answer = await collector.send(envelopeOf(undefined, site), { authorization })
      return { status: answer.status, ...(await answer.json()) }
    }
    const answers = [await named(other.publicKey), await named(other.id), await named('pk_live_nobodys')]
    expect(answers[0]).toMatchObject({ status: 403, code: 'key_mismatch', path: '/site' })
    expect(answers).toEqual(Array(3).fill(answers[0]))
    expect(await collector.store.factsSince('other', 0, 10)).toEqual([])
  })
})

describe('origins', () => {
  const listed = async (): Promise<Harness> => {
    const collector = await startHarness()
    await collector.sites.ensure({ ...collector.site.site, origins: [PAGE] })
    return collector
  }

  it('lets any page send and read the answer when the site names none', async () => {
    const collector = await startHarness()
    const answer = await collector.send(envelopeFor(collector), { origin: 'https://anyone.example' })
    expect(answer.status).toBe(202)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://anyone.example')
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('vary')).toBe('Origin')
  })

  it('lets a listed page send, and refuses others without letting them read why', async () => {
    const collector = await listed()
    const allowed = await collector.send(envelopeFor(collector), { origin: PAGE })
    expect(allowed.headers.get('access-control-allow-origin')).toBe(PAGE)
    for (const origin of [
      'https://evil.example',
      'null',
      'http://www.acme.example',
      `${PAGE}.evil.example`,
    ]) {
      const denied = await collector.send(envelopeFor(collector), { origin })
      expect(denied.status).toBe(403)
      expect(denied.headers.get(DROP_HEADER)).toBe('origin_not_allowed')
      expect(denied.headers.get('access-control-allow-origin')).toBeNull()
      expect(denied.headers.get('access-control-allow-credentials')).toBeNull()
    }
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 1 })
  })

  it('does not ask a program where it is', async () => {
    const collector = await listed()
    expect((await collector.send(envelopeFor(collector))).status).toBe(202)
  })

  it('answers a preflight for sending alone', async () => {
    const { url } = await startHarness()
    const preflight = { 'access-control-request-method': 'POST', origin: PAGE }
    const answer = await fetch(`${url}/v1/events`, { method: 'OPTIONS', headers: preflight })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST')
    expect(answer.headers.get('access-control-allow-headers')).not.toMatch(/authorization/i)
  })
})

describe('durability', () => {
  /** A store whose commits wait until told. */
  const held = () => {
    let release = (): void => {}
    const released = new Promise<void>(resolve => (release = resolve))
    const wrap = (store: Store): Store => ({
      ...store,
      recordUnlessErased: async (batch, judged) => {
        await released
        return store.recordUnlessErased(batch, judged)
      },
    })
    return { wrap, release: () => release() }
  }

  it('nothing is acknowledged before it is committed', async () => {
    const { wrap, release } = held()
    const collector = await startHarness({ wrap })
    let acknowledged = false
    const answer = collector.send(envelopeFor(collector)).then(response => {
      acknowledged = true
      return response
    })
    // A whole other request goes there and back meanwhile.
    for (let i = 0; i < 5; i += 1) expect((await fetch(`${collector.url}/healthz`)).status).toBe(200)
    expect(acknowledged).toBe(false)
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 0 })
    release()
    expect((await answer).status).toBe(202)
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 1 })
  })

  it('a store that cannot commit is a 503 to try again, never a 2xx', async () => {
    const wrap = (store: Store): Store => ({
      ...store,
      recordUnlessErased: () => Promise.reject(new StoreError('full', 'no space left')),
      ping: () => Promise.reject(new StoreError('full', 'no space left')),
    })
    const collector = await startHarness({ wrap })
    const answer = await collector.send(envelopeFor(collector), { origin: PAGE })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE)
    expect(await answer.json()).toMatchObject({ code: 'disk_full' })
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200)
  })

  it('more than can wait is a 503 at once, and what waits is not lost', async () => {
    const { wrap, release } = held()
    let recording: Store['record'] = () => Promise.reject(new Error('not started'))
    const commits = groupCommit(batch => recording(batch), {
      eventsPerCommit: 10,
      sliceMs: 0,
      waitingEvents: 2,
      waitingBytes: 10_000,
    })
    const collector = await startHarness({
      commits,
      wrap: store => {
        const wrapped = wrap(store)
        recording = async batch => {
          const result = await wrapped.recordUnlessErased(batch, { erased: new Set(), upTo: 0 })
          return result === 'stale' ? wrapped.record(batch) : result
        }
        return wrapped
      },
    })
    const waiting = collector.send(envelopeFor(collector, [eventOf(), eventOf()]))
    let turned: Response
    do turned = await collector.send(envelopeFor(collector, [eventOf(), eventOf(), eventOf()]))
    while (turned.status !== 503)
    expect(turned.headers.get('retry-after')).toBe('1')
    expect(await turned.json()).toMatchObject({ code: 'overloaded' })
    release()
    expect(await (await waiting).json()).toMatchObject({ accepted: 2 })
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 2 })
  })
})

describe('X-Forwarded-For', () => {
  it('is believed from nobody unless told', async () => {
    const collector = await startHarness()
    await collector.send(envelopeFor(collector), { 'x-forwarded-for': '198.51.100.7' })
    expect(await factsOf(collector)).toMatchObject([{ ip: '127.0.0.0' }])
  })
})
