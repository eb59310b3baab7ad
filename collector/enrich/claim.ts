import type { Claim, ClaimOf } from '../contracts/claim.ts'
import type { TraitClaim } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { Behaviour } from './behaviour.ts'
import { machineBehind } from './traffic.ts'
import { traitsOf } from './traits.ts'

/**
 * Who a fact says it is: contact data in a form or an identify call, the customer's own id of the user, the address a
 * signed link was sent to. What came too late claims nothing.
 */
export function claimOf(fact: Fact): Claim | null {
  if (fact.tooLate) return null
  const { click, user, formerUser, test } = fact.noted ?? {}
  const traits = traitsOf(fact)
  // most facts say nothing of who it is
  if (traits.length === 0 && user === undefined) return null
  const named = (name: string): string => (test ? `test:${name}` : name)
  const [email, phone] = [saidIn(traits, 'email'), saidIn(traits, 'phone')]
  const [own, former] = [userName(user), userName(formerUser)]
  // a number may be a whole office's: beside anything better it only says which number this is
  const identifier = email ?? own ?? phone
  if (identifier === null) return null
  const beside = (name: string | null) => (name === null || name === identifier ? [] : [named(name)])
  const proof = fact.origin === 'browser' ? 'asserted' : 'verified'
  return {
    identifier: named(identifier),
    proof: click ? 'confirmed' : proof,
    also: [...beside(own), ...beside(former)],
    phone: beside(phone)[0] ?? null,
  }
}

const userName = (id: string | undefined): string | null => (id === undefined ? null : `user:${id}`)

/** `email:…` or `phone:…`, or null. Values arrive normalised (traits.ts). */
function saidIn(traits: readonly TraitClaim[], name: 'email' | 'phone'): string | null {
  const said = traits.find(trait => trait.name === name)
  return said ? `${name}:${said.value}` : null
}

/**
 * Who facts say they are, but that a program confirms nothing: a mail scanner that opens a signed link has not read the
 * mail. What it types is claimed all the same, for a lead lost is worse than one too many.
 */
export const claimsBeside =
  (behaviour: Behaviour): ClaimOf =>
  fact => {
    const claim = claimOf(fact)
    return claim?.proof === 'confirmed' && machineBehind(fact, behaviour) ? null : claim
  }

/** Every name that a fact gives: by each of them others may be connected to it. */
export function identifiersIn(fact: Fact): readonly string[] {
  const claim = claimOf(fact)
  return claim === null ? [] : [claim.identifier, ...claim.also]
}

/**
 * The identifier in what a fact says about its person: the e-mail, else the phone. Values arrive normalised (traits.ts):
 * an e-mail is a lead's name for life, a phone is one while nothing better is known.
 */
export const identifierIn = (traits: readonly TraitClaim[]): string | null =>
  saidIn(traits, 'email') ?? saidIn(traits, 'phone')
