import type { Claimed } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'
import { identifiersOf } from './names.ts'

/** Which browsers were proven to be whose, and since when (epoch ms) that was known here. */
export interface Proofs {
  /** Whether somebody of one of these names had been proven on another browser by the time a fact came. */
  isProvenElsewhere(identifiers: Iterable<string>, fact: Fact): boolean
}

/**
 * Typing an address is not enough once it was proven on another browser (collector.md, Identity). A server's word counts
 * where it names a browser that was here: contacts brought from a CRM, and what a mailing tool reports under ids of its own,
 * must not lock people out of their own lead.
 *
 * When a claim came is when it was received: what it says of its own time is the sender's to choose.
 * @param facts of all timelines of a component, in order of occurrence
 * @param claimed those of them that say who it is
 */
export function proofsIn(facts: readonly Fact[], claimed: readonly Claimed[]): Proofs {
  const proving = claimed.filter(({ claim }) => claim.proof !== 'asserted')
  const seenAt = proving.length === 0 ? new Map<string, number>() : firstSeenIn(facts)
  const known = new Map<string, Map<string, number>>()
  for (const { fact, claim } of proving) {
    const { subject, occurredAt, receivedAt } = fact
    const browserSeenAt = seenAt.get(subject)
    if (browserSeenAt === undefined) continue
    const knownAt = Math.max(occurredAt, receivedAt, browserSeenAt)
    for (const identifier of identifiersOf(claim)) {
      const bySubject = known.get(identifier) ?? new Map<string, number>()
      bySubject.set(subject, Math.min(knownAt, bySubject.get(subject) ?? knownAt))
      known.set(identifier, bySubject)
    }
  }
  return {
    isProvenElsewhere(identifiers, { subject, receivedAt }) {
      for (const identifier of identifiers)
        for (const [browser, knownAt] of known.get(identifier) ?? [])
          if (browser !== subject && knownAt < receivedAt) return true
      return false
    },
  }
}

/** By timeline, epoch ms at which it was first known here that a browser is on it. */
function firstSeenIn(facts: readonly Fact[]): ReadonlyMap<string, number> {
  const seenAt = new Map<string, number>()
  for (const { origin, subject, occurredAt, receivedAt } of facts) {
    if (origin !== 'browser') continue
    const at = Math.max(occurredAt, receivedAt)
    seenAt.set(subject, Math.min(at, seenAt.get(subject) ?? at))
  }
  return seenAt
}
