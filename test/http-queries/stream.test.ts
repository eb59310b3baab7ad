import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engagement, fact, form, NOON, pageView } from '../support/facts.ts'
import { type Listening, listen, type Message } from './sse-client.ts'
import { makeWorld, type World } from './world.ts'

const HEAD = { jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }
const demo = (name: string) => {
  const visitor = `visitor-${name}`
  return form(NOON, 'demo', { email: `${name}@acme.example`, ...HEAD }, { visitor, subject: visitor })
}

let world: World
let token: string
const streams: Listening[] = []
beforeEach(async () => {
  world = await makeWorld({ heartbeatMs: 50 })
  token = await world.token('read', 'leads:pii')
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave()
  await world.end()
})

async function open(query = '', lastEventId: string | null = null): Promise<Listening> {
  const stream = await listen(`${world.url}/v1/events/stream${query}`, token, lastEventId)
  streams.push(stream)
  return stream
}

const isHandoff = ({ event }: Message): boolean => event === 'handoff'
const kinds = (messages: readonly Message[]) =>
  messages.map(({ event, data }) => [event, data.to ?? data.type ?? null])

describe('GET /v1/events/stream', () => {
  it('tells of an event, the score it made, the moves and the hand-off', async () => {
    const stream = await open()
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const sent = demo('anna')
    await world.happen(sent)
    const told = await stream.until(isHandoff)
    const lead = await world.leadId('anna@acme.example')
    const about = { site: 'site', lead, visitors: ['visitor-anna'] }
    const only = (event: string) => told.filter(message => message.event === event)
    expect(only('event')).toMatchObject([
      { data: { id: sent.id, type: 'form_submit', visitor: 'visitor-anna' } },
    ])
    expect(only('transition')).toMatchObject([
      { data: { ...about, from: 'anonymous', to: 'lead', actor: 'goldpan', model: 1 } },
      { data: { ...about, from: 'lead', to: 'mql', at: new Date(NOON).toISOString() } },
    ])
    expect(only('handoff')).toMatchObject([{ data: { ...about, status: 'told', fit: { grade: 'B' } } }])
    expect(only('score')).toMatchObject([
      { id: null, data: { ...about, fit: { score: 45, grade: 'B' }, engagement: { score: 50 } } },
    ])
  })

  it('says nothing of what was before', async () => {
    await world.happen(demo('anna'))
    const stream = await open()
    const later = pageView(NOON, '/')
    await world.happen(later)
    expect((await stream.next()).data.id).toBe(later.id)
  })

  it('loses and doubles nothing over reconnects at every point', async () => {
    const whole = await open()
    const heard: Message[] = []
    let position: string | null = null
    const names = ['anna', 'boris', 'clara', 'dimo', 'elena']
    let stream = await open()
    for (const [index, name] of names.entries()) {
      await world.happen(demo(name))
      for (let read = 0; read <= index; read += 1) heard.push(await stream.next())
      position = stream.lastEventId()
      stream.leave()
      await world.happen(pageView(NOON + index, '/', { visitor: 'visitor-else', subject: 'visitor-else' }))
      stream = await open('', position)
    }
    const marker = fact({ type: 'the_end', occurredAt: NOON })
    await world.happen(marker)
    const isEnd = ({ data }: Message): boolean => data.id === marker.id
    heard.push(...(await stream.until(isEnd)))
    // What has an id is news to be told once; scores are only the latest state.
    const told = (messages: readonly Message[]) =>
      messages
        .filter(({ id }) => id !== null)
        .map(({ event, data }) =>
          JSON.stringify([event, keyOf({ ...data, lead: event === 'event' ? null : data.lead })]),
        )
    const expected = told(await whole.until(isEnd))
    expect(expected).toHaveLength(5 * 4 + 5 + 1)
    expect(told(heard).sort()).toEqual(expected.sort())
  })

  it('can be resumed before it has told anything', async () => {
    const stream = await open()
    await stream.comment()
    const position = stream.lastEventId()
    stream.leave()
    const missed = pageView(NOON, '/')
    await world.happen(missed)
    const resumed = await open('', position)
    expect((await resumed.next()).data.id).toBe(missed.id)
  })

  it('refuses a position that is none, and starts from now at one of the future', async () => {
    const answer = await fetch(`${world.url}/v1/events/stream`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': '1 OR 1=1' },
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_position' })
    const ahead = await open('', '900000.900000')
    const sent = pageView(NOON, '/')
    await world.happen(sent)
    expect((await ahead.next()).data.id).toBe(sent.id)
  })

  it('filters by visitor, by type and by lead', async () => {
    await world.happen(demo('anna'))
    const anna = await world.leadId('anna@acme.example')
    const [byVisitor, byType, byLead] = await Promise.all([
      open('?visitor=visitor-boris'),
      open('?type=download'),
      open(`?lead=${anna}`),
    ])
    await world.happen(demo('boris'))
    const mine = pageView(NOON + 1, '/', { visitor: 'visitor-anna', subject: 'visitor-anna' })
    const file = fact({
      type: 'download',
      occurredAt: NOON + 2,
      props: { url: 'https://a.example/x', file: 'x' },
    })
    await world.happen(mine, file)

    const boris = await byVisitor.until(isHandoff)
    expect(new Set(boris.map(({ data }) => data.visitor ?? data.visitors?.toString()))).toEqual(
      new Set(['visitor-boris']),
    )
    const typed = await byType.until(({ event }) => event === 'event')
    expect(kinds(typed).filter(([event]) => event === 'event')).toEqual([['event', 'download']])
    const led = await byLead.until(({ event }) => event === 'event')
    expect(led.at(-1)?.data.id).toBe(mine.id)
    expect(led.filter(({ data }) => data.lead !== anna && data.id !== mine.id)).toEqual([])
  })

  it('names the page of a report on a view told before', async () => {
    const view = pageView(NOON, '/pricing')
    await world.happen(view)
    const stream = await open()
    await world.happen(engagement(NOON + 20_000, view, 20_000))
    const told = await stream.until(({ event }) => event === 'event')
    expect(told.at(-1)?.data).toMatchObject({
      type: 'engagement',
      page: { path: '/pricing', category: 'pricing' },
    })
  })

  it('lets no value break out of its message', async () => {
    const stream = await open()
    const title = 'a\r\n\r\nevent: handoff\r\ndata: {"lead":"evil"}\n\nid: 1.1\u2028'
    await world.happen(pageView(NOON, '/', { page: { url: 'https://acme.example/', title } }))
    const message = await stream.next()
    expect(message.event).toBe('event')
    expect(message.data.page).toMatchObject({ title })
  })

  it('keeps an idle connection alive with comments', async () => {
    const stream = await open()
    expect(await stream.comment()).toBe(':')
    expect(await stream.comment()).toBe(':')
  })

  it('ends when the collector closes, for those who come later too', async () => {
    const stream = await open()
    world.closeFeed()
    await stream.ended()
    await (await open()).ended()
  })

  it('disconnects a reader that does not read, and keeps telling the others', async () => {
    const { hostname, port } = new URL(world.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `GET /v1/events/stream HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\n\r\n`,
    )
    await new Promise(resolve => socket.once('data', resolve))
    socket.pause()
    const other = await open()

    const text = 'x'.repeat(30_000)
    const count = 800
    for (let sent = 0; sent < count; sent += 100) {
      const batch = Array.from({ length: 100 }, () =>
        fact({ type: 'big', occurredAt: NOON, props: { text } }),
      )
      await world.record(...batch)
      for (let read = 0; read < 100; ) if ((await other.next()).event === 'event') read += 1
    }
    let bytes = 0
    socket.on('data', chunk => {
      bytes += chunk.length
    })
    socket.on('error', () => {})
    socket.resume()
    await new Promise(resolve => socket.once('close', resolve))
    expect(bytes).toBeLessThan(count * text.length)
  })
})

/** What makes a message the same as another one. */
function keyOf({ id, lead, from, to, at }: Message['data']): readonly unknown[] {
  return [id, lead, from, to, at].map(value => value ?? null)
}
