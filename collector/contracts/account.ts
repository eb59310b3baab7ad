import type { FitGrade } from '../../shared/grades.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import type { TraitValue } from './evidence.ts'

/**
 * The company a person is with, worked out of that person's facts alone, so that a replay finds the same. It names the
 * account and nothing else: a network's company makes nobody known (collector.md, Identity).
 */
export interface AccountLink {
  /** keyed hash of `account:` and what the company is known by (enrich/account.ts) */
  readonly id: string
  /** registrable; null when the company is known by a group or a name alone */
  readonly domain: string | null
  readonly name: string | null
  readonly by: AccountSource
  /** what the person may be in a purchase; none while neither seniority nor function is known */
  readonly roles: readonly BuyingRole[]
}

/** What tells the company, the strongest first. */
export type AccountSource = 'group' | 'email' | 'website' | 'network'

/** Who takes part when a company buys (enrich/buying-roles.ts says how each is told). */
export const BUYING_ROLES = ['decision_maker', 'champion', 'technical', 'procurement', 'legal'] as const
export type BuyingRole = (typeof BUYING_ROLES)[number]

/** What of a person their account is made of. */
export interface AccountMember {
  readonly stage: LifecycleStage
  /** false for who is disqualified, by a person's word or by a gate as of their latest event, and for a device that is not confirmed: no score, fit or role comes from them */
  readonly counts: boolean
  /** contracts/state.ts, EngagementState */
  readonly rank: number | null
  readonly fit: AccountFit
  readonly roles: readonly BuyingRole[]
  readonly domain: string | null
  readonly name: Said | null
  readonly industry: Said | null
  readonly companySize: Said | null
  readonly firstSeenAt: number
  readonly lastSeenAt: number
}

/** What somebody said of the company: the higher strength, then the later, is believed. */
export interface Said {
  readonly value: TraitValue
  /** `strengthOf` (evidence.ts), half a step more of who has an e-mail address of the company's domain; -1: a network says it */
  readonly strength: number
  readonly at: number
}

export interface AccountFit {
  readonly score: number
  readonly grade: FitGrade
}

/** An account as its people make it; derived from them, rebuilt with them. */
export interface AccountState {
  readonly id: string
  readonly domain: string | null
  readonly name: string | null
  /** log2 of the score now plus now/halfLife, as for a person: does not change with time; null: no score above 0 */
  readonly rank: number | null
  /** the best of the identified people who count */
  readonly fit: AccountFit | null
  /** the furthest of its people */
  readonly stage: LifecycleStage
  /** identified ones */
  readonly people: number
  /** visitors nobody knows, with the company by their network or by a group call */
  readonly anonymous: number
  readonly mqls: number
  readonly roles: readonly BuyingRole[]
  readonly industry: TraitValue | null
  readonly companySize: TraitValue | null
  readonly firstSeenAt: number
  readonly lastSeenAt: number
}
