import type { Fact } from '../../collector/contracts/facts.ts'
import { idOf } from '../support/history.ts'
import type { Behaviour } from './behaviour.ts'
import { claimsIn } from './claims.ts'
import { renamingsIn } from './names.ts'
import { type Person, peopleOf } from './people.ts'
import { BY_NUMBER } from './random-proofs.ts'

/** What may happen in random stories; what is false waits for the product. */
const HAPPENS = {
  twoLeadsOfOneUser: true,
  mergesOfNumbers: true,
  sightsQueued: true,
}

/** The facts that a story may have: no words about leads that are not there, nothing that does not happen. */
export function likely(facts: readonly Fact[]): readonly Fact[] {
  const kept: Fact[] = []
  for (const fact of facts) if (isThere(fact, kept) && happens(fact, kept)) kept.push(fact)
  return kept
}

/** People decide about leads there are, and join those, or a device to the lead that it says it is. */
function isThere({ type, subject, props }: Fact, before: readonly Fact[]): boolean {
  if (type !== 'decision' && type !== 'merge') return true
  const people = peopleOf(before, idOf)
  const lead = people.find(({ id }) => id === subject)
  if (!lead?.identifier) return false
  const other = people.find(({ id }) => id === props.lead)
  return type === 'decision' || (other !== undefined && other !== lead && isJoinable(lead, other))
}

const isJoinable = (lead: Person, { identifier, claims }: Person): boolean =>
  identifier !== null || claims === lead.id

function happens(fact: Fact, before: readonly Fact[]): boolean {
  const { type, subject, props, origin, occurredAt, receivedAt } = fact
  const isOfNumber = type === 'merge' && (subject === BY_NUMBER || props.lead === BY_NUMBER)
  if (isOfNumber && !HAPPENS.mergesOfNumbers) return false
  if (origin === 'browser' && receivedAt > occurredAt + 100 && !HAPPENS.sightsQueued) return false
  if (HAPPENS.twoLeadsOfOneUser || fact.noted?.user === undefined) return true
  const [known, claims] = [
    claimsIn(before, NOBODY_IS_A_PROGRAM),
    claimsIn([...before, fact], NOBODY_IS_A_PROGRAM),
  ]
  const isKnown = (name: string) => known.some(({ names }) => names.includes(name))
  return renamingsIn(claims).every(([by, , name]) => by !== fact || !isKnown(name))
}

const NOBODY_IS_A_PROGRAM: Behaviour = {
  saidOf: () => null,
  isProgram: () => false,
  isOurOwn: () => false,
}
