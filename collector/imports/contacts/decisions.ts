import type { LifecycleStage } from '../../../shared/stages.ts'
import type { Fact } from '../../contracts/facts.ts'
import type { PersonState } from '../../contracts/state.ts'
import { contentIdOf } from '../ids.ts'
import type { Contact } from './contact.ts'
import { notOfToday } from './identify.ts'
import { movesTo } from './outcome.ts'

/** Who moved the lead, in its history: nobody of Goldpan's, and no person that is known. */
const IMPORT_ACTOR = 'import'

/**
 * The decisions that take a lead where its CRM says it is, a millisecond apart, the last one when the row says it was made:
 * what sales decided elsewhere, so they are an operator's word. After the lead's latest move, as every decision is
 * (queries/move.ts). The ids follow from the lead's history and from what is decided: twice the same file is once.
 */
export function decisionsOf(contact: Contact, lead: PersonState, now: number): readonly Fact[] {
  const { outcome } = contact
  if (outcome?.to == null) return []
  const moves = movesTo(lead.stage, outcome.to)
  const latest = Math.max(lead.transitions.at(-1)?.at ?? 0, lead.firstSeenAt)
  const madeAt = notOfToday(contact.closedAt ?? contact.updatedAt ?? contact.createdAt ?? now, now)
  const firstAt = Math.max(madeAt - moves.length + 1, latest + 1)
  return moves.map((to, index) => {
    const props = { to, ...wordsOf(contact, to) }
    const { site, id: subject, transitions } = lead
    return {
      id: contentIdOf([site, 'decision', subject, transitions.length, index, props]),
      ...{ site, subject, visitor: null, session: null, type: 'decision', page: null, props },
      ...{ occurredAt: firstAt + index, receivedAt: now, origin: 'operator', actor: IMPORT_ACTOR },
      ...{ ip: null, userAgent: null, tooLate: false, noted: null },
    }
  })
}

/**
 * A reason in the CRM's own words, but of a lead set aside, whose reason chooses how long it rests (goldpan.yaml, recycle):
 * there the words are a note. The amount is a customer's.
 */
function wordsOf(contact: Contact, to: LifecycleStage): Fact['props'] {
  const { outcome, reason, amount, currency } = contact
  const word = (outcome?.word ?? '').slice(0, WORD_CHARS)
  if (to !== outcome?.to) return { reason: word }
  if (to === 'nurturing')
    return { reason: outcome.kind === 'no_budget' ? 'no_budget' : 'not_ready', note: reason ?? word }
  if (to !== 'customer' || amount === null) return { reason: reason ?? word }
  return { reason: reason ?? word, amount, ...(currency !== null && { currency }) }
}

const WORD_CHARS = 200
