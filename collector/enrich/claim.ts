import type { TraitClaim } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { traitsOf } from './traits.ts'

/** Who a fact says it is: contact data in a form or an identify call is a claim; what came too late claims nothing. */
export const claimOf = (fact: Fact): string | null => (fact.tooLate ? null : identifierIn(traitsOf(fact)))

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
