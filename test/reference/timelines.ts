import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import { type Claim, isPhone } from './claims.ts'
import { firstOf, type NamesAt } from './names.ts'

/** A claim that gives a timeline to somebody. */
interface Holding {
  readonly claim: Claim
  /** that the claimant went by when it was said */
  readonly name: string
  /** the address is confirmed on another browser, and this one only typed it */
  readonly isDevice: boolean
}

/** Whose a fact is from a fact on: itself, or one that shows it later. */
export interface Held {
  readonly from: Fact
  /** null: nobody said who they are */
  readonly name: string | null
  readonly isDevice: boolean
}

/**
 * Whose each fact of a timeline is, and how that changed: the latest claimant's at the fact; what came before the first claim is the
 * first claimant's, from that claim on. What a device did is joined by its confirmation, what a phone did by that number
 * given with an e-mail; unless a person's word had made either
 * somebody's before: then it stays so.
 */
export function heldBy(
  fact: Fact,
  holdings: readonly Holding[],
  namesAt: NamesAt,
  isMerged: (one: Held, by: Fact) => boolean,
): readonly Held[] {
  const isBefore = ({ claim }: Holding) => byOccurrence(claim.fact, fact) <= 0
  const at = holdings.findLast(isBefore)
  let last: Held = { from: fact, name: at?.name ?? null, isDevice: at?.isDevice ?? false }
  const held = [last]
  for (const later of holdings.filter(one => !isBefore(one))) {
    const next = { from: later.claim.fact, name: later.name, isDevice: later.isDevice }
    if (!isJoined(last, later, namesAt) || isMerged(last, next.from)) continue
    last = next
    held.push(last)
  }
  return held
}

function isJoined({ name, isDevice }: Held, later: Holding, namesAt: NamesAt): boolean {
  if (name === null) return true
  if (later.isDevice) return false
  return isDevice ? namesAt(name, later.claim.fact).has(later.name) : name === later.claim.phone
}

/** What was said and done on all timelines. */
interface Told {
  readonly deeds: readonly Fact[]
  readonly claims: readonly Claim[]
  readonly namesAt: NamesAt
}

/** The claims of a timeline. A phone alone says nothing new about a visitor who is known by another name. */
export function holdingsOf(subject: string, told: Told): readonly Holding[] {
  const { claims, namesAt } = told
  const holdings: Holding[] = []
  for (const claim of claims.filter(({ fact }) => fact.subject === subject)) {
    const [name] = claim.names
    const isSame = (one: Holding | undefined) => one !== undefined && namesAt(one.name, claim.fact).has(name)
    const before = holdings.at(-1)
    if (before && isPhone(name) && !isPhone(before.name) && !isSame(before)) continue
    const isTheirs = holdings.some(one => isSame(one) && !one.isDevice)
    const isDevice = !claim.isProof && !isTheirs && isConfirmedElsewhere(claim, told)
    holdings.push({ claim, name: firstOf(namesAt(name, claim.fact), claims), isDevice })
  }
  return holdings
}

/** Another browser, one that was here, had been proven to be theirs, and that was known, before this came. */
function isConfirmedElsewhere({ names, fact }: Claim, { deeds, claims, namesAt }: Told): boolean {
  const isBefore = (at: number) => at < fact.receivedAt
  const isKnownBy = ({ occurredAt, receivedAt }: Fact) => isBefore(occurredAt) && isBefore(receivedAt)
  const wasHere = (subject: string) =>
    deeds.some(one => one.subject === subject && one.origin === 'browser' && isKnownBy(one))
  const theirs = namesAt(names[0], fact)
  return claims.some(({ isProof, names: proven, fact: proof }) => {
    const isOther = proof.subject !== fact.subject && wasHere(proof.subject)
    return isOther && isProof && isKnownBy(proof) && proven.some(name => theirs.has(name))
  })
}
