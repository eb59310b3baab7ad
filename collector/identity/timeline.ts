import type { Claim } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'
import type { TakenClaim } from './claims.ts'

/** Whose a stretch of a timeline is. */
export interface Owner {
  /** null: nobody said who they are */
  readonly identifier: string | null
  /** the address is proven elsewhere, and this browser only typed it: a device to be confirmed (collector.md, Identity) */
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
  readonly takenOf: (fact: Fact) => TakenClaim | null
  /** whether a person's word had joined an owner with somebody by the time of a fact */
  readonly isMerged: (owner: Owner, fact: Fact) => boolean
}

const NOBODY: Owner = { identifier: null, isUnconfirmed: false }

/**
 * Cuts a timeline at claims. Before the first claim is the first claimant's history; from each claim on, the latest
 * claimant's. Two things join later, as history of the claim that shows it: what an unconfirmed device did, once it is
 * confirmed; and what a phone number did, once the same browser gives that number with an e-mail. What a person's word had
 * joined before has arrived with that word (joins.ts).
 */
export function cutAtClaims(timeline: readonly Fact[], cutting: Cutting): readonly Stretch[] {
  let current = stretchFrom(NOBODY, null)
  const stretches = [current]
  for (const fact of timeline) {
    const claim = cutting.takenOf(fact)
    if (claim && says(claim, current.owner)) current = givenTo(claim, fact, stretches, current, cutting)
    current.facts.push(fact)
  }
  return stretches
}

/** Whether a claim is heard: it repeats whose the timeline is, or gives it to somebody else. */
const says = (claim: TakenClaim, { identifier }: Owner): boolean =>
  claim.identifier === identifier || changesOwner(identifier, claim)

/** The stretch that a claim is in: a new one, unless it is the owner's of before. */
function givenTo(
  claim: TakenClaim,
  fact: Fact,
  stretches: Stretch[],
  current: Stretch,
  cutting: Cutting,
): Stretch {
  const owner = { identifier: claim.identifier, isUnconfirmed: claim.isUnconfirmed }
  const goesOn = isSame(owner, current.owner)
  const earlier = goesOn ? stretches.filter(one => one !== current) : stretches
  adoptWhatIsTheirs(earlier, owner, claim, fact, cutting)
  if (goesOn) return current
  const next = stretchFrom(owner, fact)
  stretches.push(next)
  return next
}

/** Whether what a page says gives a timeline to somebody else. A phone alone says nothing new where an e-mail is known. */
export const changesOwner = (owner: string | null, { identifier }: Pick<Claim, 'identifier'>): boolean =>
  identifier !== owner && !(isPhone(identifier) && owner !== null && !isPhone(owner))

function adoptWhatIsTheirs(
  stretches: readonly Stretch[],
  owner: Owner,
  claim: TakenClaim,
  fact: Fact,
  { isMerged }: Cutting,
): void {
  for (const stretch of stretches) {
    if (!joins(stretch, owner, claim) || isMerged(stretch.owner, fact)) continue
    stretch.owner = owner
    stretch.adoptedBy = fact
  }
}

/** Whether an earlier stretch turns out to be the new owner's. */
function joins({ owner }: Stretch, next: Owner, { phone, wentBy }: TakenClaim): boolean {
  if (owner.identifier === null) return true
  if (next.isUnconfirmed) return false
  return owner.isUnconfirmed ? wentBy(owner.identifier) : owner.identifier === phone
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
