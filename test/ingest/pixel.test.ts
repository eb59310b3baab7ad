import { describe, expect, it } from 'vitest'
import { openRepeats, type PixelRequest, REPEAT_MS, readPixel } from '../../collector/ingest/pixel.ts'
import { EVENT_ID_PATTERN } from '../../shared/ids.ts'
import { NOON } from './wire-samples.ts'

const ID = '00000000-0000-7000-8000-000000000001'

const read = (query: string, over: Partial<PixelRequest> = {}) =>
  readPixel({
    query: new URLSearchParams(query),
    referer: 'https://www.acme.example/pricing',
    visitor: 'visitor-0001',
    id: ID,
    now: NOON,
    params: [],
    ...over,
  })

describe('the image of a page', () => {
  it('is a view of the page that the Referer names', () => {
    expect(read('site=pk_live_a')).toEqual({
      envelope: {
        v: 1,
        site: 'pk_live_a',
        sentAt: NOON,
        visitor: 'visitor-0001',
        events: [{ id: ID, type: 'page_view', at: NOON, page: { url: 'https://www.acme.example/pricing' } }],
      },
      onPage: true,
      flaw: null,
    })
  })

  it('says itself which page it is, with its title and where the visit came from', () => {
    const query = new URLSearchParams({
      url: 'https://www.acme.example/demo?utm_source=x&email=a@b.example#top',
      title: 'Demo',
      referrer: 'https://search.example/?q=secret',
    })
    expect(read(query.toString()).envelope?.events).toMatchObject([
      {
        page: {
          url: 'https://www.acme.example/demo?utm_source=x',
          title: 'Demo',
          referrer: 'https://search.example/',
        },
      },
    ])
  })

  it('keeps the parameters that the owner keeps, and no token of ours', () => {
    const url = 'https://www.acme.example/?plan=pro&utm_goldpan=abcdefgh&utm_goldpan_own=abcdefgh'
    expect(read(`url=${encodeURIComponent(url)}`, { params: ['plan'] }).envelope?.events).toMatchObject([
      { page: { url: 'https://www.acme.example/?plan=pro' } },
    ])
  })

  it('without Referer and address is a view of an unknown page', () => {
    expect(read('', { referer: null, visitor: null }).envelope?.events).toEqual([
      { id: ID, type: 'page_view', at: NOON },
    ])
  })

  it.each(['javascript:alert(1)', '/pricing', 'file:///etc/passwd', ''])('has no address %j', url => {
    expect(read(`url=${encodeURIComponent(url)}`).flaw).toMatchObject({
      code: 'invalid_event',
      path: '/page/url',
    })
  })
})

describe('the image of a mail', () => {
  it('is an open of a campaign, without page and visitor, whatever came with it', () => {
    const { envelope } = read(
      'type=email_open&campaign=spring&mail=2&utm_source=newsletter&url=https://a.example&email=x',
    )
    expect(envelope).not.toHaveProperty('visitor')
    expect(envelope?.events).toEqual([
      {
        id: ID,
        type: 'email_open',
        at: NOON,
        props: { campaign: 'spring', mail: 2, utm_source: 'newsletter' },
      },
    ])
  })

  it.each([
    ['utm_campaign=spring', { campaign: 'spring', utm_campaign: 'spring' }],
    ['campaign=a&utm_campaign=b', { campaign: 'a', utm_campaign: 'b' }],
    ['mail=second', { mail: 'second' }],
    ['utm_goldpan=token&utm_else=1', {}],
  ])('%s', (query, props) => {
    expect(read(`type=email_open&${query}`).envelope?.events).toMatchObject([{ props }])
  })
})

it.each(['form_submit', 'identify', 'decision', 'email_click', '', 'constructor'])(
  'an image is no %j',
  type => {
    expect(read(`type=${type}`).flaw).toMatchObject({ code: 'invalid_event', path: '/type' })
  },
)

describe('ids of requests', () => {
  function repeats(remembered?: number) {
    let now = NOON
    const idFor = openRepeats(() => now, remembered)
    return { idFor: (...parts: readonly string[]) => idFor(parts), wait: (ms: number) => (now += ms) }
  }

  it('the same within five seconds, another one after', () => {
    for (const offset of [0, 1, REPEAT_MS - 1, REPEAT_MS + 1]) {
      const { idFor, wait } = repeats()
      wait(offset)
      const first = idFor('a')
      expect(first).toMatch(new RegExp(EVENT_ID_PATTERN))
      wait(REPEAT_MS - 1)
      expect(idFor('a'), `${offset}`).toBe(first)
      wait(1)
      expect(idFor('a'), `${offset}`).not.toBe(first)
    }
  })

  it('another one for another request, however its parts are cut', () => {
    const { idFor } = repeats()
    expect(new Set([idFor('a', 'b'), idFor('ab', ''), idFor('a'), idFor('a,b')]).size).toBe(4)
  })

  it('does not end when the clock goes back', () => {
    const { idFor, wait } = repeats()
    const first = idFor('a')
    wait(-3_600_000)
    expect(idFor('a')).not.toBe(first)
    expect(idFor('a')).toBe(idFor('a'))
  })

  it('remembers no more than it may', () => {
    const { idFor } = repeats(10)
    const first = idFor('first')
    for (let nth = 0; nth < 25; nth += 1) idFor(String(nth))
    expect(idFor('first')).not.toBe(first)
    expect(idFor('24')).toBe(idFor('24'))
  })
})
