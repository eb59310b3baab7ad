import type { ClaimOf } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'

/** A browser that was proven to be somebody's, and since when (epoch ms) that was known here. */
interface Proof {
  readonly subject: string
  readonly knownAt: number
}

/**
 * Whether an address was already confirmed on another browser when a fact came, so that typing it is not enough
 * (collector.md, Identity). What a server says without naming a browser confirms none: a list of contacts brought from a
 * CRM must not lock their own doors to them.
 * @param facts of all timelines of a component
 * @param nameOf by which name an identifier goes (names.ts)
 */
export function locksIn(
  facts: readonly Fact[],
  claimOf: ClaimOf,
  nameOf: (identifier: string) => string,
): (identifier: string, fact: Fact) => boolean {
  const proofs = new Map<string, Proof[]>()
  for (const fact of facts) {
    const claim = fact.visitor === null ? null : claimOf(fact)
    if (claim === null || claim.proof === 'asserted') continue
    const name = nameOf(claim.identifier)
    const proof = { subject: fact.subject, knownAt: Math.max(fact.occurredAt, fact.receivedAt) }
    proofs.set(name, [...(proofs.get(name) ?? []), proof])
  }
  return (identifier, { subject, occurredAt }) =>
    proofs.get(identifier)?.some(proof => proof.subject !== subject && proof.knownAt < occurredAt) ?? false
}
