import { describe, expect, it } from 'vitest'
import type { EmailClick, Fact } from '../../collector/contracts/facts.ts'
import { clickTokenIn, withClickToken } from '../../collector/ingest/click-token.ts'
import { cutUrl } from '../../collector/ingest/cut-url.ts'
import { clickOf, NOTHING_TO_NOTE, type Noting } from '../../collector/ingest/noting.ts'
import { fact, NOON } from '../support/facts.ts'

const TOKEN = 'aB3-_x'
const URL_OF_CLICK = `https://www.acme.example/pricing?utm_goldpan=${TOKEN}`
const CLICK: EmailClick = {
  email: 'anna@acme.example',
  message: 'clear-brand/3',
  link: 'https://www.acme.example/pricing',
  mintedAt: 1,
}

/** Knows one token of one site. */
const noting = (click: Partial<EmailClick> = {}): Noting => ({
  ...NOTHING_TO_NOTE,
  click: ({ site, token }) =>
    site === 'main' && token === TOKEN ? { id: 'one', click: { ...CLICK, ...click } } : null,
})

const view = (changes: Partial<Fact> = {}) =>
  fact({
    type: 'page_view',
    occurredAt: NOON,
    site: 'main',
    origin: 'browser',
    visitor: 'visitor-0001',
    subject: 'visitor-0001',
    ...changes,
  })

describe('a click token in an address', () => {
  it.each([
    ['https://a.example/', 'https://a.example/?utm_goldpan=T'],
    [
      'https://a.example/p?plan=a%20b&x=%2B#teams',
      'https://a.example/p?plan=a%20b&x=%2B&utm_goldpan=T#teams',
    ],
    ['https://a.example/app#/pricing?x=1', 'https://a.example/app?utm_goldpan=T#/pricing?x=1'],
    ['https://a.example/#', 'https://a.example/?utm_goldpan=T#'],
  ])('%s → %s, and back', (url, withToken) => {
    expect(withClickToken(url, 'T')).toBe(withToken)
    expect(clickTokenIn(withToken)).toBe('T')
    expect(cutUrl(withToken)).toBe(cutUrl(url))
  })

  it.each([
    'https://a.example/',
    'https://a.example/?utm_goldpan=',
    'https://a.example/?utm_goldpan=a+b',
    'https://a.example/?not_utm_goldpan=T',
    'https://a.example/#?utm_goldpan=T',
    'https://a.example/utm_goldpan=T',
  ])('%s has none', url => {
    expect(clickTokenIn(url)).toBeNull()
  })

  it('is cut out of what is stored, though the owner keeps it', () => {
    expect(cutUrl('https://a.example/?utm_goldpan=T&utm_source=mail', ['utm_goldpan'])).toBe(
      'https://a.example/?utm_source=mail',
    )
  })
})

describe('clickOf', () => {
  it('is a click of the same visitor at the same instant, before the view', () => {
    const seen = view()
    const click = clickOf(seen, URL_OF_CLICK, noting())
    expect(click).toEqual({
      ...seen,
      id: expect.stringMatching(/^00000000-0000-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      type: 'email_click',
      props: { campaign: 'clear-brand', mail: 3, link: CLICK.link },
      noted: { click: CLICK },
    })
    expect(click && click.id < seen.id).toBe(true)
  })

  it('has one id a token, whichever view and visitor bring it', () => {
    const ids = [view(), view({ visitor: 'visitor-0002' })].map(
      seen => clickOf(seen, URL_OF_CLICK, noting())?.id,
    )
    expect(new Set(ids).size).toBe(1)
  })

  it('keeps what else was noted', () => {
    const click = clickOf(view({ noted: { country: 'BG' } }), URL_OF_CLICK, noting())
    expect(click?.noted).toEqual({ country: 'BG', click: CLICK })
  })

  it.each([
    [null, {}],
    ['clear-brand', { campaign: 'clear-brand' }],
    ['clear-brand/3', { campaign: 'clear-brand', mail: 3 }],
    ['2026/spring/b', { campaign: '2026/spring', mail: 'b' }],
    ['spring/', { campaign: 'spring/' }],
    ['/3', { campaign: '/3' }],
  ])('message %j → %j, as e-mail programs say it', (message, props) => {
    expect(clickOf(view(), URL_OF_CLICK, noting({ message }))?.props).toEqual({ ...props, link: CLICK.link })
  })

  it.each([
    ['another event', view({ type: 'engagement' }), URL_OF_CLICK],
    ['a server’s word', view({ origin: 'server' }), URL_OF_CLICK],
    ['nobody who may be tracked', view({ visitor: null }), URL_OF_CLICK],
    ['another site', view({ site: 'other' }), URL_OF_CLICK],
    ['no token', view(), 'https://www.acme.example/pricing'],
    ['another token', view(), `${URL_OF_CLICK}x`],
    ['no page', view(), undefined],
  ])('is none for %s', (_, seen, url) => {
    expect(clickOf(seen, url, noting())).toBeNull()
  })
})
