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
  const { click, user, test } = fact.noted ?? {}
  const traits = traitsOf(fact)
  // most facts say nothing of who it is
  if (traits.length === 0 && user === undefined) return null
  const [contact, ...rest] = [identifierIn(traits), user === undefined ? null : `user:${user}`].filter(
    name => name !== null,
  )
  if (contact === undefined) return null
  const named = (name: string): string => (test ? `test:${name}` : name)
  const phone = contact.startsWith('email:') ? traits.find(({ name }) => name === 'phone') : undefined
  return {
    identifier: named(contact),
    proof: click ? 'confirmed' : fact.origin === 'browser' ? 'asserted' : 'verified',
    also: rest.map(named),
    phone: phone ? named(`phone:${phone.value}`) : null,
  }
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
export function identifierIn(claims: readonly TraitClaim[]): string | null {
  const email = claims.find(claim => claim.name === 'email')
  if (email) return `email:${email.value}`
  const phone = claims.find(claim => claim.name === 'phone')
  return phone ? `phone:${phone.value}` : null
}
