import type { Claim, ClaimOf } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'

/**
 * By which name each identifier goes: the one of its person that was known first. Only the customer's server says that two
 * names are one person's (its user 42 has this address now, and had that one before).
 * @param facts in order of occurrence
 */
export function namesIn(facts: readonly Fact[], claimOf: ClaimOf): (identifier: string) => string {
  const parents = new Map<string, string>()
  const firstKnown = new Map<string, number>()
  const nameOf = (identifier: string): string => {
    const parent = parents.get(identifier)
    return parent === undefined ? identifier : nameOf(parent)
  }
  const knownAt = (name: string): number => firstKnown.get(name) ?? 0
  for (const [index, fact] of facts.entries()) {
    const claim = claimOf(fact)
    if (!claim) continue
    const names = [claim.identifier, ...claim.also]
    for (const name of names) if (!firstKnown.has(name)) firstKnown.set(name, index)
    const [keeper, ...others] = [...new Set(names.map(nameOf))].sort((a, b) => knownAt(a) - knownAt(b))
    if (keeper !== undefined) for (const other of others) parents.set(other, keeper)
  }
  return nameOf
}

/** Two names that a fact ever called one person's are looked at together: its spans on both leads carry one name. */
export function tieOfNames(
  { id, occurredAt }: Fact,
  claim: Claim | null,
  idOf: (identifier: string) => string,
  nameOf: (identifier: string) => string,
): readonly Span[] {
  if (claim === null || claim.also.length === 0) return []
  return [claim.identifier, ...claim.also].map(identifier => ({
    subject: idOf(identifier),
    startsAt: occurredAt,
    startsId: id,
    person: idOf(nameOf(identifier)),
    identifier: `${NAMES}${id}`,
  }))
}

/** What the spans of two names of one person carry in the place of an identifier. */
export const NAMES = 'names:'
