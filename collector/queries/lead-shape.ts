import type { LifecycleStage } from '../../shared/stages.ts'
import type { Touchpoint, TraitValue } from '../contracts/evidence.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type {
  EngagementState,
  FitState,
  MqlPath,
  PersonState,
  ScoreReason,
  Suspicion,
} from '../contracts/state.ts'
import { holding } from '../lifecycle/policy.ts'
import { currentScore } from '../scoring/decay.ts'
import type { Missing } from './missing.ts'
import { rfc3339 } from './rfc3339.ts'

/** A lead as the API shows it (docs/api.md): stable, fields may be added. */

export interface TraitShape {
  /** null only when `redacted` */
  readonly value: TraitValue | null
  readonly source: string
  readonly at: string
  readonly redacted?: true
}

export interface AccountShape {
  readonly id: string
  readonly domain: string | null
  readonly name: string | null
}

export type TouchpointShape = Omit<Touchpoint, 'at'> & { readonly at: string }

/** One thing that is missing, as the API shows it. */
export interface MissingShape {
  /** `closer`: nothing that must be met, but a single thing that would be enough */
  readonly kind: Missing['kind'] | 'closer'
  /** what is not met, in the grammar of goldpan.yaml */
  readonly condition: unknown
  /** the same for a salesperson */
  readonly text: string
  readonly rule?: string | null
  readonly traits?: readonly string[]
  /** points of the fit rule that cannot be judged */
  readonly points?: number
  /** of a score, or of new points */
  readonly has?: number | null
  readonly needs?: number
  readonly times?: number
  /**
   * end of the cool-down; up to when a gate stays closed if nothing happens, null: for ever; or up to when a closer is
   * enough, null: there is no hurry
   */
  readonly until?: string | null
}

export interface MqlShape {
  /** of the open episode; null: there is none */
  readonly since: string | null
  /** when it falls back to lead if nothing happens; null: not by time alone */
  readonly until: string | null
  readonly by: MqlPath | null
  /** as they were at `since` */
  readonly reasons: readonly ScoreReason[]
  readonly missing: readonly MissingShape[]
}

export interface SuspicionShape {
  readonly code: Suspicion
  readonly text: string
}

export interface UnconfirmedShape {
  /** merge it into the lead (`POST /v1/leads/:id/merge {lead}`), and it is the lead's */
  readonly lead: string
  readonly visitor: string | null
  readonly since: string
}

export interface LeadShape {
  readonly id: string
  readonly site: string
  readonly stage: LifecycleStage
  readonly email: string | null
  readonly name: string | null
  readonly traits: Readonly<Record<string, TraitShape>>
  readonly account: AccountShape | null
  readonly fit: FitState
  readonly engagement: { readonly score: number; readonly asOf: string }
  readonly mql: MqlShape
  readonly firstTouch: TouchpointShape | null
  readonly lastTouch: TouchpointShape | null
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly visitors: readonly string[]
  /** flags that hold now */
  readonly flags: readonly string[]
  readonly needs: readonly string[]
  /** why sales is not told before a person has looked */
  readonly suspicions: readonly SuspicionShape[]
  /** devices that say they are this lead and are not confirmed: what they do is not scored for it */
  readonly unconfirmed: readonly UnconfirmedShape[]
  /** id of the lead that this device says it is */
  readonly claims: string | null
  /** made with the site's test key */
  readonly test: boolean
  readonly model: { readonly name: string; readonly version: number }
}

/** What a lead's shape needs beside its state. */
export interface LeadContext {
  readonly now: number
  /** the version that judged the state */
  readonly version: ModelVersion
  readonly missing: readonly MissingShape[]
}

/** The score now; a clock that went back does not raise it. */
export const engagementAt = (engagement: EngagementState, now: number): number =>
  currentScore(engagement, Math.max(now, engagement.asOf))

export function leadShape(state: PersonState, { now, version, missing }: LeadContext): LeadShape {
  return {
    id: state.id,
    site: state.site,
    stage: state.stage,
    email: textOf(state, 'email'),
    name: nameOf(state),
    traits: Object.fromEntries(
      Object.entries(state.traits).map(([name, { value, source, at }]) => [
        name,
        { value, source, at: rfc3339(at) },
      ]),
    ),
    account: accountShape(state),
    fit: state.fit,
    engagement: {
      score: engagementAt(state.engagement, now),
      asOf: rfc3339(Math.max(now, state.engagement.asOf)),
    },
    mql: mqlShape(state, missing),
    firstTouch: touchpointShape(state.firstTouch),
    lastTouch: touchpointShape(state.lastTouch),
    firstSeenAt: rfc3339(state.firstSeenAt),
    lastSeenAt: rfc3339(state.lastSeenAt),
    visitors: state.visitors,
    flags: holding(state.flags, now),
    needs: state.needs,
    suspicions: state.suspicions.map(code => ({ code, text: SUSPICIONS[code] })),
    unconfirmed: state.unconfirmed.map(({ person, visitor, since }) => ({
      lead: person,
      visitor,
      since: rfc3339(since),
    })),
    claims: state.claims,
    test: state.isTest,
    model: { name: version.model.name, version: version.version },
  }
}

const SUSPICIONS: Readonly<Record<Suspicion, string>> = {
  contradiction: 'A form gives another name or company than a stronger source knows.',
  many_people: 'One browser said to be more people than share one.',
}

const accountShape = ({ account }: PersonState): AccountShape | null =>
  account && { id: account.id, domain: account.domain, name: account.name }

function mqlShape({ mql, stage, nextDueAt }: PersonState, missing: readonly MissingShape[]): MqlShape {
  return {
    since: mql && rfc3339(mql.since),
    until: stage === 'mql' && nextDueAt !== null ? rfc3339(nextDueAt) : null,
    by: mql?.by ?? null,
    reasons: mql?.reasons ?? [],
    missing,
  }
}

const touchpointShape = (touch: Touchpoint | null): TouchpointShape | null =>
  touch && { ...touch, at: rfc3339(touch.at) }

export function textOf(state: PersonState, trait: string): string | null {
  const value = state.traits[trait]?.value
  return value === undefined ? null : String(value)
}

export function nameOf(state: PersonState): string | null {
  const parts = [textOf(state, 'firstName'), textOf(state, 'lastName')].filter(part => part !== null)
  return textOf(state, 'fullName') ?? (parts.length > 0 ? parts.join(' ') : null)
}
