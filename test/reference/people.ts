import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'

/** A fact of a person, and the fact by which it became theirs: itself, or the claim that joined it as history. */
export interface Joined {
  readonly fact: Fact
  readonly by: Fact
}

export interface Person {
  readonly id: string
  /** `email:…` or `phone:…`; null while anonymous */
  readonly identifier: string | null
  /** in order of occurrence */
  readonly facts: readonly Joined[]
}

interface Owned extends Joined {
  readonly id: string
  readonly identifier: string | null
}

/** Who each fact belongs to (collector.md, Identity). A decision belongs to the lead it addresses. */
export function peopleOf(facts: readonly Fact[], idOf: (text: string) => string): readonly Person[] {
  const ordered = facts.toSorted(byOccurrence)
  const owned = ordered.flatMap(fact => {
    if (fact.type === 'decision') return []
    const { identifier, isDevice, by } = ownerOf(fact, ordered)
    const key = identifier === null ? `subject:${fact.subject}` : identifier
    const id = idOf(isDevice ? `device:${fact.subject}:${identifier}` : key)
    return [{ fact, by, identifier: isDevice ? null : identifier, id }]
  })
  return [...new Set(owned.map(({ id }) => id))].map(id => personOf(id, owned, ordered))
}

function personOf(id: string, owned: readonly Owned[], facts: readonly Fact[]): Person {
  const theirs = owned.filter(one => one.id === id)
  const decisions = facts.filter(({ type, subject }) => type === 'decision' && subject === id)
  return {
    id,
    identifier: theirs[0]?.identifier ?? null,
    facts: [...theirs, ...decisions.map(fact => ({ fact, by: fact }))].toSorted((a, b) =>
      byOccurrence(a.fact, b.fact),
    ),
  }
}

interface Claimed extends Claim {
  readonly fact: Fact
  /** the address is confirmed on another browser, and this one only typed it */
  readonly isDevice: boolean
}

/**
 * The latest claimant at the fact; what came before the first claim is the first claimant's, from that claim on. What a
 * device did is joined by its confirmation, what a phone did by that number given with an e-mail.
 */
function ownerOf(fact: Fact, facts: readonly Fact[]) {
  const claims = claimsIn(fact.subject, facts)
  const at = claims.findLast(claim => byOccurrence(claim.fact, fact) <= 0)
  let owner = at ?? claims[0]
  if (!owner) return { identifier: null, isDevice: false, by: fact }
  let by = at ? fact : owner.fact
  for (const later of claims.filter(({ fact: one }) => byOccurrence(one, fact) > 0)) {
    if (!isJoined(owner, later)) continue
    owner = later
    by = later.fact
  }
  return { identifier: owner.identifier, isDevice: owner.isDevice, by }
}

const isJoined = (earlier: Claimed, later: Claimed): boolean => {
  if (later.isDevice) return false
  if (earlier.isDevice) return earlier.identifier === later.identifier
  return earlier.identifier === later.phone
}

/** A phone alone says nothing new about a visitor whose e-mail is known. */
function claimsIn(subject: string, facts: readonly Fact[]): readonly Claimed[] {
  const claims: Claimed[] = []
  for (const fact of facts.filter(one => one.subject === subject)) {
    const claim = claimOf(fact)
    const before = claims.at(-1)
    if (claim === null) continue
    if (claim.identifier.startsWith('phone:') && before?.identifier.startsWith('email:')) continue
    const isTheirs = claims.some(one => one.identifier === claim.identifier && !one.isDevice)
    const isDevice = !claim.isProof && !isTheirs && isConfirmedElsewhere(claim.identifier, fact, facts)
    if (before?.identifier !== claim.identifier || before.isDevice !== isDevice)
      claims.push({ fact, ...claim, isDevice })
  }
  return claims
}

/** Another browser had been proven to be theirs by then: by the customer's server, which named it. */
const isConfirmedElsewhere = (identifier: string, { subject, occurredAt }: Fact, facts: readonly Fact[]) =>
  facts.some(fact => {
    const claim = claimOf(fact)
    const knownAt = Math.max(fact.occurredAt, fact.receivedAt)
    const isOther = fact.visitor !== null && fact.subject !== subject
    return isOther && claim?.isProof && claim.identifier === identifier && knownAt < occurredAt
  })

interface Claim {
  readonly identifier: string
  readonly isProof: boolean
  /** a number given beside an e-mail */
  readonly phone: string | null
}

/** Who a fact says it is. What came too late claims nothing. */
function claimOf(fact: Fact): Claim | null {
  if (fact.tooLate) return null
  const traits = traitsOf(fact)
  const given = (name: string) => traits.find(trait => trait.name === name)?.value
  const [email, phone] = [given('email'), given('phone')]
  const isProof = fact.origin === 'server'
  if (email !== undefined)
    return { identifier: `email:${email}`, isProof, phone: phone === undefined ? null : `phone:${phone}` }
  return phone === undefined ? null : { identifier: `phone:${phone}`, isProof, phone: null }
}
