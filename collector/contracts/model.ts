/**
 * goldpan.yaml once parsed: plain data, defaults filled in, durations in milliseconds. models/ makes it, the pure rooms
 * read it. The grammar and its meaning: docs/model.md.
 */
export interface ScoringModel {
  readonly name: string
  /** IANA name: calendar days of caps and `per: day` */
  readonly timezone: string
  /** ISO 4217 */
  readonly currency: string
  /** first match wins */
  readonly pages: readonly GlobGroup[]
  readonly assets: readonly GlobGroup[]
  readonly forms: readonly GlobGroup[]
  readonly lists: Readonly<Record<string, CompanyList>>
  readonly fit: { readonly grades: Grades; readonly rules: readonly FitRule[] }
  readonly engagement: { readonly halfLifeMs: number; readonly rules: readonly EngagementRule[] }
  readonly needs: readonly NeedDefinition[]
  readonly disqualify: readonly Gate[]
  readonly mql: QualificationPolicy
  readonly handoff: 'automatic' | 'manual'
  readonly recycle: RecyclePolicy
  readonly sla: Sla | null
  readonly tests: readonly ModelTest[]
}

/** A name (page category, asset depth, form kind) and the globs that give it. */
export interface GlobGroup {
  readonly name: string
  readonly globs: readonly string[]
}

/** Lower bounds of fit grades; below C is D. */
export interface Grades {
  readonly A: number
  readonly B: number
  readonly C: number
}

/** Who is on a list: e-mail domains, addresses, company names, networks in CIDR notation. */
export interface CompanyList {
  readonly domains: readonly string[]
  readonly emails: readonly string[]
  readonly companies: readonly string[]
  readonly ips: readonly string[]
}

export interface FitRule {
  readonly id: string
  readonly if: Condition
  readonly points: number
  /** flags that hold as long as the rule is matched */
  readonly sets: readonly string[]
}

export interface EngagementRule {
  readonly id: string
  /** event type it listens to */
  readonly on: string
  /** null: every event of the type */
  readonly if: Condition | null
  readonly points: number
  readonly cap: Cap | null
  /** only the first match earns */
  readonly once: boolean
  /** N distinct units within a window; null: each match counts for itself */
  readonly window: Window | null
  readonly sets: readonly string[]
  /** how long after a match the rule and its flags hold; null: for ever, or a windowed rule's window */
  readonly forMs: number | null
}

/** Limit on undecayed points; has the sign of the rule's points. */
export interface Cap {
  readonly points: number
  readonly per: 'day' | 'lifetime'
}

/** True at T when `atLeast` distinct units lie in [T − withinMs, T]. */
export interface Window {
  readonly atLeast: number
  readonly withinMs: number
  readonly per: 'event' | 'session' | 'day'
  readonly again: 'afterWindow' | 'never'
}

export interface NeedDefinition {
  readonly tag: string
  /** looked for in form messages and search terms, without case */
  readonly words: readonly string[]
  readonly pages: readonly string[]
  readonly assets: readonly string[]
}

/** A reversible gate: while its condition is true the person is no MQL. */
export interface Gate {
  readonly id: string
  readonly if: Condition
}

export interface QualificationPolicy {
  readonly when: Condition
  /** an unaccepted MQL whose engagement falls below this goes back to lead; null: the floors of `when` */
  readonly exit: { readonly engagement: number } | null
  readonly dwellMs: number
  readonly fastTrack: { readonly rule: string; readonly fitFrom: number | null } | null
}

export interface RecyclePolicy {
  readonly newPoints: number
  /** reason → milliseconds; `default` is always there */
  readonly cooldownMs: Readonly<Record<string, number>>
}

export interface Sla {
  readonly acceptMs: number | null
  readonly qualifyMs: number | null
  readonly hours: string | null
  /** calendar days, YYYY-MM-DD */
  readonly holidays: readonly string[]
  readonly target: { readonly mqlsPerMonth: number | null; readonly acceptedShare: number | null }
}

/** `{all|any|none: […]}`, or keys that must all hold. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  | { readonly key: string; readonly is: ValueTest }

/** What a key's value is held against. Text is compared without case. */
export type ValueTest =
  | { readonly oneOf: readonly Scalar[] }
  | { readonly from?: number; readonly to?: number }
  | { readonly glob: string }
  | { readonly contains: readonly string[] }
  | { readonly known: boolean }
  | { readonly not: ValueTest }

export type Scalar = string | number | boolean

export interface ModelTest {
  readonly name: string
  readonly events: readonly ModelTestEvent[]
  readonly expect: { readonly stage: string; readonly because: readonly string[] }
}

/** One event of a test in the file; `atMs` is relative to the test's end (≤ 0). */
export interface ModelTestEvent {
  readonly atMs: number
  readonly type: string
  readonly path: string | null
  readonly title: string | null
  readonly file: string | null
  readonly form: string | null
  readonly session: string | null
  readonly engagedMs: number | null
  readonly scrollPct: number | null
  readonly traits: Readonly<Record<string, Scalar>>
  readonly props: Readonly<Record<string, unknown>>
}

/** A published model: judges every instant from `publishedAt` until the next one's. */
export interface ModelVersion {
  readonly version: number
  /** epoch ms; the first version judges all time before it too */
  readonly publishedAt: number
  /** SHA-256 over file, lists and engine, hex */
  readonly hash: string
  /** the file as published: comments, tests and all */
  readonly source: string
  readonly model: ScoringModel
}
