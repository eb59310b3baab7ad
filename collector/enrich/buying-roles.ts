import type { BuyingRole } from '../contracts/account.ts'
import type { Profile } from '../contracts/evidence.ts'

/**
 * Who of a company takes part in a purchase, after the buying centre of Webster and Wind (1972): who decides, who wants it
 * and works with it, who judges the technology, who buys, who reads the contract. Told by rank and by field, so one person
 * may be two: a CTO decides and judges. The assignment is our choice.
 */
const BY_SENIORITY: Readonly<Record<string, BuyingRole>> = {
  owner: 'decision_maker',
  c_level: 'decision_maker',
  vp: 'decision_maker',
  director: 'decision_maker',
  head: 'decision_maker',
  manager: 'champion',
  lead: 'champion',
  senior: 'champion',
  specialist: 'champion',
}

const BY_FUNCTION: Readonly<Record<string, BuyingRole>> = {
  it: 'technical',
  engineering: 'technical',
  finance: 'procurement',
  procurement: 'procurement',
  legal: 'legal',
}

/** The roles a person may play, none while neither seniority nor function says one. */
export function buyingRolesOf({ traits }: Profile): readonly BuyingRole[] {
  const roles = [
    roleIn(BY_SENIORITY, traits.seniority?.value),
    roleIn(BY_FUNCTION, traits.jobFunction?.value),
  ]
  return roles.filter(role => role !== null)
}

const roleIn = (table: Readonly<Record<string, BuyingRole>>, value: unknown): BuyingRole | null =>
  typeof value === 'string' && Object.hasOwn(table, value) ? (table[value] ?? null) : null
