import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { form, NOON } from '../support/facts.ts'
import { listen } from './sse-client.ts'
import { makeWorld, type World } from './world.ts'

const EMAIL = 'anna@acme.example'
/** The same person in the same browser on two sites. */
const on = (site: string, given: Partial<Fact> = {}): Fact =>
  form(NOON, 'newsletter', { email: EMAIL }, { site, ...given })

let world: World
beforeEach(async () => {
  world = await makeWorld({ sites: ['north', 'south'] })
  await world.happen(on('north'), on('south'))
})
afterEach(() => world.end())

describe('two sites', () => {
  it.each([
    '/v1/leads',
    '/v1/accounts',
    '/v1/accounts/x',
    '/v1/events',
    '/v1/events/stream',
    '/v1/leads/x',
    '/v1/leads/x/timeline',
  ])('%s asks which one', async path => {
    const { status, body } = await world.get(path)
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'site_required' })
    expect(body.detail).toContain('north, south')
  })

  it('knows no third', async () => {
    expect(await world.get('/v1/leads?site=west')).toMatchObject({
      status: 404,
      body: { code: 'unknown_site' },
    })
  })

  it('shows each its own people and events', async () => {
    for (const site of ['north', 'south']) {
      const leads = await world.get(`/v1/leads?site=${site}`)
      expect(leads.data.map(lead => lead.site)).toEqual([site])
      const events = await world.get(`/v1/events?site=${site}&visitor=visitor-one`)
      expect(events.data.map(event => event.site)).toEqual([site])
    }
  })

  it.each(['', '/timeline', '/transitions', '/score'])('keeps a lead%s from the other site', async rest => {
    const id = await world.leadId(EMAIL, 'north')
    expect((await world.get(`/v1/leads/${id}${rest}?site=north`)).status).toBe(200)
    expect((await world.get(`/v1/leads/${id}${rest}?site=south`)).status).toBe(404)
  })

  it('keeps an account, and whose lead is in it, from the other site', async () => {
    const [north] = (await world.get('/v1/accounts?site=north')).data
    const [south] = (await world.get('/v1/accounts?site=south')).data
    expect([north?.domain, south?.domain]).toEqual(['acme.example', 'acme.example'])
    expect(north?.id).not.toBe(south?.id)
    expect((await world.get(`/v1/accounts/${north?.id}?site=north`)).status).toBe(200)
    expect((await world.get(`/v1/accounts/${north?.id}?site=south`)).status).toBe(404)
    expect((await world.get(`/v1/leads?account=${north?.id}&site=north`)).data).toHaveLength(1)
    expect((await world.get(`/v1/leads?account=${north?.id}&site=south`)).data).toEqual([])
  })

  it('moves no lead through the other site', async () => {
    const id = await world.leadId(EMAIL, 'north')
    const path = (site: string) => `/v1/leads/${id}/transitions?site=${site}`
    expect((await world.post(path('south'), { to: 'sal', reason: 'x' })).status).toBe(404)
    expect((await world.post(path('north'), { to: 'sal', reason: 'x' })).status).toBe(201)
  })

  it('streams nothing of the other site', async () => {
    const stream = await listen(`${world.url}/v1/events/stream?site=north`, await world.token('read'))
    await world.happen(on('south', { visitor: 'visitor-s', subject: 'visitor-s' }))
    const ours = on('north', { visitor: 'visitor-n', subject: 'visitor-n' })
    await world.happen(ours)
    const told = await stream.until(({ event, data }) => event === 'event' && data.id === ours.id)
    expect(new Set(told.map(({ data }) => data.site))).toEqual(new Set(['north']))
    stream.leave()
  })
})
