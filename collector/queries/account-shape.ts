import type { FitGrade } from '../../shared/grades.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import { type AccountSource, type AccountState, BUYING_ROLES, type BuyingRole } from '../contracts/account.ts'
import type { TraitValue } from '../contracts/evidence.ts'
import type { PersonState } from '../contracts/state.ts'
import { countsForAccount, weightAt } from '../storage/roll-up.ts'
import { engagementAt, nameOf, textOf } from './lead-shape.ts'
import { rfc3339 } from './rfc3339.ts'

/** An account as the API shows it (docs/api.md): stable, fields may be added. */
export interface AccountListed {
  readonly id: string
  readonly site: string
  readonly domain: string | null
  readonly name: string | null
  /** the engagement scores of its people, weighted 1, ½, ¼ … from the highest down */
  readonly score: number
  readonly asOf: string
  /** the best of its people; null: nobody is known, or nobody counts */
  readonly fit: { readonly score: number; readonly grade: FitGrade } | null
  /** the furthest of its people */
  readonly stage: LifecycleStage
  /** identified ones */
  readonly people: number
  readonly anonymous: number
  readonly mqls: number
  readonly roles: { readonly present: readonly BuyingRole[]; readonly missing: readonly BuyingRole[] }
  readonly industry: TraitValue | null
  readonly companySize: TraitValue | null
  readonly firstSeenAt: string
  readonly lastSeenAt: string
}

/** One of an account's people, and what of their score is in the account's: `weight` times it. */
export interface AccountPerson {
  readonly id: string
  readonly stage: LifecycleStage
  readonly email: string | null
  readonly name: string | null
  readonly jobTitle: string | null
  readonly roles: readonly BuyingRole[]
  /** what says that they are with this account */
  readonly by: AccountSource
  readonly fit: { readonly score: number; readonly grade: FitGrade }
  readonly engagement: { readonly score: number }
  /** 0 for who is disqualified, and for a score that is not above 0 */
  readonly weight: number
  readonly lastSeenAt: string
}

export function accountListed(
  site: string,
  account: AccountState,
  now: number,
  halfLifeMs: number,
): AccountListed {
  const { rank, roles, firstSeenAt, lastSeenAt, ...others } = account
  const { id, domain, name, fit, stage, people, anonymous, mqls, industry, companySize } = others
  return {
    id,
    site,
    domain,
    name,
    score: rank === null ? 0 : 2 ** (rank - now / halfLifeMs),
    asOf: rfc3339(now),
    fit,
    stage,
    people,
    anonymous,
    mqls,
    roles: { present: roles, missing: BUYING_ROLES.filter(role => !roles.includes(role)) },
    industry,
    companySize,
    firstSeenAt: rfc3339(firstSeenAt),
    lastSeenAt: rfc3339(lastSeenAt),
  }
}

/** @param states highest engagement first, as the store lists them */
export function peopleOf(states: readonly PersonState[], now: number): readonly AccountPerson[] {
  let place = 0
  return states.map(state => {
    const score = engagementAt(state.engagement, now)
    const weight = score > 0 && countsForAccount(state) ? weightAt(place++) : 0
    return {
      id: state.id,
      stage: state.stage,
      email: textOf(state, 'email'),
      name: nameOf(state),
      jobTitle: textOf(state, 'jobTitle'),
      roles: state.account?.roles ?? [],
      by: state.account?.by ?? 'email',
      fit: { score: state.fit.score, grade: state.fit.grade },
      engagement: { score },
      weight,
      lastSeenAt: rfc3339(state.lastSeenAt),
    }
  })
}
