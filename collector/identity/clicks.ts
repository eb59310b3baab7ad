import type { Span } from '../contracts/state.ts'
import type { Claims } from './claims.ts'
import type { Timeline } from './devices.ts'

/** What the spans of an addressee and of those who followed their links carry in the place of an identifier. */
export const CLICKS = 'clicks:'

/**
 * Who follows the links of a mail is looked at together, though it proves nothing of them: only all clicks show that a scanner
 * made them. Spans on their timeline and on the addressee's lead carry one name.
 */
export const tiesOfClicks = (
  { stretches, whose }: Timeline,
  { takenOf }: Claims,
  idOf: (identifier: string) => string,
): readonly Span[] =>
  stretches.flatMap(({ owner, facts }) =>
    facts.flatMap(fact => {
      const { id, occurredAt, subject, noted } = fact
      if (!noted?.click || takenOf(fact) !== null) return []
      const name = `${noted.test ? 'test:' : ''}email:${noted.click.email}`
      const tie = { startsAt: occurredAt, startsId: id, identifier: CLICKS + name }
      const addressee = idOf(name)
      return [
        { ...tie, subject, person: whose(owner) },
        { ...tie, subject: addressee, person: addressee },
      ]
    }),
  )
