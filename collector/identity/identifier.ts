import type { TraitClaim } from '../contracts/evidence.ts'

/**
 * The identifier in what a fact says about its person: the e-mail, else the phone. Values arrive normalised (enrich):
 * an e-mail is a lead's name for life, a phone is one while nothing better is known.
 */
export function identifierIn(claims: readonly TraitClaim[]): string | null {
  const email = claims.find(claim => claim.name === 'email')
  if (email) return `email:${email.value}`
  const phone = claims.find(claim => claim.name === 'phone')
  return phone ? `phone:${phone.value}` : null
}
