import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AdvanceInput,
  advance,
  advancedOf,
  append,
  type Folded,
  fold,
} from '../../collector/advance/advance.ts'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../../collector/contracts/model.ts'
import type { StageTransition } from '../../collector/contracts/state.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, engagement, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { ANNA_ALONE, DEVICES, MERGED, streams, TWO_PEOPLE } from './streams.ts'

/** Lenient, so that random streams meet every kind of move; the second version is stricter at the exit. */
const MODEL: ScoringModel = {
  ...EXAMPLE,
  lists: { ...EXAMPLE.lists, competitors: { domains: [], emails: [], companies: ['Rival'], ips: [] } },
  recycle: { newPoints: 10, cooldownMs: { default: DAY_MS } },
}
const STRICTER: ScoringModel = { ...MODEL, mql: { ...MODEL.mql, exit: { engagement: 35 } } }
const FIRST = [published(MODEL)]
const VERSIONS = [...FIRST, published(STRICTER, NOON + 30 * DAY_MS, 2)]

const given = (
  facts: readonly Fact[],
  now: number,
  versions: readonly ModelVersion[] = VERSIONS,
): AdvanceInput => ({
  site: 'site',
  facts,
  versions,
  idOf,
  now,
})

const whole = (facts: readonly Fact[], now: number, versions?: readonly ModelVersion[]): string =>
  JSON.stringify(advance(given(facts, now, versions)))

const newest = (facts: readonly Fact[], at = 0): number => Math.max(at, ...facts.map(fact => fact.occurredAt))

/** Every object that hangs on another one; what a function has closed over cannot be seen. */
function reachableFrom(root: unknown): ReadonlySet<unknown> {
  const reached = new Set<unknown>()
  const open = [root]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one !== 'object' || one === null || reached.has(one)) continue
    reached.add(one)
    open.push(...Object.values(one), ...(one instanceof Map ? [...one.keys(), ...one.values()] : []))
    if (one instanceof Set) open.push(...one)
  }
  return reached
}

type Pieces = fc.Stream<{ readonly size: number; readonly beyondMs: number }>

function take(pieces: Pieces) {
  const [piece] = [...pieces.take(1)]
  if (!piece) throw new Error('the stream is endless')
  return piece
}

