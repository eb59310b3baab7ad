import type { Claim } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'

/** Whose a stretch of a timeline is. */
export interface Owner {
  /** null: nobody said who they are */
  readonly identifier: string | null
  /** the address is confirmed elsewhere, and this browser only typed it: a device to be confirmed (collector.md, Identity) */
  readonly isUnconfirmed: boolean
}

/** A stretch of one subject's timeline under one owner, and the claim by which it became theirs: its own, or a later one. */
export interface Stretch {
  owner: Owner
  readonly startsAt: number
  readonly startsId: string
  readonly facts: Fact[]
  /** the later claim with which it arrives, as history; null: each fact at its own time */
  adoptedBy: Fact | null
}

export interface Cutting {
  /** a claim under the name its person goes by (names.ts) */
  readonly claimOf: (fact: Fact) => Claim | null
  /** whether a browser that only types an address needs a confirmation, at the time of the fact */
  readonly isLocked: (identifier: string, fact: Fact) => boolean
}

const NOBODY: Owner = { identifier: null, isUnconfirmed: false }

/**
 * Cuts a timeline at claims. Before the first claim is the first claimant's history; from each claim on, the latest
 * claimant's. Two things join later, as history of the claim that shows it: what an unconfirmed device did, once it is
 * confirmed; and what a phone number did, once the same browser gives that number with an e-mail.
 */
export function cutAtClaims(timeline: readonly Fact[], cutting: Cutting): readonly Stretch[] {
  const first = stretchFrom(NOBODY, null)
  const stretches = [first]
  const held = new Set<string>()
  let current = first
  for (const fact of timeline) {
    const claim = cutting.claimOf(fact)
    const owner = claim && ownerBy(claim, fact, current.owner, held, cutting.isLocked)
    if (claim && owner && !isSame(owner, current.owner)) {
      adoptWhatIsTheirs(stretches, owner, claim, fact)
      current = stretchFrom(owner, fact)
      stretches.push(current)
    }
    if (owner?.identifier && !owner.isUnconfirmed) held.add(owner.identifier)
    current.facts.push(fact)
  }
  return stretches
}

/** Whom a claim gives the timeline to; null: it changes nothing. */
function ownerBy(
  claim: Claim,
  fact: Fact,
  before: Owner,
  held: ReadonlySet<string>,
  isLocked: Cutting['isLocked'],
): Owner | null {
  const { identifier, proof } = claim
  if (identifier !== before.identifier && !changesOwner(before.identifier, claim)) return null
  const isUnconfirmed = proof === 'asserted' && !held.has(identifier) && isLocked(identifier, fact)
  return { identifier, isUnconfirmed }
}

/** Whether what a page says gives a timeline to somebody else. A phone alone says nothing new where an e-mail is known. */
export const changesOwner = (owner: string | null, { identifier }: Claim): boolean =>
  identifier !== owner && !(isPhone(identifier) && owner !== null && !isPhone(owner))

/** Whether an earlier stretch turns out to be the new owner's. */
function joins({ owner, adoptedBy }: Stretch, next: Owner, { phone }: Claim): boolean {
  if (owner.identifier === null) return adoptedBy === null
  if (next.isUnconfirmed) return false
  return owner.isUnconfirmed ? owner.identifier === next.identifier : owner.identifier === phone
}

function adoptWhatIsTheirs(stretches: readonly Stretch[], owner: Owner, claim: Claim, fact: Fact): void {
  for (const stretch of stretches.filter(earlier => joins(earlier, owner, claim))) {
    stretch.owner = owner
    stretch.adoptedBy = fact
  }
}

const stretchFrom = (owner: Owner, fact: Fact | null): Stretch => ({
  owner,
  startsAt: fact?.occurredAt ?? 0,
  startsId: fact?.id ?? '',
  facts: [],
  adoptedBy: null,
})

export const isSame = (a: Owner, b: Owner): boolean =>
  a.identifier === b.identifier && a.isUnconfirmed === b.isUnconfirmed

/** A phone number names somebody while nothing better is known. */
export const isPhone = (identifier: string): boolean => /^(?:test:)?phone:/.test(identifier)
