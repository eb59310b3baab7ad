import { describe, expect, it } from 'vitest'
import type { Whose } from '../../collector/imports/delivery.ts'
import type { LogFormat } from '../../collector/imports/logs/line.ts'
import { startLogImport } from '../../collector/imports/logs/log-import.ts'
import { placesOf } from '../../collector/imports/logs/places.ts'
import { spanOf } from '../../collector/imports/logs/span.ts'
import { EVENT_ID_PATTERN } from '../../shared/ids.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { accessLog, combinedLine, LOG_DAY, ROBOTS } from '../support/access-log.ts'

interface Choices {
  readonly base?: string | null
  readonly origins?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly skipBots?: boolean
  readonly format?: LogFormat
  readonly now?: number
}

/** What an import of these lines sends and counts. */
async function importing(lines: readonly (string | null)[], choices: Choices = {}) {
  const {
    base = 'https://www.acme.example',
    origins = [],
    from,
    to,
    skipBots = false,
    format = 'auto',
    now = Number.MAX_SAFE_INTEGER,
  } = choices
  const sent: { readonly whose: Whose; readonly event: WireEvent }[] = []
  const delivery = {
    add: async (whose: Whose, event: WireEvent) => {
      sent.push({ whose, event })
    },
    finish: async () => ({ accepted: 0, duplicate: 0, quarantined: 0, refused: 0, errors: [] }),
  }
  const span = spanOf(from, to)
  if (span === null) throw new Error('no span')
  const places = placesOf(base, origins)
  const reading = startLogImport({
    ...{ site: 'acme', secret: '00ff', format, places, span, skipBots, delivery },
    clock: () => now,
  })
  await reading.open('access.log')(lines)
  return { sent, events: sent.map(({ event }) => event), tally: reading.tally() }
}

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36'
const hit = (target: string, more: Partial<Parameters<typeof combinedLine>[0]> = {}): string =>
  combinedLine({ at: LOG_DAY, address: '203.0.113.7', agent: CHROME, target, ...more })

describe('an access log', () => {
  it('gives the visitors, sessions, page views and downloads that are in it, robots apart', async () => {
    const story = accessLog(7, 40, 3)
    const { tally, sent } = await importing(story.lines)
    expect(tally.people).toEqual({ ...story.people, downloads: story.downloads })
    const robots = Object.values(story.robots).reduce((sum, views) => sum + views, 0)
    const counted = Object.values(tally.bots).reduce((sum, { pageViews }) => sum + pageViews, 0)
    expect(counted).toBe(robots)
    expect(tally.bots.ai_crawler?.pageViews).toBe(story.robots.GPTBot)
    expect(tally.bots.link_preview?.pageViews).toBe(story.robots.Slackbot)
    expect(sent).toHaveLength(story.people.pageViews + story.downloads + robots)
    const skipped = Object.values(tally.skipped).reduce((sum, lines) => sum + lines, 0)
    expect(tally.lines).toBe(story.lines.length)
    expect(skipped + sent.length).toBe(tally.lines)
    expect(tally.broken).toBe(0)
  })

  it('becomes events with address, agent and referrer, at their time', async () => {
    const { sent } = await importing([
      hit('/pricing?utm_source=x', { referrer: 'https://www.google.com/' }),
      hit('/guide.pdf', { referrer: 'https://www.acme.example/pricing' }),
    ])
    const context = { ip: '203.0.113.7', userAgent: CHROME }
    const at = LOG_DAY - 2 * 3_600_000
    expect(sent.map(({ event }) => event)).toEqual([
      {
        ...{ id: expect.stringMatching(EVENT_ID_PATTERN), at, context, type: 'page_view' },
        page: { url: 'https://www.acme.example/pricing?utm_source=x', referrer: 'https://www.google.com/' },
      },
      {
        ...{ id: expect.stringMatching(EVENT_ID_PATTERN), at, context, type: 'download' },
        page: { url: 'https://www.acme.example/pricing' },
        props: { url: 'https://www.acme.example/guide.pdf' },
      },
    ])
    expect(sent[0]?.whose).toEqual(sent[1]?.whose)
    expect(JSON.stringify(sent.map(({ whose }) => whose))).not.toContain('203')
  })

  it('gives the same ids again, other ones for other requests, and the entry of a second comes first', async () => {
    const lines = [
      hit('/b', { referrer: 'https://www.acme.example/a' }),
      hit('/a', { referrer: 'https://www.google.com/' }),
      hit('/a', { address: '203.0.113.8' }),
    ]
    const ids = async (some: readonly string[]) => (await importing(some)).events.map(({ id }) => id)
    expect(await ids(lines)).toEqual(await ids(lines))
    expect(new Set(await ids(lines)).size).toBe(3)
    const [inner = '', entry = ''] = await ids(lines)
    expect(entry < inner).toBe(true)
    expect(await ids(lines.map(line => `${line} 0.004`))).toEqual(await ids(lines))
  })

  it('is one visitor’s by address and agent, whoever asks next', async () => {
    const { sent } = await importing([
      hit('/'),
      hit('/', { agent: ROBOTS.curl }),
      hit('/b'),
      hit('/c', { address: 'x' }),
    ])
    expect(new Set(sent.map(({ whose }) => whose.visitor)).size).toBe(3)
  })

  it('is no visit of now that is dated in the future, but for a clock that goes a little ahead', async () => {
    const now = LOG_DAY - 2 * 3_600_000
    const lines = [hit('/a'), hit('/b', { at: LOG_DAY + 50_000 }), hit('/c', { at: LOG_DAY + 61_000 })]
    const { events, tally } = await importing(lines, { now })
    expect(events.map(({ page }) => page?.url)).toEqual([
      'https://www.acme.example/a',
      'https://www.acme.example/b',
    ])
    expect(tally.skipped).toEqual({ future: 1 })
    expect(tally.lastAt).toBe(now + 50_000)
  })

  it('leaves robots out if so asked, and counts them all the same', async () => {
    const { events, tally } = await importing([hit('/'), hit('/', { agent: ROBOTS.Googlebot })], {
      skipBots: true,
    })
    expect(events).toHaveLength(1)
    expect(tally.bots).toEqual({ bot: { visitors: 1, sessions: 1, pageViews: 1, downloads: 0 } })
    expect(tally.skipped).toEqual({ bot: 1 })
  })

  it('says which lines it does not understand, and goes on', async () => {
    const { events, tally } = await importing([
      'nonsense \u001b[2J',
      hit('/'),
      '',
      null,
      ...Array(9).fill('again'),
    ])
    expect(events).toHaveLength(1)
    expect(tally).toMatchObject({ lines: 13, empty: 1, broken: 11 })
    expect(tally.brokenFirst).toHaveLength(5)
    expect(tally.brokenFirst.slice(0, 2)).toEqual([
      { file: 'access.log', line: 1, text: 'nonsense \u001b[2J' },
      { file: 'access.log', line: 4, text: null },
    ])
  })

  it('says when no line names an agent', async () => {
    const common = '203.0.113.7 - - [04/Mar/2026:21:04:07 +0200] "GET / HTTP/1.1" 200 5120'
    const { events, tally } = await importing([common])
    expect(tally).toMatchObject({ withoutAgent: 1, people: { visitors: 1 } })
    expect(events[0]?.context).toEqual({ ip: '203.0.113.7' })
  })

  it('takes an agent that was not sent for a program: every browser sends one', async () => {
    const { tally } = await importing([hit('/', { agent: '-' })])
    expect(tally.people.visitors).toBe(0)
    expect(tally.bots.bot?.visitors).toBe(1)
  })

  it('keeps within the limits of the wire', async () => {
    const long = 'x'.repeat(3_000)
    const { events } = await importing([
      hit(`/a?${long}`, { referrer: `https://r.example/?${long}`, agent: `Mozilla ${long}` }),
      hit(`/${long}`),
    ])
    expect(events[0]).toMatchObject({
      page: { url: 'https://www.acme.example/a', referrer: 'https://r.example/' },
    })
    expect(events[0]?.context?.userAgent).toHaveLength(512)
    expect(events[1]?.page?.url).toHaveLength(1_024)
  })
})

