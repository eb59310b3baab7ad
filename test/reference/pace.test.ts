import { describe, expect, it } from 'vitest'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { fact, form, NOON, pageView } from '../support/facts.ts'
import { ANNA, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { clicked } from '../support/proofs.ts'
import { differencesIn } from './differences.ts'

/** Programs that random stories meet too seldom, or never. Each page is worth a point, which does not fade here. */
const view = engagementRule({ id: 'view', on: 'page_view', points: 1 })
const versions = [
  published({ ...EXAMPLE, engagement: { halfLifeMs: 100_000_000 * DAY_MS, rules: [view] }, lists: {} }),
]

/** How many pages count for whoever gives an address after all that, when product and reference agree on the whole story. */
function countedOf(...deeds: readonly Fact[]): number {
  const facts = [...deeds, form(NOON + DAY_MS, 'profile', { email: ANNA })].toSorted(byOccurrence)
  const now = NOON + DAY_MS
  expect(differencesIn({ facts, versions, now })).toEqual([])
  return Math.round(personOf(ANNA, facts, { versions, now }).engagement.score)
}

const views = (count: number, everyMs: number): readonly Fact[] =>
  Array.from({ length: count }, (_, i) => pageView(NOON + i * everyMs, '/'))

describe('a spree of pages', () => {
  it('is one from the fortieth within a minute, and counts for nothing from its first', () => {
    expect(countedOf(...views(39, SECOND_MS))).toBe(39)
    expect(countedOf(...views(40, SECOND_MS))).toBe(0)
    expect(countedOf(...views(40, 1_600))).toBe(40)
    expect(countedOf(pageView(NOON - MINUTE_MS, '/'), ...views(41, SECOND_MS))).toBe(1)
  })

  it('goes on until a pause of half an hour', () => {
    const later = (ms: number) => pageView(NOON + 39 * SECOND_MS + ms, '/')
    expect(countedOf(...views(40, SECOND_MS), later(29 * MINUTE_MS), later(58 * MINUTE_MS))).toBe(0)
    expect(countedOf(...views(40, SECOND_MS), later(31 * MINUTE_MS), later(32 * MINUTE_MS))).toBe(2)
  })
})

describe('a flood', () => {
  const queued = (count: number): readonly Fact[] =>
    Array.from({ length: count }, (_, i) =>
      pageView(NOON + i * MINUTE_MS, '/', { receivedAt: NOON + 20 * HOUR_MS + i }),
    )

  it('is what came within a minute, whatever times it claims; and ends with it', () => {
    expect(countedOf(...queued(399))).toBe(399)
    expect(countedOf(...queued(400), pageView(NOON + 21 * HOUR_MS, '/'))).toBe(1)
  })
})

describe('a scanner of mails', () => {
  const click = (seconds: number, link: string, given: Partial<Fact> = {}) =>
    clicked(NOON + seconds * SECOND_MS, ANNA, given, { link: `https://acme.example/${link}` })
  const page = fact({ type: 'page_view', occurredAt: NOON + 15 * SECOND_MS })

  it('follows two links within a second, or three within ten; what it opens does not count', () => {
    expect(countedOf(click(0, 'a'), click(1, 'b'), page)).toBe(0)
    expect(countedOf(click(0, 'a'), click(2, 'b'), page)).toBe(1)
    expect(countedOf(click(0, 'a'), click(5, 'b'), click(10, 'c'), page)).toBe(0)
  })

  it('is no person who comes back to one link', () => {
    expect(countedOf(click(0, 'a'), click(0.5, 'a'), click(1, 'a'), page)).toBe(1)
  })

  it('is one in whatever browsers', () => {
    const other = { visitor: 'visitor-two', subject: 'visitor-two' }
    const theirs = form(NOON - SECOND_MS, 'profile', { email: ANNA }, other)
    expect(countedOf(theirs, click(0, 'a'), click(1, 'b', other), page)).toBe(0)
  })
})
