import type { Profile } from '../contracts/evidence.ts'
import type { Reader } from './conditions.ts'

/** Reads a fit rule's or a gate's keys (model.md) from who the person is known to be. */
export function readProfile(profile: Profile, lists: readonly string[]): Reader {
  return key => {
    if (key === 'list') return lists
    if (key === 'email.kind') return profile.emailKind
    const value = profile.traits[key]?.value ?? null
    return key === 'company' ? (value ?? profile.companyDomain) : value
  }
}
