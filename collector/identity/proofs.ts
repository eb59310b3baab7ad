import type { Claimed } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'

/** A browser that was proven to be somebody's, and since when (epoch ms) that was known here. */
interface Proof {
  readonly subject: string
  readonly knownAt: number
}

/**
 * Whether an address was already confirmed on another browser when a fact came, so that typing it is not enough
 * (collector.md, Identity). A server's word counts where it names a browser that was here: contacts brought from a CRM, and
 * what a mailing tool reports under ids of its own, must not lock people out of their own lead.
 * @param facts of all timelines of a component
 * @param claimed those of them that say who it is
 * @param nameOf by which name an identifier goes (names.ts)
 */
export function locksIn(
  facts: readonly Fact[],
  claimed: readonly Claimed[],
  nameOf: (identifier: string) => string,
): (identifier: string, fact: Fact) => boolean {
  const proving = claimed.filter(({ claim }) => claim.proof !== 'asserted')
  if (proving.length === 0) return () => false
  const seenAt = firstSeenIn(facts)
  const proofs = new Map<string, Proof[]>()
  for (const { fact, claim } of proving) {
    const { subject, occurredAt, receivedAt } = fact
    const browserSeenAt = seenAt.get(subject)
    if (browserSeenAt === undefined) continue
    const name = nameOf(claim.identifier)
    const proof = { subject, knownAt: Math.max(occurredAt, receivedAt, browserSeenAt) }
    proofs.set(name, [...(proofs.get(name) ?? []), proof])
  }
  return (identifier, { subject, occurredAt }) =>
    proofs.get(identifier)?.some(proof => proof.subject !== subject && proof.knownAt < occurredAt) ?? false
}

/** By timeline, epoch ms of the first thing a browser sent on it. */
function firstSeenIn(facts: readonly Fact[]): ReadonlyMap<string, number> {
  const seenAt = new Map<string, number>()
  for (const { origin, subject, occurredAt } of facts)
    if (origin === 'browser' && !seenAt.has(subject)) seenAt.set(subject, occurredAt)
  return seenAt
}
