import { describe, expect, it } from 'vitest'
import { NOTHING_TO_NOTE } from '../../collector/ingest/noting.ts'
import { countCrowds } from '../../collector/networks/crowd.ts'
import { envelopeOf, eventOf, NOON } from '../ingest/wire-samples.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'

async function ready(changes: Parameters<typeof startHarness>[0] = {}) {
  const collector = await startHarness(changes)
  await collector.store.publishModel('acme', published(EXAMPLE))
  await collector.sites.ensure({ id: 'acme', name: 'Acme', origins: [PAGE] })
  const key = collector.site.site.publicKey
  const ask = async (
    events: readonly unknown[],
    headers: Readonly<Record<string, string>> = {},
    site = key,
  ) => {
    const answer = await fetch(`${collector.url}/v1/validate`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: JSON.stringify(envelopeOf(events, site)),
    })
    return { status: answer.status, headers: answer.headers, body: await answer.json() }
  }
  return { ...collector, ask, key }
}

const SUBMIT = eventOf({
  type: 'form_submit',
  page: { url: `${PAGE}/pricing?utm_source=x&secret=1` },
  props: {
    form: { id: 'demo-request' },
    fields: [{ name: 'email', type: 'email', value: 'anna@acme.example' }],
  },
})
const EVENTS = [SUBMIT, { nonsense: true }, eventOf({ type: 'decision', props: {} })]

describe('POST /v1/validate', () => {
  it('says of each event what would become of it, and keeps nothing', async () => {
    const { ask, store } = await ready()
    const { status, body } = await ask(EVENTS)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      site: 'acme',
      events: [
        {
          index: 0,
          outcome: 'accepted',
          code: null,
          understood: {
            page: { url: `${PAGE}/pricing?utm_source=x`, path: '/pricing', category: 'pricing' },
            traits: { email: 'anna@acme.example' },
            form: { id: 'demo-request' },
          },
        },
        { index: 1, outcome: 'quarantined', code: 'invalid_event', path: '', understood: null },
        { index: 2, outcome: 'refused', code: 'reserved_type', path: '/type', understood: null },
      ],
    })
    expect(await store.counts('acme')).toEqual({ facts: 0, persons: 0, quarantined: 0, dirty: 0 })
  })

  it('agrees with what becomes of the same events', async () => {
    const { ask, send, key } = await ready()
    const { body } = await ask(EVENTS)
    const taken = await (await send(envelopeOf(EVENTS, key))).json()
    const outcomes = (body.events as readonly { outcome: string }[]).map(({ outcome }) => outcome)
    for (const outcome of ['accepted', 'quarantined', 'refused'])
      expect(taken[outcome]).toBe(outcomes.filter(one => one === outcome).length)
  })

  it('tells who is behind the traffic to the owner, and to nobody with the public key', async () => {
    const { ask, site, token } = await ready()
    const robot = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }
    const trafficSeen = async (headers: Readonly<Record<string, string>>, name?: string) =>
      (await ask([eventOf()], headers, name)).body.events[0].understood.traffic
    expect(await trafficSeen(robot)).toBeUndefined()
    const bearer = { ...robot, authorization: `Bearer ${await token('read')}` }
    expect(await trafficSeen(bearer)).toMatchObject({ kind: 'bot' })
    expect(await trafficSeen(bearer, 'acme')).toMatchObject({ kind: 'bot' })
    const server = { authorization: `Bearer ${site.secretKey}` }
    expect(await trafficSeen(server)).toEqual({ kind: 'human', evidence: null })
  })

  it('judges as a server’s what comes with the secret key', async () => {
    const { ask, site } = await ready()
    const event = eventOf({ context: { ip: '203.0.113.9' } })
    expect((await ask([event])).body.events).toMatchObject([
      { outcome: 'refused', code: 'secret_key_needed' },
    ])
    const asServer = await ask([event], { authorization: `Bearer ${site.secretKey}` })
    expect(asServer.body.events).toMatchObject([{ outcome: 'accepted' }])
  })

  it.each([
    ['an unknown key', {}, 'pk_live_other', 401, 'unknown_key'],
    ['a page of another site', { origin: 'https://evil.example' }, undefined, 403, 'origin_not_allowed'],
    ['a token nobody holds', { authorization: 'Bearer gp_x' }, undefined, 401, 'unauthenticated'],
    ['a secret key of nobody', { authorization: 'Bearer sk_x' }, undefined, 401, 'unknown_key'],
  ])('refuses %s', async (_, headers: Readonly<Record<string, string>>, site, status, code) => {
    const { ask } = await ready()
    expect(await ask([eventOf()], headers, site)).toMatchObject({ status, body: { code } })
  })

  it('needs the scope read of a token', async () => {
    const { ask, token } = await ready()
    const answer = await ask([eventOf()], { authorization: `Bearer ${await token('write')}` })
    expect(answer).toMatchObject({ status: 403, body: { code: 'missing_scope', missing: ['read'] } })
  })

  it('counts nobody in', async () => {
    const crowds = countCrowds()
    const network = ({
      address,
      visitor,
      now,
    }: {
      address: string
      visitor: string | null
      now: number
    }) => ({
      crowd: crowds.seen(address, visitor, now),
    })
    const { ask } = await ready({ noting: { ...NOTHING_TO_NOTE, network } })
    await ask([eventOf()])
    expect(crowds.seen('127.0.0.1', null, NOON)).toBe(0)
  })
})
