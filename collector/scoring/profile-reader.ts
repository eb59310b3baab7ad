import type { Profile } from '../contracts/evidence.ts'
import { compilerOver, type KeyReader } from './conditions.ts'

/** Who somebody is known to be, and on which lists. */
export type Who = Profile & { readonly lists: readonly string[] }

/** How a fit rule's key (model.md) is read from who somebody is. */
export function profileKey(key: string): KeyReader<Who> {
  if (key === 'list') return ({ lists }) => lists
  if (key === 'email.kind') return ({ emailKind }) => emailKind
  if (key === 'company') return ({ traits, companyDomain }) => traits[key]?.value ?? companyDomain
  return ({ traits }) => traits[key]?.value ?? null
}

export const judgeProfile = compilerOver(profileKey)

/** What a gate is held against: the person, and the flags that hold. */
export type GateView = Who & { readonly flags: readonly string[] }

export const judgeGate = compilerOver((key): KeyReader<GateView> => {
  const ofProfile = profileKey(key)
  return key === 'flag' ? ({ flags }) => flags : ofProfile
})
