import { strengthOf, type TraitClaim } from '../contracts/evidence.ts'
import { companyName } from './lists.ts'
import { spelling } from './words.ts'

/**
 * How values of these are compared. Titles and sizes are written in many ways and change; nobody who fills in a form about
 * themselves gets their name or company wrong (our choice).
 */
const COMPARED: Readonly<Record<string, (text: string) => string>> = {
  lastName: spelling,
  company: companyName,
}

/** Whether a claim says otherwise what a stronger source already knows: a sign that somebody poses as another (trust.md). */
export function contradicts(claim: TraitClaim, known: TraitClaim): boolean {
  const plain = COMPARED[claim.name]
  if (plain === undefined || strengthOf(claim) >= strengthOf(known)) return false
  return plain(String(claim.value)) !== plain(String(known.value))
}
