import { describe, expect, it } from 'vitest'
import { envelopeOf, eventOf, NOON, VISITOR } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'

const HOUR = 3_600_000
const PERSONAL = 'anna@acme.example'
const BROKEN = { ...eventOf({ type: 'download' }), props: { [PERSONAL]: PERSONAL } }
const MENDED = { type: 'download', at: NOON - HOUR, props: { url: 'https://www.acme.example/guide.pdf' } }

async function ready(events: readonly unknown[] = [BROKEN], sent: object = {}) {
  let now = NOON
  const collector = await startHarness({ clock: () => now })
  const headers = { 'user-agent': 'Firefox/140' }
  await collector.send({ ...envelopeOf(events, collector.site.site.publicKey), ...sent }, headers)
  const tokens = { read: await collector.token('read'), pii: await collector.token('read', 'leads:pii') }
  const write = await collector.token('write')
  const ask = async (path: string, token: string, body?: unknown) => {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }
    const answer = await fetch(`${collector.url}/v1/quarantine${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
    })
    return { status: answer.status, body: await answer.json() }
  }
  const [first] = (await ask('', tokens.pii)).body.data
  const settle = (verb: string, body: unknown = MENDED, id = first?.id) => ask(`/${id}/${verb}`, write, body)
  const facts = () => collector.store.factsSince('acme', 0, 100)
  return { ...collector, ask, settle, tokens, first, facts, wait: (ms: number) => (now += ms) }
}

describe('GET /v1/quarantine', () => {
  it('shows what waits and what is wrong with it', async () => {
    const { first } = await ready()
    expect(first).toEqual({
      id: expect.any(String),
      receivedAt: new Date(NOON).toISOString(),
      code: 'invalid_props',
      path: '/props',
      message: expect.stringMatching(/^expected .+, came /),
      type: 'download',
      visitor: VISITOR,
      session: 'session-0001',
      event: BROKEN,
    })
  })

  it('shows nothing personal without leads:pii, in whatever shape it came', async () => {
    const events = [BROKEN, { type: PERSONAL }, PERSONAL, [PERSONAL], { [PERSONAL]: { [PERSONAL]: 1 } }, null]
    const deep = { ...eventOf(), props: { [PERSONAL]: 'x'.repeat(2_000) } }
    const { ask, tokens } = await ready([...events, deep])
    const { body } = await ask('', tokens.read)
    expect(body.data).toHaveLength(7)
    expect(JSON.stringify(body)).not.toContain('anna')
    expect(
      body.data.every((item: { redacted?: true; event: unknown }) => item.redacted && item.event === null),
    ).toBe(true)
    expect(JSON.stringify((await ask('', tokens.pii)).body)).toContain(PERSONAL)
  })

  it('goes on page by page', async () => {
    const { ask, tokens } = await ready([BROKEN, { nth: 1 }, { nth: 2 }])
    const { data, next } = (await ask('?limit=2', tokens.pii)).body
    expect(data).toHaveLength(2)
    expect((await ask(`?limit=2&cursor=${next}`, tokens.pii)).body).toMatchObject({
      data: [{ event: BROKEN }],
      next: null,
    })
  })

  it('keeps no whole address of who was spoken for', async () => {
    const collector = await startHarness()
    const event = { ...eventOf(), at: 'noon', context: { ip: '203.0.113.77', userAgent: 'x' } }
    const headers = { authorization: `Bearer ${collector.site.secretKey}` }
    await collector.send(envelopeOf([event], collector.site.site.publicKey), headers)
    const [aside] = await collector.store.aside('acme', 1)
    expect(aside?.body).toContain('"ip":"203.0.113.0"')
  })
})

describe('POST /v1/quarantine/:id/release', () => {
  it('is an ingest that keeps its time of arrival and its sender', async () => {
    const { settle, first, facts, wait, store } = await ready()
    wait(24 * HOUR)
    const { status, body } = await settle('release')
    expect(status).toBe(200)
    expect(body).toEqual({
      site: 'acme',
      id: first.id,
      status: 'released',
      event: BROKEN.id,
      outcome: 'accepted',
    })
    expect(await facts()).toMatchObject([
      {
        id: BROKEN.id,
        visitor: VISITOR,
        subject: VISITOR,
        session: 'session-0001',
        receivedAt: NOON,
        occurredAt: NOON - HOUR,
        origin: 'browser',
        ip: '127.0.0.0',
        userAgent: 'Firefox/140',
        props: MENDED.props,
        tooLate: false,
      },
    ])
    expect(await store.counts('acme')).toMatchObject({ facts: 1, quarantined: 0, dirty: 1 })
  })

  it('happens once: again, at the same time, and with another id in the body', async () => {
    const { settle, facts } = await ready()
    const both = await Promise.all([settle('release'), settle('release', { ...MENDED, id: eventOf().id })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await settle('release')).toMatchObject({
      status: 409,
      body: { code: 'already_settled', settled: { status: 'released', by: 'test' } },
    })
    expect(await settle('discard', {})).toMatchObject({ status: 409 })
    expect(await facts()).toHaveLength(1)
  })

  it('an event that came without an id gets the same one each time', async () => {
    const { settle, facts, store, first } = await ready([{ nonsense: true }])
    const { body } = await settle('release')
    expect(body.outcome).toBe('accepted')
    expect((await facts()).map(({ id }) => id)).toEqual([body.event])
    expect((await store.asideById('acme', first.id))?.settled?.as).toBe('released')
  })

  it('stays a server’s word of the customer’s own user', async () => {
    const collector = await startHarness()
    const authorization = `Bearer ${collector.site.secretKey}`
    const { visitor: _, session: __, ...envelope } = envelopeOf([BROKEN], collector.site.site.publicKey)
    await collector.send({ ...envelope, user: 'c-1' }, { authorization })
    const answer = await fetch(`${collector.url}/v1/quarantine/1/release`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await collector.token('write')}` },
      body: JSON.stringify({ ...MENDED, context: { ip: '203.0.113.9', userAgent: 'Safari' } }),
    })
    expect(answer.status).toBe(200)
    expect(await collector.store.factsSince('acme', 0, 9)).toMatchObject([
      {
        subject: 'user:c-1',
        origin: 'server',
        noted: { user: 'c-1' },
        ip: '203.0.113.0',
        userAgent: 'Safari',
      },
    ])
  })

  it('says what is wrong while it is, and keeps it waiting', async () => {
    const { settle, facts, store } = await ready()
    expect(await settle('release', { ...MENDED, props: {} })).toMatchObject({
      status: 422,
      body: { code: 'still_invalid', error: { code: 'invalid_props', path: '/props' } },
    })
    for (const nonsense of [null, 7, [], '"x"', { type: 'decision', at: NOON }, { ...MENDED, context: {} }])
      expect((await settle('release', nonsense)).status).toBe(422)
    const bomb = `{"type":"x","props":{"a":${'['.repeat(12_000)}${']'.repeat(12_000)}}}`
    expect(await settle('release', bomb)).toMatchObject({
      status: 422,
      body: { error: { code: 'too_deep' } },
    })
    expect(await facts()).toEqual([])
    expect(await store.counts('acme')).toMatchObject({ quarantined: 1 })
  })

  it('scrubs what is mended as it would have been', async () => {
    const { settle, facts } = await ready()
    await settle('release', { ...MENDED, page: { url: `https://www.acme.example/?email=${PERSONAL}` } })
    expect(await facts()).toMatchObject([{ page: { url: 'https://www.acme.example/' } }])
  })

  it('refuses an event that is not there', async () => {
    const { settle } = await ready()
    for (const verb of ['release', 'discard'])
      for (const id of ['999', 'x', '%27'])
        expect(await settle(verb, MENDED, id)).toMatchObject({
          status: 404,
          body: { code: 'unknown_quarantined' },
        })
  })
})