describe('a component that is kept', () => {
  /** How many facts come at once, and how far the clock is beyond the latest of them: maybe beyond facts to come. */
  const cuts = fc.infiniteStream(
    fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      beyondMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 * DAY_MS })),
    }),
  )

  /** Takes one piece more in, the short way if that can be; counts what went it. */
  function goOn(before: Folded | null, all: readonly Fact[], pieces: number, now: number): Folded {
    const facts = all.slice(-pieces)
    const kept = before && append(before, { facts, versions: VERSIONS, now })
    if (!kept) return fold(given(all, now))
    appendedFacts += facts.length
    for (const { transitions } of advancedOf(kept).persons) transitions.forEach(note)
    return kept
  }
  let appendedFacts = 0
  const moves = new Set<string>()
  const note = ({ from, to, cause }: StageTransition) => moves.add(`${from} → ${to} by ${cause}`)

  /** Piece by piece, and after each the same as folded whole, byte for byte. */
  function comparePieces(facts: readonly Fact[], pieces: Pieces): void {
    let folded: Folded | null = null
    let [done, now] = [0, NOON]
    while (done < facts.length) {
      const { size, beyondMs } = take(pieces)
      const all = facts.slice(0, done + size)
      now = newest(all, now) + beyondMs
      folded = goOn(folded, all, all.length - done, now)
      done = all.length
      expect(JSON.stringify(advancedOf(folded))).toBe(whole(all, now))
    }
  }

  it('says after every piece what the whole fold says', () => {
    fc.assert(fc.property(streams(TWO_PEOPLE, 60), cuts, comparePieces), { numRuns: 200 })
    expect(appendedFacts).toBeGreaterThan(1_000)
    expect([...moves]).toEqual(
      expect.arrayContaining(['lead → mql by event', 'mql → lead by due', 'nurturing → mql by event']),
    )
  }, 60_000)

  it('also of people who are merged and parted', () => {
    fc.assert(fc.property(streams(MERGED, 60), cuts, comparePieces), { numRuns: 200 })
  }, 60_000)

  it('also of people on several devices, by several names', () => {
    fc.assert(fc.property(streams(DEVICES, 60), cuts, comparePieces), { numRuns: 200 })
  }, 60_000)

  it('is never folded whole again while one known person goes on in order', () => {
    const onA = { visitor: 'visitor-a', subject: 'visitor-a' }
    const begin = [
      form(NOON - HOUR_MS, 'newsletter', { email: ANNA }, onA),
      decision(NOON - 1, leadId(ANNA), 'lead', ''),
    ]
    fc.assert(
      fc.property(streams(ANNA_ALONE, 40), cuts, (facts, pieces) => {
        const folded = fold(given(begin, NOON - 1, FIRST))
        let now = NOON
        for (const [index, fact] of facts.entries()) {
          now = newest([fact], now) + take(pieces).beyondMs
          expect(append(folded, { facts: [fact], versions: FIRST, now })).toBe(folded)
          if (index % 7 === 0)
            expect(JSON.stringify(advancedOf(folded))).toBe(
              whole([...begin, ...facts.slice(0, index + 1)], now, FIRST),
            )
        }
      }),
      { numRuns: 50 },
    )
  })

  it('does not keep the facts', () => {
    fc.assert(
      fc.property(streams(TWO_PEOPLE, 20), facts => {
        const kept = reachableFrom(fold(given(facts, newest(facts))))
        expect(facts.filter(fact => kept.has(fact))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
  it('is as it was when only the whole fold can tell', () => {
    fc.assert(
      fc.property(
        streams(TWO_PEOPLE, 15),
        streams(TWO_PEOPLE, 15),
        fc.integer({ min: 0, max: 40 * DAY_MS }),
        (facts, others, laterMs) => {
          const now = newest(facts)
          const folded = fold(given(facts, now))
          const before = JSON.stringify(advancedOf(folded))
          const news = others.map(one => ({ ...one, id: `${one.id}-other` })).sort(byOccurrence)
          if (append(folded, { facts: news, versions: VERSIONS, now: newest(news, now + laterMs) })) return
          expect(JSON.stringify(advancedOf(folded))).toBe(before)
        },
      ),
    )
  })
})

const KNOWN = [
  pageView(NOON, '/pricing'),
  form(NOON + 1_000, 'newsletter', { email: ANNA }),
  decision(NOON + 2_000, leadId(ANNA), 'nurturing', 'not_ready'),
]
const appended = (news: readonly Fact[], now = newest(news), versions: readonly ModelVersion[] = FIRST) =>
  append(fold(given(KNOWN, NOON + HOUR_MS, FIRST)), {
    facts: news,
    versions,
    now: Math.max(now, NOON + HOUR_MS),
  })

describe('what is appended', () => {
  const view = pageView(NOON + DAY_MS, '/pricing')
  it.each<[string, readonly Fact[]]>([
    ['nothing but time', []],
    ['a view and its report', [view, engagement(NOON + DAY_MS + 9_000, view, 9_000)]],
    ['a claim of the same person', [identify(NOON + DAY_MS, ANNA, { industry: 'IT' })]],
    ['a phone of a person whose e-mail is known', [form(NOON + DAY_MS, 'x', { phone: '+359 88 123 4567' })]],
    ['another decision', [decision(NOON + DAY_MS, leadId(ANNA), 'lead', 'asked')]],
    ['an event from before the clock', [download(NOON + 3_000, 'guide.pdf')]],
  ])('%s', (_, news) => {
    const folded = appended(news)
    expect(folded && JSON.stringify(advancedOf(folded))).toBe(
      whole([...KNOWN, ...news], Math.max(newest(news), NOON + HOUR_MS), FIRST),
    )
  })

  it.each<[string, readonly Fact[]]>([
    ['an event from before what is folded', [download(NOON + 500, 'guide.pdf')]],
    ['an event that is folded already', KNOWN.slice(-1)],
    ['events out of order', [download(NOON + DAY_MS, 'guide.pdf'), download(NOON + HOUR_MS, 'guide.pdf')]],
    ['a claim of somebody else', [identify(NOON + DAY_MS, 'boris@acme.example', {})]],
    ['the first event of another browser', [pageView(NOON + DAY_MS, '/', { visitor: 'b', subject: 'b' })]],
  ])('but not %s', (_, news) => {
    expect(appended(news)).toBeNull()
  })

  it('but not the first claim of a timeline, which brings its history', () => {
    const folded = fold(given(KNOWN.slice(0, 1), NOON, FIRST))
    expect(append(folded, { facts: KNOWN.slice(1, 2), versions: FIRST, now: NOON + DAY_MS })).toBeNull()
  })
  it('but not across a publish, nor an event from before one', () => {
    const versions = [...FIRST, published(STRICTER, NOON + 2 * HOUR_MS, 2)]
    expect(appended([], NOON + 2 * HOUR_MS - 1, versions)).not.toBeNull()
    expect(appended([], NOON + 2 * HOUR_MS, versions)).toBeNull()
    const folded = fold(given(KNOWN, NOON + 3 * HOUR_MS, versions))
    const event = pageView(NOON + 2 * HOUR_MS - 1, '/')
    expect(append(folded, { facts: [event], versions, now: NOON + 3 * HOUR_MS })).toBeNull()
  })
  it('events from before the first version, which judges them too', () => {
    const late = [published(MODEL, NOON + 2 * HOUR_MS)]
    const folded = fold(given(KNOWN, NOON + 3 * HOUR_MS, late))
    const event = pageView(NOON + HOUR_MS, '/')
    expect(append(folded, { facts: [event], versions: late, now: NOON + 3 * HOUR_MS })).toBe(folded)
  })
  it('but not when the clock was put back', () => {
    const folded = fold(given(KNOWN, NOON + HOUR_MS, FIRST))
    expect(append(folded, { facts: [], versions: FIRST, now: NOON + HOUR_MS - 1 })).toBeNull()
  })
})
