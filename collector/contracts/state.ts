import type { FitGrade } from '../../shared/grades.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import type { AccountLink } from './account.ts'
import type { Profile, Touchpoint, TraitClaim } from './evidence.ts'

/**
 * What qualify writes: one person as of the facts known, derived by `advance()` and rebuilt by replay. Nothing in it
 * depends on when it was computed, only on the facts and the due instants that have passed.
 */
export interface PersonState {
  /** keyed hash of the site and the identifier (or the anonymous timeline) */
  readonly id: string
  readonly site: string
  readonly stage: LifecycleStage
  /** `email:…`, `phone:…` or `user:…`, of the test key's people `test:email:…` and so on; null while anonymous */
  readonly identifier: string | null
  /** timelines with a part in this person */
  readonly subjects: readonly string[]
  /** the browsers among them */
  readonly visitors: readonly string[]
  readonly traits: Readonly<Record<string, TraitClaim>>
  readonly emailKind: Profile['emailKind']
  readonly companyDomain: string | null
  /** the company they are with; null: nothing names one */
  readonly account: AccountLink | null
  /** names of the model's lists the person is on */
  readonly lists: readonly string[]
  readonly fit: FitState
  readonly engagement: EngagementState
  /**
   * rule id → holds until (epoch ms, inclusive), null for ever, as of the last fold; rules that do not hold are absent.
   * For a recycled lead, rules and flags count matches since the latest recycling.
   */
  readonly holds: Readonly<Record<string, number | null>>
  /** flag → holds until, likewise */
  readonly flags: Readonly<Record<string, number | null>>
  readonly needs: readonly string[]
  /**
   * gate → closed until (epoch ms, inclusive) if nothing happens, null for ever, as of the last fold; open ones are absent.
   * Flags that close a gate count whatever recycling came between.
   */
  readonly gates: Readonly<Record<string, number | null>>
  /** id of the lead that this device says it is, while that is not confirmed; null: none */
  readonly claims: string | null
  /** devices that say they are this lead and are not confirmed: not scored for it */
  readonly unconfirmed: readonly UnconfirmedDevice[]
  /** why sales is not told of the lead before a person looked at it */
  readonly suspicions: readonly Suspicion[]
  /** made with the site's test key: shown apart, and never handed over */
  readonly isTest: boolean
  readonly mql: MqlState | null
  readonly transitions: readonly StageTransition[]
  readonly firstTouch: Touchpoint | null
  readonly lastTouch: Touchpoint | null
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** version of the model in force at the last fold */
  readonly model: number
  /** epoch ms of the next instant at which time alone changes the stage; null: none */
  readonly nextDueAt: number | null
}

/** A browser that typed an address which is confirmed elsewhere (collector.md, Identity). */
export interface UnconfirmedDevice {
  /** id of the anonymous person that holds what the device did: merged into the lead, it is confirmed */
  readonly person: string
  readonly visitor: string | null
  /** epoch ms of the claim */
  readonly since: number
}

/**
 * `contradiction`: a page said of the person what a stronger source knows otherwise. `many_people`: one browser said to be
 * more people than share one (trust.md, identity poisoning).
 */
export type Suspicion = 'contradiction' | 'many_people'

export interface FitState {
  readonly score: number
  readonly grade: FitGrade
  readonly matched: readonly string[]
  readonly mismatched: readonly string[]
  readonly unknown: readonly string[]
}

/** The score at `asOf` (the last fold); at T it is `score · 2^(−(T − asOf)/halfLifeMs)`. */
export interface EngagementState {
  readonly score: number
  readonly asOf: number
  readonly halfLifeMs: number
  /** log2(score) + asOf/halfLifeMs: ranks people without knowing the time; null when score ≤ 0 (scoring.md) */
  readonly rank: number | null
}

/** The open MQL episode: since when, by which path, and the reasons at that moment. */
export interface MqlState {
  readonly since: number
  readonly by: MqlPath
  readonly fitScore: number
  readonly fitGrade: FitGrade
  readonly engagementScore: number
  readonly reasons: readonly ScoreReason[]
}
export type MqlPath = 'when' | 'fast_track' | 'decision'

/** One line of an explanation; over one axis the `decayed` points sum to the score (product.md, Shapes). */
export interface ScoreReason {
  readonly rule: string
  readonly axis: 'fit' | 'engagement'
  /** as in the model */
  readonly points: number
  /** over all matches, before the cap */
  readonly earned: number
  /** what the cap cut: earned − capped is what was credited */
  readonly capped: number
  /** what is left at the asked instant */
  readonly decayed: number
  readonly count: number
  /** ids of the events that earned */
  readonly events: readonly string[]
}

export interface StageTransition {
  readonly from: LifecycleStage
  readonly to: LifecycleStage
  /** epoch ms */
  readonly at: number
  /** `goldpan`, or who decided */
  readonly actor: string
  readonly reason: string
  /** version of the model that judged */
  readonly model: number
  /** what made it happen: something the person did, an imported event, a publish, time alone, or a person's decision */
  readonly cause: 'event' | 'import' | 'publish' | 'due' | 'decision'
}

/** What sales was told: append-only, never edited by replay but for the `withdrawn` mark. */
export interface Handoff {
  readonly id: string
  readonly site: string
  readonly lead: string
  /** since of the episode as it was when told */
  readonly episodeSince: number
  /** while it waits, or was never told: since when there was something to tell */
  readonly toldAt: number
  readonly status: HandoffStatus
  readonly reasons: readonly ScoreReason[]
  readonly fitScore: number
  readonly fitGrade: FitGrade
  readonly engagementScore: number
  readonly model: number
  /** who said yes or no when it waited; null: nobody was asked, or nobody answered yet */
  readonly answeredBy: string | null
}

/**
 * `waiting`: needs a person's word (manual hand-off, or it qualified by a publish). `told`: in the outbox. `declined`: a
 * person said no. `lapsed`: its episode ended or vanished, or sales took the lead, before a person's word. `withdrawn`: was told, and its episode
 * vanished from the computed history.
 */
export type HandoffStatus = 'waiting' | 'told' | 'declined' | 'lapsed' | 'withdrawn'

/**
 * A stretch of a subject's timeline that belongs to one person: from (startsAt, startsId) inclusive to the next span.
 * The first span of a subject starts at (0, '').
 */
export interface Span {
  readonly subject: string
  readonly startsAt: number
  readonly startsId: string
  readonly person: string
  /**
   * what connects it to other timelines: an identifier (`PersonState.identifier`); `merge:…` for a person's word, `names:…`
   * for names that the customer's server said are one person's; null while anonymous
   */
  readonly identifier: string | null
}