describe('an event in quarantine that is sent again', () => {
  const counts = (accepted: number, duplicate: number, quarantined: number) => ({
    ...{ accepted, duplicate, quarantined, refused: 0 },
  })

  it('is kept once, counted once, and its sender told what is wrong each time', async () => {
    const { send, site, store } = await ready()
    const again = await send(envelopeOf([eventOf(), BROKEN, BROKEN], site.site.publicKey))
    expect(again.status).toBe(202)
    const flaw = { code: 'invalid_props', path: '/props', message: expect.stringMatching(/^expected/) }
    expect(await again.json()).toEqual({
      ...counts(1, 2, 0),
      errors: [
        { index: 1, ...flaw },
        { index: 2, ...flaw },
      ],
    })
    expect(await store.counts('acme')).toMatchObject({ facts: 1, quarantined: 1 })
  })

  it.each([
    ['released', 'release', MENDED, 1],
    ['discarded', 'discard', {}, 0],
  ])('does not come back when it was %s', async (_, verb, body, facts) => {
    const { send, site, settle, store } = await ready()
    await settle(verb, body)
    const again = await send(envelopeOf([BROKEN], site.site.publicKey))
    expect(await again.json()).toMatchObject(counts(0, 1, 0))
    expect(await store.counts('acme')).toMatchObject({ facts, quarantined: 0 })
  })

  it('is known without an id, too, when it says when it happened', async () => {
    const dated = { type: 'download', at: NOON, props: {} }
    const events = [dated, { type: 'download', props: {} }]
    const { send, site, store, settle, first, ask, tokens } = await ready(events)
    const again = await send(envelopeOf(events, site.site.publicKey))
    expect(await again.json()).toMatchObject(counts(0, 1, 1))
    const other = { ...envelopeOf([dated], site.site.publicKey), visitor: 'visitor-0002' }
    expect(await (await send(other)).json()).toMatchObject(counts(0, 0, 1))
    expect(await store.counts('acme')).toMatchObject({ quarantined: 4 })
    const { data } = (await ask('', tokens.pii)).body
    expect(data.at(-1)).toMatchObject({ event: dated })
    expect(first).toMatchObject({ event: { props: {} } })
    expect((await settle('release', MENDED, data.at(-1).id)).body).toMatchObject({ outcome: 'accepted' })
    expect(await (await send(envelopeOf([dated], site.site.publicKey))).json()).toMatchObject(counts(0, 1, 0))
    expect(await store.counts('acme')).toMatchObject({ facts: 1, quarantined: 3 })
  })

  it('is taken when it is sound by then, and a release finds it', async () => {
    const { send, site, settle, facts } = await ready()
    const sound = { ...BROKEN, props: MENDED.props }
    const answer = await send(envelopeOf([sound], site.site.publicKey))
    expect(await answer.json()).toMatchObject(counts(1, 0, 0))
    expect((await settle('release')).body).toMatchObject({ status: 'released', outcome: 'duplicate' })
    expect(await facts()).toHaveLength(1)
  })
})

it('POST /v1/quarantine/:id/discard lets one go', async () => {
  const { settle, store, first, facts } = await ready()
  expect(await settle('discard', {})).toMatchObject({
    status: 200,
    body: { id: first.id, status: 'discarded' },
  })
  expect(await settle('release')).toMatchObject({ status: 409, body: { settled: { status: 'discarded' } } })
  expect((await store.asideById('acme', first.id))?.body).toBe('null')
  expect(await facts()).toEqual([])
})
