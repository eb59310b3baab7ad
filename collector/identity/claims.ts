import type { Claim, Claimed, ClaimOf } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'
import type { Join } from './joins.ts'
import { openNames } from './names.ts'
import { proofsIn } from './proofs.ts'

/** A claim as it was taken. */
export interface TakenClaim extends Claim {
  /** by the name that its person went by then; the claim's own is one of `names` */
  readonly identifier: string
  /** whether their person went by a name by then */
  readonly wentBy: (identifier: string) => boolean
  /** the address was proven on another browser, and this one only typed it */
  readonly isUnconfirmed: boolean
}

/** All that a component's facts say of who is who, taken in order. */
export interface Claims {
  readonly all: readonly Claimed[]
  readonly takenOf: (fact: Fact) => TakenClaim | null
  /** whether a timeline was already somebody's, by this name or another of theirs */
  readonly isHeld: (subject: string, name: string) => boolean
  /** whose names turned out to be one person's, in order */
  readonly joins: readonly Join[]
  /** all names of the person of an identifier */
  readonly namesOf: (identifier: string) => Iterable<string>
  /** the name an identifier goes by now */
  readonly nameOf: (identifier: string) => string
}

/**
 * @param facts in order of occurrence
 * @param idOf from a name to a lead's id
 */
export function takeClaims(
  facts: readonly Fact[],
  claimOf: ClaimOf,
  idOf: (identifier: string) => string,
): Claims {
  const all = facts.flatMap(fact => {
    const claim = claimOf(fact)
    return claim === null ? NOTHING_SAID : { fact, claim }
  })
  const names = openNames(idOf)
  const proofs = proofsIn(facts, all)
  const taken = new Map<Fact, TakenClaim>()
  const { isHeld, hold } = openHolders(names.nameOf)
  for (const [before, one] of all.entries()) {
    const { fact, claim } = one
    names.read(one)
    const identifier = names.nameOf(claim.identifier)
    const isUnconfirmed =
      claim.proof === 'asserted' &&
      !isHeld(fact.subject, identifier) &&
      proofs.isProvenElsewhere(names.of(identifier), fact)
    if (!isUnconfirmed) hold(fact.subject, claim.identifier)
    const wentBy = (other: string): boolean => names.nameAsOf(other, before + 1) === identifier
    taken.set(fact, { ...claim, identifier, isUnconfirmed, wentBy })
  }
  return {
    all,
    takenOf: fact => taken.get(fact) ?? null,
    isHeld,
    joins: names.joins,
    namesOf: identifier => names.of(names.nameOf(identifier)),
    nameOf: names.nameOf,
  }
}

const NOTHING_SAID: readonly Claimed[] = []

/** Whose each timeline was so far. A room of its own: `isHeld` is kept for long (advance.ts, Folded), the claims are not. */
function openHolders(nameOf: (identifier: string) => string) {
  const held = new Map<string, Set<string>>()
  return {
    isHeld: (subject: string, name: string): boolean =>
      [...(held.get(subject) ?? [])].some(own => nameOf(own) === name),
    hold(subject: string, identifier: string): void {
      held.set(subject, (held.get(subject) ?? new Set()).add(identifier))
    },
  }
}