describe('from one day to another', () => {
  const days = [4, 5, 6].map(day => hit('/', { at: Date.UTC(2026, 2, day, 0, 30) }))

  it.each([
    [{}, 3],
    [{ from: '2026-03-05' }, 2],
    [{ to: '2026-03-05' }, 2],
    [{ from: '2026-03-05', to: '2026-03-05' }, 1],
    [{ from: '2026-03-04T22:30:00Z' }, 2],
    [{ from: '2026-03-05T00:30:01+02:00' }, 1],
  ])('%j', async (choices, expected) => {
    const { events, tally } = await importing(days, choices)
    expect(events).toHaveLength(expected)
    expect(tally.skipped.outside ?? 0).toBe(3 - expected)
  })

  it.each(['yesterday', '2026-13-01', '1.3.2026', '2026-03-01T10:00'])('not from %s', text => {
    expect(spanOf(text, undefined)).toBeNull()
  })
})

describe('whose pages', () => {
  const origins = ['https://www.acme.example']
  it.each([
    ['a line without a host', null, 'https://www.acme.example'],
    ['the site’s host', 'www.acme.example:443', 'https://www.acme.example'],
    ['the same without www', 'acme.example', 'https://acme.example'],
    ['behind a proxy that ends TLS', 'www.acme.example:80', 'https://www.acme.example'],
    ['another host', 'rival.example', null],
    ['nonsense', '-', null],
    ['a host that only looks like it', 'www.acme.example.evil.example', null],
  ])('%s', (_, host, expected) => {
    expect(placesOf('https://www.acme.example', origins)(host)).toBe(expected)
  })

  it('are everybody’s when nothing says whose, but of no host they are nobody’s', () => {
    const places = placesOf(null, [])
    expect(places('a.example:80')).toBe('http://a.example')
    expect(places('b.example')).toBe('https://b.example')
    expect(places('c.example:8443')).toBe('https://c.example:8443')
    expect(places(null)).toBeNull()
  })

  it('are skipped when another site’s', async () => {
    const { tally } = await importing([`rival.example:443 ${hit('/')}`, `www.acme.example:443 ${hit('/')}`], {
      origins,
    })
    expect(tally.skipped).toEqual({ other_host: 1 })
    expect(tally.people.pageViews).toBe(1)
  })
})
