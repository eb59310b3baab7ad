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
  const HELD_MS = 20 * HOUR_MS
  /** @param spell minutes from one to the last of them */
  const queued = (count: number, spell: number): readonly Fact[] =>
    Array.from({ length: count }, (_, i) => {
      const sentAt = HELD_MS + Math.floor((i * spell * MINUTE_MS) / (count - 1))
      return pageView(NOON + i * 2 * MINUTE_MS, '/', { receivedAt: NOON + sentAt })
    })

  it('is 300 events that came within two minutes, whatever times they claim; and no more than came then', () => {
    expect(countedOf(...queued(299, 1))).toBe(299)
    expect(countedOf(...queued(300, 1))).toBe(0)
    expect(countedOf(...queued(300, 1), pageView(NOON + 5 * HOUR_MS, '/'))).toBe(1)
  })

  it('is seen in any minute, and not in three', () => {
    const shifted = (seconds: number) =>
      queued(300, 1).map(one => ({ ...one, receivedAt: one.receivedAt + seconds * SECOND_MS }))
    for (const seconds of [0, 30, 90]) expect(countedOf(...shifted(seconds))).toBe(0)
    expect(countedOf(...queued(300, 4))).toBe(300)
  })

  it('is none of what a server sends', () => {
    expect(countedOf(...queued(300, 1).map(one => ({ ...one, origin: 'server' as const })))).toBe(300)
  })
})

describe('a scanner of mails', () => {
  const click = (seconds: number, link: string, given: Partial<Fact> = {}) =>
    clicked(NOON + seconds * SECOND_MS, ANNA, given, { link: `https://acme.example/${link}` })
  const page = fact({ type: 'page_view', occurredAt: NOON + 15 * SECOND_MS })
  const other = { visitor: 'visitor-two', subject: 'visitor-two' }
  const theirs = form(NOON - SECOND_MS, 'profile', { email: ANNA }, other)

  it('follows two links within a second, or three within ten; what it opens does not count', () => {
    expect(countedOf(click(0, 'a'), click(1, 'b'), page)).toBe(0)
    expect(countedOf(click(0, 'a'), click(2, 'b'), page)).toBe(1)
    expect(countedOf(click(0, 'a'), click(5, 'b'), click(10, 'c'), page)).toBe(0)
    expect(countedOf(click(0, 'a'), click(5, 'b'), click(10.001, 'c'), page)).toBe(1)
  })

  it('follows one link three times within a second; a person may do so twice', () => {
    expect(countedOf(click(0, 'a'), click(1, 'a'), page)).toBe(1)
    expect(countedOf(click(0, 'a'), click(0.5, 'a'), click(1.001, 'a'), page)).toBe(1)
    expect(countedOf(click(0, 'a'), click(0.5, 'a'), click(1, 'a'), page)).toBe(0)
  })

  it('is one in whatever browsers, with one link or several', () => {
    expect(countedOf(theirs, click(0, 'a'), click(1, 'b', other), page)).toBe(0)
    expect(countedOf(theirs, click(0, 'a'), click(1, 'a', other), page)).toBe(0)
    expect(countedOf(theirs, click(0, 'a'), click(1.001, 'a', other), page)).toBe(1)
  })

  it('is not shown by what the server sends, which a scanner did not do', () => {
    const server = { origin: 'server' as const }
    expect(countedOf(click(0, 'a', server), click(1, 'b', server), page)).toBe(1)
  })

  it('whose pages are too many as well did not begin before the first of either', () => {
    expect(countedOf(...views(40, SECOND_MS), click(5, 'a'), click(6, 'b'))).toBe(0)
    expect(
      countedOf(pageView(NOON - MINUTE_MS, '/'), ...views(40, SECOND_MS), click(-5, 'a'), click(-4, 'b')),
    ).toBe(1)
  })
})
