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
    const { identifier, by } = ownerOf(
      fact,
      ordered.filter(({ subject }) => subject === fact.subject),
    )
    return [{ fact, by, identifier, id: idOf(identifier ?? `subject:${fact.subject}`) }]
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

/** The latest claimant at the fact; what came before the first claim is the first claimant's, from that claim on. */
function ownerOf(fact: Fact, timeline: readonly Fact[]) {
  const claims = claimsIn(timeline)
  const latest = claims.findLast(claim => byOccurrence(claim.fact, fact) <= 0)
  const first = claims[0]
  if (latest) return { identifier: latest.identifier, by: fact }
  return first ? { identifier: first.identifier, by: first.fact } : { identifier: null, by: fact }
}

/** A phone alone says nothing new about a visitor whose e-mail is known. */
function claimsIn(timeline: readonly Fact[]) {
  const claims: { fact: Fact; identifier: string }[] = []
  for (const fact of timeline) {
    const identifier = claimOf(fact)
    const owner = claims.at(-1)?.identifier
    if (identifier === null) continue
    if (identifier.startsWith('phone:') && owner?.startsWith('email:')) continue
    claims.push({ fact, identifier })
  }
  return claims
}

/** Who a fact says it is. What came too late claims nothing. */
function claimOf(fact: Fact): string | null {
  if (fact.tooLate) return null
  const traits = traitsOf(fact)
  const given = (name: string) => traits.find(trait => trait.name === name)?.value
  const [email, phone] = [given('email'), given('phone')]
  if (email !== undefined) return `email:${email}`
  return phone === undefined ? null : `phone:${phone}`
}
