import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { PersonState } from '../../collector/contracts/state.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { download, eventId, form, NOON } from '../support/facts.ts'
import { ANNA, leadId, personOf } from '../support/history.ts'
import { inquiryAt, visit } from './asking.ts'
import { action, factsOf } from './histories.ts'

/** But for the timelines, which what is supposed has no part in. */
const compared = ({ subjects, visitors, ...state }: PersonState): unknown => state

/** A history that ends with Anna in the browser that is hers. */
const history = fc.array(action, { maxLength: 15 }).map(actions => {
  const facts = factsOf(actions, leadId).flat().sort(byOccurrence)
  const at = (facts.at(-1)?.occurredAt ?? NOON) + HOUR_MS
  const claim = form(
    at,
    'newsletter',
    { email: ANNA },
    { id: eventId(900), visitor: 'visitor-z', subject: 'visitor-z' },
  )
  return { facts: [...facts, claim], at }
})

function deedsFrom(at: number): readonly Fact[] {
  const hers = { visitor: 'visitor-z', subject: 'visitor-z' }
  const deeds = [
    ...visit(at),
    download(at + DAY_MS, 'guide.pdf'),
    ...visit(at + 2 * DAY_MS),
    form(at + 3 * DAY_MS, 'demo', {}),
  ]
  return deeds.map(fact => ({ ...fact, ...hers }))
}

it('supposes what would be if it had happened, and nothing of it remains', () => {
  fc.assert(
    fc.property(history, ({ facts, at }) => {
      const inquiry = inquiryAt(facts, at)
      const before = JSON.stringify([inquiry.state, inquiry.counting.rules])
      const deeds = deedsFrom(at + DAY_MS)
      const real = compared(personOf(ANNA, [...facts, ...deeds]))
      expect(compared(inquiry.suppose(deeds))).toEqual(real)
      expect(compared(inquiry.suppose(deeds.map(other)))).toMatchObject({
        engagement: { asOf: at + 4 * DAY_MS },
      })
      expect(compared(inquiry.suppose(deeds))).toEqual(real)
      expect(JSON.stringify([inquiry.state, inquiry.counting.rules])).toBe(before)
    }),
    { numRuns: 100 },
  )
})

/** The same under another id. */
const other = (fact: Fact): Fact => ({ ...fact, id: `x${fact.id}`, session: `x${fact.session}` })
