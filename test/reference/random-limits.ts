import type { Fact } from '../../collector/contracts/facts.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'
import { idOf } from '../support/history.ts'
import { type Behaviour, behaviourOf } from './behaviour.ts'
import { isVoidClick } from './claims.ts'
import { type Person, peopleOf } from './people.ts'

/** What may happen in random stories; what is false waits for the product. */
export const HAPPENS = {
  numbersGivenLater: false,
  namesOfTwoKnown: false,
  clicksOfPrograms: false,
  listedNamedTooLate: false,
  clicksOneByOne: false,
  clicksOfOurOwn: false,
  ownBrowsersShared: false,
  mergesOfTheClaimed: false,
  mergesOfTheConfirmed: false,
  mergesOfTheSuspicious: false,
}

/** The facts that a story may have: no words about leads that are not there, nothing that does not happen. */
export function likely(facts: readonly Fact[]): readonly Fact[] {
  const seen = [facts, facts.filter(({ type }) => type !== 'reclassify')].map(behaviourOf)
  const behaviour: Behaviour = {
    saidOf: () => null,
    isProgram: fact => seen.some(one => one.isProgram(fact)),
    isOurOwn: () => false,
  }
  const kept: Fact[] = []
  for (const fact of facts) if (may(fact, kept, behaviour)) kept.push(fact)
  const left = kept.filter(isJoinedAtAll(kept))
  return left.length === facts.length ? left : likely(left)
}

/** Which merges may be, by how all stand without any. */
function isJoinedAtAll(facts: readonly Fact[]): (fact: Fact) => boolean {
  if (!facts.some(({ type }) => type === 'merge')) return () => true
  const people = peopleOf(
    facts.filter(({ type }) => type !== 'merge'),
    idOf,
  )
  const isClaimed = (lead: unknown) => people.some(({ claims }) => claims === lead)
  const isSuspicious = (lead: unknown) => people.some(({ id, people: many }) => id === lead && many > 3)
  return ({ type, props: { lead } }) => {
    if (type !== 'merge') return true
    if (isClaimed(lead) && !HAPPENS.mergesOfTheClaimed) return false
    if (people.every(({ id }) => id !== lead) && !HAPPENS.mergesOfTheConfirmed) return false
    return !isSuspicious(lead) || HAPPENS.mergesOfTheSuspicious
  }
}

const may = (fact: Fact, before: readonly Fact[], behaviour: Behaviour): boolean =>
  happens(fact, before, behaviour) &&
  isClicked(fact, before) &&
  isOfOne(fact, before) &&
  isThere(fact, before)

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

function happens(fact: Fact, before: readonly Fact[], behaviour: Behaviour): boolean {
  const { numbersGivenLater, namesOfTwoKnown, clicksOfPrograms, listedNamedTooLate } = HAPPENS
  const [name, phone, user] = [given(fact, 'email'), given(fact, 'phone'), fact.noted?.user]
  const claims = before.filter(one => namesOf(one).length > 0 && !isVoidClick(one, behaviour))
  const isKnown = claims.some(
    one => one.subject === fact.subject && given(one, 'email') + (one.noted?.user ?? '') !== '',
  )
  if (!numbersGivenLater && name && phone && isKnown) return false
  const isHeard = (one: string) => claims.some(claim => namesOf(claim).includes(one))
  if (!namesOfTwoKnown && user && name && isHeard(`user:${user}`) && isHeard(`email:${name}`)) return false
  const isListed = name.startsWith('bob') || name.startsWith('cat')
  const last = claims.findLast(({ subject }) => subject === fact.subject)
  const isSaid = last !== undefined && given(last, 'email') === name
  if (!clicksOfPrograms && isVoidClick(fact, behaviour) && !isSaid) return false
  return listedNamedTooLate || !fact.tooLate || !isListed
}

/** Clicks that a scanner would be a little too slow for, and those of a timeline that is said to be our own. */
function isClicked(fact: Fact, before: readonly Fact[]): boolean {
  const onIt = before.filter(({ subject }) => subject === fact.subject)
  const isOwn = ({ type, props }: Fact) => type === 'reclassify' && props.kind === 'internal'
  const isClick = ({ noted }: Fact) => noted?.click !== undefined
  if (!HAPPENS.clicksOfOurOwn && isOwn(fact) && onIt.some(isClick)) return false
  if (!HAPPENS.clicksOfOurOwn && isClick(fact) && onIt.some(isOwn)) return false
  const since = before.filter(isClick).map(one => fact.occurredAt - one.occurredAt)
  return HAPPENS.clicksOneByOne || !isClick(fact) || !since.some(ms => 10_000 < ms && ms <= 20_000)
}

/** A browser that is marked as our own is one person's. */
function isOfOne(fact: Fact, before: readonly Fact[]): boolean {
  const onIt = before.filter(({ subject }) => subject === fact.subject)
  const isMark = ({ noted }: Fact) => noted?.optedOut === true
  const names = new Set(onIt.flatMap(namesOf))
  if (HAPPENS.ownBrowsersShared || !(isMark(fact) || onIt.some(isMark))) return true
  return isMark(fact) ? names.size === 0 : namesOf(fact).every(name => names.size === 0 || names.has(name))
}

const given = (fact: Fact, name: string): string =>
  String(traitsOf(fact).find(one => one.name === name)?.value ?? '')

/** An address or a user that a fact names. */
function namesOf(fact: Fact): readonly string[] {
  if (fact.tooLate) return []
  const [email, phone, user] = [given(fact, 'email'), given(fact, 'phone'), fact.noted?.user]
  const test = fact.noted?.test ? 'test:' : ''
  return [
    ...(email === '' ? [] : [`${test}email:${email}`]),
    ...(user === undefined ? [] : [`user:${user}`]),
    ...(email === '' && phone !== '' ? [`${test}phone:${phone}`] : []),
  ]
}
