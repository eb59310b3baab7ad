import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { type Closer, closersOf } from '../../collector/queries/closers.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { download, eventId, form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, advanceAll, leadId, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'
import { inquiryAt, visit } from './asking.ts'
import { action, factsOf } from './histories.ts'

/** Conditions of every kind, none of them far away, so that random people come close to all of them. */
const EASY: ScoringModel = {
  ...EXAMPLE,
  engagement: {
    ...EXAMPLE.engagement,
    rules: [
      ...EXAMPLE.engagement.rules,
      engagementRule({
        id: 'days',
        on: 'page_view',
        points: 5,
        window: { atLeast: 3, withinMs: 7 * DAY_MS, per: 'day', again: 'never' },
        forMs: 30 * DAY_MS,
      }),
    ],
  },
  mql: {
    ...EXAMPLE.mql,
    when: {
      all: [
        { key: 'engagement', is: { from: 30 } },
        { key: 'fit', is: { from: 20 } },
        { key: 'company', is: { known: true } },
        { any: [{ key: 'rule', is: { oneOf: ['pricing-3x', 'days', 'guide'] } }] },
        { none: [{ key: 'rule', is: { oneOf: ['careers'] } }] },
      ],
    },
    dwellMs: 2 * HOUR_MS,
  },
  recycle: { newPoints: 10, cooldownMs: { not_ready: DAY_MS, default: 5 * DAY_MS } },
}
const EMAILS = ['anna@acme.example', 'boris@gmail.com', 'eva@rival.example']

/** What people would really do to follow a suggestion, written down apart from how it was found. */
const DEEDS: Readonly<Record<string, (at: number) => readonly Fact[]>> = {
  pricing: at => visit(at, '/pricing', 5_000),
  'pricing-3x': at => [pageView(at, '/pricing', { session: `s-${at}` })],
  days: at => [pageView(at, '/about', { session: `s-${at}` })],
  anything: at => [pageView(at, '/about', { session: `s-${at}` })],
  guide: at => [download(at, 'the-guide.pdf', { session: `s-${at}` })],
  newsletter: at => [form(at, 'newsletter-footer', {}, { session: `s-${at}` })],
  demo: at => [form(at, 'demo-request', {}, { session: `s-${at}` })],
}

const nameOf = ({ rule }: Closer): string =>
  rule === null ? 'anything' : rule.axis === 'fit' ? 'fit' : rule.is.id

/** On days of their own where days count. */
const gapOf = (closer: Closer): number =>
  ['pricing', 'pricing-3x', 'days'].includes(nameOf(closer)) ? DAY_MS : HOUR_MS

function followed(closer: Closer, email: string, start: number): readonly Fact[] {
  const said = Object.entries(closer.traits).map(([name, value]) => [name, String(value)])
  if (said.length > 0) return [identify(start, email, Object.fromEntries(said))]
  const gapMs = gapOf(closer)
  return Array.from(
    { length: closer.times },
    (_, n) => DEEDS[nameOf(closer)]?.(start + n * gapMs) ?? [],
  ).flat()
}

/** The same person's, on the device they used last; ids sort behind all others. */
function theirs(facts: readonly Fact[], email: string): readonly Fact[] {
  const device = { visitor: 'visitor-z', subject: 'visitor-z' }
  const claimAt = (facts[0]?.occurredAt ?? 0) - 1
  const claim = identify(claimAt, email, {}, { ...device, id: eventId(999) })
  return [
    claim,
    ...facts.map(fact => ({ ...fact, ...device, id: last(fact.id), props: reported(fact.props) })),
  ]
}

const last = (id: string): string => `f${id.slice(1)}`

const reported = (props: Fact['props']): Fact['props'] =>
  typeof props.view === 'string' ? { ...props, view: last(props.view) } : props

const versions = [published(EASY)]

/** What is told of each of the people of a random history, some time after the last thing they did. */
function forEachPerson(
  numRuns: number,
  look: (email: string, facts: readonly Fact[], at: number, closers: readonly Closer[]) => void,
): void {
  const history = fc.array(action, { minLength: 3, maxLength: 20 })
  const property = fc.property(history, fc.integer({ min: 2, max: 6 * DAY_MS }), (actions, laterMs) => {
    const facts = factsOf(actions, leadId).flat().sort(byOccurrence)
    const at = (facts.at(-1)?.occurredAt ?? NOON) + laterMs
    const known = advanceAll(facts, { versions, now: at }).persons.map(({ id }) => id)
    for (const email of EMAILS.filter(one => known.includes(leadId(one))))
      look(email, facts, at, closersOf(inquiryAt(facts, at, { versions, email })))
  })
  fc.assert(property, { numRuns })
}

const stageAfter = (facts: readonly Fact[], deed: readonly Fact[], email: string): string =>
  personOf(email, [...facts, ...theirs(deed, email)], { versions }).stage

/** When it may be begun: at once, soon, and so late that it is done by the time that is told. */
function startsOf(closer: Closer, at: number): readonly number[] {
  const soon = [at + 2, at + MINUTE_MS]
  if (closer.until === null) return [...soon, at + HOUR_MS]
  const latest = closer.until - (closer.times - 1) * gapOf(closer) - MINUTE_MS
  return [...soon, latest].filter(start => start > at && start <= latest)
}

describe('what is said to be enough', () => {
  it('closes when the window closes that it is about, less the deed itself', () => {
    const traits = { email: ANNA, jobTitle: 'Head of Marketing', industry: 'IT' }
    const began = NOON + 12_345
    const when = { key: 'rule', is: { oneOf: ['pricing-3x'] } }
    const model = { ...EXAMPLE, mql: { ...EXAMPLE.mql, when, fastTrack: null } }
    const facts = [form(NOON, 'newsletter', traits), ...visit(began), ...visit(began + DAY_MS)]
    const at = began + 3 * DAY_MS
    const closers = closersOf(inquiryAt(facts, at, { versions: [published(model)] }))
    const [until] = closers.map(closer => closer.until)
    const closes = began + 20_000 + 14 * DAY_MS
    expect(closes - (until ?? 0)).toBeGreaterThanOrEqual(0)
    expect(closes - (until ?? 0)).toBeLessThan(MINUTE_MS)
  })

  it('is: whoever does it, soon or as late as is said, is an MQL', () => {
    const told = new Set<string>()
    forEachPerson(200, (email, facts, at, closers) => {
      for (const closer of closers) {
        const what = `${nameOf(closer)} ${closer.times}`
        told.add(what)
        for (const start of startsOf(closer, at)) {
          const stage = stageAfter(facts, followed(closer, email, start), email)
          expect(`${what}: ${stage}`).toBe(`${what}: mql`)
        }
      }
    })
    expect([...told]).toEqual(
      expect.arrayContaining(['pricing 1', 'guide 1', 'demo 1', 'fit 1', 'pricing-3x 2']),
    )
  }, 60_000)

  it('is not kept back: when one deed would be enough, now and in an hour, something is told', () => {
    const keptBack: string[] = []
    forEachPerson(120, (email, facts, at, closers) => {
      if (closers.length > 0 || inquiryAt(facts, at, { versions, email }).state.stage === 'mql') return
      for (const [name, deed] of Object.entries(DEEDS)) {
        const starts = [at + 2, at + HOUR_MS + MINUTE_MS]
        if (starts.every(start => stageAfter(facts, deed(start), email) === 'mql')) keptBack.push(name)
      }
    })
    expect(keptBack).toEqual([])
  }, 60_000)
})
