import { describe, expect, it } from 'vitest'
import { type FeedWish, feedFilter } from '../../collector/queries/feed-filter.ts'
import type { FeedItem } from '../../collector/queries/feed-items.ts'

const event = (given: { type?: string; visitor?: string | null; lead?: string | null }): FeedItem => ({
  kind: 'event',
  seq: 1,
  data: {
    id: 'e1',
    site: 'site',
    type: 'page_view',
    visitor: 'visitor-a',
    lead: null,
    session: null,
    occurredAt: '',
    receivedAt: '',
    page: null,
    props: {},
    traits: {},
    traffic: { kind: 'human', evidence: null },
    ...given,
  },
})
const score = (lead: string, visitors: readonly string[]): FeedItem => ({
  kind: 'score',
  data: { site: 'site', lead, visitors, fit: { score: 0, grade: 'D' }, engagement: { score: 1 } },
})

const wish = (given: Partial<FeedWish>): FeedWish => ({ type: null, visitor: null, lead: null, ...given })

describe('feedFilter', () => {
  it('lets everything through when nothing is wished', () => {
    const wanted = feedFilter(wish({}), [])
    expect(wanted(event({ visitor: null }))).toBe(true)
    expect(wanted(score('anna', []))).toBe(true)
  })

  it('filters events by type, and nothing else', () => {
    const wanted = feedFilter(wish({ type: 'download' }), [])
    expect(wanted(event({ type: 'page_view' }))).toBe(false)
    expect(wanted(event({ type: 'download' }))).toBe(true)
    expect(wanted(score('anna', []))).toBe(true)
  })

  it('knows a person by the browsers they use', () => {
    const wanted = feedFilter(wish({ visitor: 'visitor-a' }), [])
    expect(wanted(event({ visitor: 'visitor-b' }))).toBe(false)
    expect(wanted(score('anna', ['visitor-b']))).toBe(false)
    expect(wanted(score('anna', ['visitor-b', 'visitor-a']))).toBe(true)
  })

  it('gives a lead the events of its browsers before they are qualified, and no one else’s', () => {
    const wanted = feedFilter(wish({ lead: 'anna' }), ['visitor-a'])
    expect(wanted(event({ visitor: 'visitor-a', lead: null }))).toBe(true)
    expect(wanted(event({ visitor: 'visitor-a', lead: 'boris' }))).toBe(false)
    expect(wanted(event({ visitor: 'visitor-b', lead: null }))).toBe(false)
    expect(wanted(event({ visitor: null, lead: null }))).toBe(false)
    expect(wanted(event({ visitor: 'visitor-b', lead: 'anna' }))).toBe(true)
  })

  it('learns of a lead’s new browser', () => {
    const wanted = feedFilter(wish({ lead: 'anna' }), ['visitor-a'])
    wanted(score('boris', ['visitor-b']))
    expect(wanted(event({ visitor: 'visitor-b' }))).toBe(false)
    wanted(score('anna', ['visitor-a', 'visitor-b']))
    expect(wanted(event({ visitor: 'visitor-b' }))).toBe(true)
  })
})
