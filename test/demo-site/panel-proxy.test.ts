import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningSite, startSite } from './start-site.ts'
import { EMPTY, GROWING, measured, viewed } from './worlds.ts'

let site: RunningSite
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

const state = (visitor: string, headers: Record<string, string> = {}) =>
  fetch(`${site.url}/panel/state?visitor=${encodeURIComponent(visitor)}`, { headers })

describe('/panel/state', () => {
  it('is one answer: events, the person behind them and the score', async () => {
    Object.assign(site.collector.world, GROWING)
    const response = await state('visitor-0001')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      events: GROWING.events,
      hasMore: false,
      earlier: [],
      lead: GROWING.lead,
      score: GROWING.score,
      bar: { fit: 40, engagement: 40 },
    })
    expect(site.collector.asked.map(({ url }) => url)).toEqual([
      '/v1/events?site=demo&visitor=visitor-0001&limit=150',
      '/v1/leads/person-1?site=demo',
      '/v1/leads/person-1/score?site=demo',
    ])
  })

  it('says when there is more, and gives what was done on purpose however long ago', async () => {
    Object.assign(site.collector.world, GROWING, { events: [...measured(150), ...GROWING.events] })
    const answer = (await (await state('visitor-0001')).json()) as { events: unknown[]; earlier: unknown[] }
    expect(answer).toMatchObject({ hasMore: true })
    expect(answer.events).toHaveLength(150)
    const deeds = GROWING.events.filter(({ type }) => type !== 'engagement')
    expect(answer.earlier).toHaveLength(deeds.length)
    expect(answer.earlier).toEqual(expect.arrayContaining(deeds))
  })

  it('asks with the token and never passes it on', async () => {
    Object.assign(site.collector.world, GROWING)
    const response = await state('visitor-0001')
    expect(new Set(site.collector.asked.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer secret-panel-token']),
    )
    const told = JSON.stringify([...response.headers]) + (await response.text())
    expect(told).not.toContain('secret-panel-token')
    for (const path of ['/', '/panel.js']) {
      expect(await (await fetch(site.url + path)).text()).not.toContain('secret-panel-token')
    }
  })

  it('knows nobody before the first event is judged', async () => {
    Object.assign(site.collector.world, EMPTY, { events: [{ ...viewed, lead: null }] })
    expect(await (await state('visitor-0001')).json()).toMatchObject({ lead: null, score: null })
  })

  it.each(['', 'short', 'a/../../v1/leads', 'visitor-0001&lead=x', `x${'y'.repeat(64)}`, 'visitor-0001\r\n'])(
    'refuses the visitor %j without asking the collector',
    async visitor => {
      for (const path of ['state', 'stream']) {
        const response = await fetch(`${site.url}/panel/${path}?visitor=${encodeURIComponent(visitor)}`)
        expect(response.status).toBe(400)
        expect(await response.json()).toMatchObject({ status: 400 })
      }
      expect(site.collector.asked).toEqual([])
    },
  )

  it('answers its own pages only', async () => {
    expect((await state('visitor-0001', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await state('visitor-0001', { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await state('visitor-0001', { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect(site.collector.asked).toHaveLength(1)
  })

  it('says so when the collector is away', async () => {
    await site.collector.close()
    const response = await state('visitor-0001')
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('did not answer') })
  })
})

describe('/panel/stream', () => {
  it('passes on what the collector tells, resumes where the browser was, and hangs up with the browser', async () => {
    const leaving = new AbortController()
    const response = await fetch(`${site.url}/panel/stream?visitor=visitor-0001`, {
      signal: leaving.signal,
      headers: { 'last-event-id': '12.3' },
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(site.collector.asked[0]?.url).toBe('/v1/events/stream?site=demo&visitor=visitor-0001')
    expect(site.collector.asked[0]?.lastEventId).toBe('12.3')

    site.collector.tell('event', { id: 'e9' }, '13.3')
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('e9')) break
    }
    expect(text).toContain('id: 13.3\nevent: event\ndata: {"id":"e9"}\n\n')

    leaving.abort()
    await expect.poll(() => site.collector.streams()).toBe(0)
  })

  it('does not keep the site from closing', async () => {
    const hangup = new Promise(resolve => {
      request(`${site.url}/panel/stream?visitor=visitor-0001`, response => {
        response.on('error', resolve).on('close', resolve).resume()
      })
        .on('error', resolve)
        .end()
    })
    await expect.poll(() => site.collector.streams()).toBe(1)
    await site.demo.close()
    await hangup
    await expect.poll(() => site.collector.streams()).toBe(0)
  })
})
