import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../shared/time.ts'
import { download, fact, form, NOON, pageView } from '../support/facts.ts'
import { makeWorld, type World } from './world.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.end())

describe('GET /v1/events', () => {
  it('tells what happened, newest first, in the published shape', async () => {
    const view = pageView(NOON, '/pricing/plans', {
      page: {
        url: 'https://acme.example/pricing/plans',
        title: 'Plans',
        referrer: 'https://www.google.com/',
      },
    })
    const claim = form(NOON + 1000, 'newsletter', { email: 'anna@acme.example', jobTitle: 'CEO' })
    await world.happen(view, claim)
    const { data, body } = await world.get('/v1/events')
    const lead = await world.leadId('anna@acme.example')
    expect(body.next).toBeNull()
    expect(data.map(({ id }) => id)).toEqual([claim.id, view.id])
    expect(data[1]).toEqual({
      id: view.id,
      site: 'site',
      type: 'page_view',
      visitor: 'visitor-one',
      lead,
      session: view.session,
      occurredAt: iso(NOON),
      receivedAt: iso(NOON + 100),
      page: {
        url: 'https://acme.example/pricing/plans',
        path: '/pricing/plans',
        title: 'Plans',
        category: 'pricing',
        referrer: 'https://www.google.com/',
      },
      props: {},
      traits: {},
      traffic: { kind: 'human', evidence: null },
    })
    expect(data[0]?.traits).toMatchObject({ email: 'anna@acme.example', jobTitle: 'CEO' })
  })

  it('says of a bot that it is one, and how it was recognised', async () => {
    const userAgent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    await world.happen(pageView(NOON, '/', { userAgent }))
    const [event] = (await world.get('/v1/events')).data
    expect(event?.traffic).toMatchObject({ kind: 'bot', evidence: expect.any(String) })
  })

  it('filters by type, visitor, lead and time, bounds included', async () => {
    const other = { visitor: 'visitor-two', subject: 'visitor-two' }
    const facts = [
      pageView(NOON, '/'),
      pageView(NOON + HOUR_MS, '/', other),
      download(NOON + 2 * HOUR_MS, 'guide.pdf'),
      form(NOON + 3 * HOUR_MS, 'newsletter', { email: 'anna@acme.example' }, other),
    ]
    await world.happen(...facts)
    const found = async (query: string) => {
      const { data } = await world.get(`/v1/events?${query}`)
      return data.map(({ id }) => facts.findIndex(one => one.id === id))
    }
    expect(await found('type=page_view')).toEqual([1, 0])
    expect(await found('visitor=visitor-two')).toEqual([3, 1])
    expect(await found(`lead=${await world.leadId('anna@acme.example')}`)).toEqual([3, 1])
    expect(await found(`since=${iso(NOON + HOUR_MS)}&until=${iso(NOON + 2 * HOUR_MS)}`)).toEqual([2, 1])
    expect(await found('lead=nobody')).toEqual([])
  })

  it('pages through all of it once', async () => {
    const facts = Array.from({ length: 7 }, (_, i) =>
      fact({ type: 'note', occurredAt: NOON + (i % 3) * 1000 }),
    )
    await world.happen(...facts)
    const seen: unknown[] = []
    let cursor = ''
    for (let pages = 0; pages < 3; pages += 1) {
      const { data, body } = await world.get(`/v1/events?limit=3${cursor}`)
      seen.push(...data.map(({ id }) => id))
      cursor = `&cursor=${String(body.next)}`
    }
    expect(cursor).toBe('&cursor=null')
    expect(seen).toHaveLength(7)
    expect(new Set(seen)).toEqual(new Set(facts.map(({ id }) => id)))
  })

  it('needs the scope read', async () => {
    expect((await world.get('/v1/events', await world.token('write'))).status).toBe(403)
    expect((await world.get('/v1/events', 'gp_nobody')).status).toBe(401)
  })
})
