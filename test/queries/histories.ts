import fc from 'fast-check'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, engagement, eventId, form, identify, NOON, pageView } from '../support/facts.ts'

/** Something two people do or sales decides, in one of two browsers, some time after the one before. */
export const action = fc.record({
  what: fc.constantFrom(
    ...['look', 'pricing', 'pricing', 'pricing', 'guide', 'guide', 'newsletter', 'newsletter'],
    ...['profile', 'profile', 'industry', 'demo', 'careers', 'identify', 'decision'],
  ),
  visitor: fc.constantFrom('visitor-a', 'visitor-a', 'visitor-b'),
  email: fc.constantFrom('anna@acme.example', 'anna@acme.example', 'boris@gmail.com', 'eva@rival.example'),
  gapMs: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: HOUR_MS }),
    fc.integer({ min: 0, max: 9 * DAY_MS }),
  ),
  to: fc.constantFrom('sal', 'nurturing', 'nurturing', 'mql', 'disqualified', 'lead'),
  reason: fc.constantFrom('not_ready', 'no_budget', 'other'),
})
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const TITLE = { jobTitle: 'Head of Marketing', company: 'Acme' }

/** The facts of each action, in order. @param idOf the id of the lead of an address */
export function factsOf(
  actions: readonly Action[],
  idOf: (email: string) => string,
): readonly (readonly Fact[])[] {
  let at = NOON
  return actions.map((one, index): readonly Fact[] => {
    at += one.gapMs
    const given = { id: eventId(2 * index), visitor: one.visitor, subject: one.visitor }
    const { email } = one
    switch (one.what) {
      case 'pricing': {
        const view = pageView(at, '/pricing', given)
        at += 20_000
        return [view, engagement(at, view, 20_000, { ...given, id: eventId(2 * index + 1) })]
      }
      case 'guide':
        return [download(at, 'guide.pdf', given)]
      case 'newsletter':
        return [form(at, 'newsletter', { email }, given)]
      case 'profile':
        return [form(at, 'profile', { email, ...TITLE, industry: 'IT' }, given)]
      case 'industry':
        return [form(at, 'profile', { email, industry: 'IT' }, given)]
      case 'demo':
        return [form(at, 'demo', { email }, given)]
      case 'identify':
        return [identify(at, email, TITLE, given)]
      case 'decision':
        return [decision(at, idOf(email), one.to, one.reason, { id: given.id })]
      default:
        return [pageView(at, one.what === 'careers' ? '/careers' : '/', given)]
    }
  })
}
