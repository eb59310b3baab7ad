import type { FitGrade } from '../../shared/grades.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import type { Fact, Position, Quarantined, StoredFact } from '../contracts/facts.ts'
import type { Handoff, PersonState, Span, StageTransition } from '../contracts/state.ts'
import type { AccountStore } from './account-store.ts'
import type { ErasureStore } from './erasure-store.ts'
import type { FiguresStore } from './figures-store.ts'
import type { ModelStore } from './model-store.ts'
import type { QuarantineStore } from './quarantine-store.ts'
import type { RetentionStore } from './retention-store.ts'

/**
 * The storage port. Every method is one atomic act (there is no `transaction(fn)`: better-sqlite3 refuses promises, and
 * coarse acts are what engines do well). An engine is a folder beside this file that passes test/contract/store.
 * Methods reject only for the engine's own failures (StoreError); expected outcomes are values.
 */
export interface Store
  extends FactStore,
    StateStore,
    QueryStore,
    AccountStore,
    ModelStore,
    AccessStore,
    QuarantineStore,
    FiguresStore,
    ErasureStore,
    RetentionStore {
  /** A random secret of this installation, made once: keys the hashes that ids are made of. 32 bytes, hex. */
  installationSecret(): Promise<string>
  /** Resolves when the store can commit; rejects when it cannot. */
  ping(): Promise<void>
  /** Flushes and closes. No method may be called after. */
  close(): Promise<void>
}

/** What ingest needs: the first of the two transactions. */
export interface FactStore {
  /**
   * Records facts and quarantined events durably, in one commit. A fact whose (site, id) is known is left as it is; so is a
   * quarantined event whose (site, eventId) is, whatever became of it: it waits, was settled, or is a fact. A sound event whose id is
   * in quarantine is new all the same: it passed the check that the other one failed.
   * Each subject of a new fact is marked dirty with the earliest new occurredAt, imports behind live traffic. Resolves
   * after the commit.
   */
  record(batch: RecordBatch): Promise<RecordResult>
  /**
   * The same, but for what belongs to somebody who was erased (erasure-store.ts): of that the id alone is kept, so that
   * it is known when it comes again. `stale`: there are other tombstones by now than it was judged by; nothing is written.
   */
  recordUnlessErased(batch: RecordBatch, judged: Judged): Promise<RecordResult | 'stale'>
  /** The types of a site's facts, each once, in order of their code points; the first of them when there are more. */
  eventNames(site: string, limit: number): Promise<readonly string[]>
}

/** Which facts of a batch are not to be kept, by the tombstones up to a place in their order. */
export interface Judged {
  readonly erased: ReadonlySet<Fact>
  readonly upTo: number
}

export interface RecordBatch {
  readonly facts: readonly Fact[]
  readonly quarantined: readonly Quarantined[]
}

export interface RecordResult {
  /** one per fact of the batch, in its order, then one per quarantined event: `accepted`, it is kept aside */
  readonly outcomes: readonly RecordOutcome[]
}
/** `conflict`: a known id with another body; the first wins, it is counted as a duplicate. `erased`: not kept, for the first time. */
export type RecordOutcome = 'accepted' | 'duplicate' | 'conflict' | 'erased'

/** What qualify needs: the second transaction. */
export interface StateStore {
  /**
   * Dirty subjects, those of leads first, then of anonymous visitors, then rescoring; longest waiting first. They stay dirty until an apply clears them.
   * @param only those of one generation
   */
  dirty(limit: number, only?: Pick<SubjectRef, 'site' | 'generation'>): Promise<readonly DirtyMark[]>
  /**
   * A subject that was dirty or due could not be computed: it is dirty, behind the others, and holds up no switch when it fails
   * again and again. While it waits so it is not due.
   */
  postpone(ref: SubjectRef): Promise<void>
  /** Subjects of leads of the shown generations whose nextDueAt has come: one subject per lead. */
  due(nowMs: number, limit: number): Promise<readonly SubjectRef[]>
  /**
   * Everything connected to the seeds through stored spans, transitively: a subject brings its persons, ids and identifiers,
   * an identifier brings its subjects. Facts are in (occurredAt, id) order.
   * @param generation whose persons. @default the one that is shown
   */
  loadComponent(site: string, seeds: ComponentSeeds, generation?: number): Promise<Component>
  /** What came to a component after a place in the order of folding, and the marks on it as of then. */
  loadNews(component: ComponentKey, after: Position): Promise<News>
  /** All hand-offs ever told for these leads, whether or not they are still there; oldest first. */
  handoffsOf(site: string, leads: readonly string[]): Promise<readonly Handoff[]>
  /**
   * Writes decisions in one commit, each whole or not at all: persons, spans, transitions, hand-offs and changes together,
   * and clears the marks (a mark that was renewed meanwhile stays). What a prepared generation makes known is kept for
   * its switch. `conflict`: a person's stored version is not the expected one, or the generation is neither shown nor
   * prepared; nothing of that decision is written. When one fails, none is written.
   */
  apply(decisions: readonly Decision[]): Promise<readonly ApplyOutcome[]>
  /** Answers a hand-off that waits, and says so in the feed. @returns it as it is now; null when it does not wait */
  answerHandoff(site: string, id: string, answer: HandoffAnswer): Promise<Handoff | null>
  /** How what is stored differs from what `apply` would have written: for the replay audit. Reads only. */
  drift(derived: Derived): Promise<readonly Difference[]>
}

export type ApplyOutcome = 'applied' | 'conflict'

/** What is derived from the facts of a component, and nothing else. */
export type Derived = Pick<Decision, 'site' | 'persons' | 'subjects' | 'spans'>

export interface Difference {
  readonly person: string
  /** names of columns and of parts of the state; `missing`: derived, but not stored; `stray`: stored, but not derived */
  readonly parts: readonly string[]
}

export interface SubjectRef {
  readonly site: string
  readonly subject: string
  /** the generation to compute it in (model-store.ts) */
  readonly generation: number
}

export interface DirtyMark extends SubjectRef {
  /** earliest occurredAt of the new facts, epoch ms; the same of what came live, null when nothing did */
  readonly earliest: number
  readonly liveEarliest: number | null
  /**
   * `lead`: somebody is named, or was before: an MQL is to be flagged at once, however many anonymous visitors there are, who
   * are `live`. `rescore`: after a publish, and what an import brings (facts.ts, isImport)
   */
  readonly priority: 'lead' | 'live' | 'rescore'
  /** changes whenever the mark is renewed */
  readonly mark: number
}

export interface ComponentSeeds {
  readonly subjects: readonly string[]
  /** identifiers (`email:…`) found in facts that no span knows yet */
  readonly identifiers: readonly string[]
}

export interface ComponentKey {
  readonly site: string
  readonly generation: number
  readonly subjects: readonly string[]
}

export type News = Pick<Component, 'facts' | 'marks'>

export interface Component {
  readonly facts: readonly Fact[]
  /** of the same moment as the facts: a later fact renews its mark */
  readonly marks: readonly DirtyMark[]
  /** all subjects and identifiers reached, the seeds included */
  readonly subjects: readonly string[]
  readonly identifiers: readonly string[]
  readonly persons: readonly StoredPerson[]
  /** the same people as readers see them: other than `persons` when that is a generation being prepared */
  readonly shown: readonly PersonState[]
  readonly isShown: boolean
}

export interface StoredPerson {
  readonly state: PersonState
  /** counts the applies; the guard of `apply` */
  readonly version: number
}

/** Something people and streams are told of, in commit order. */
export type Change =
  | { readonly kind: 'transition'; readonly person: string; readonly transition: StageTransition }
  | { readonly kind: 'handoff'; readonly person: string; readonly handoff: Handoff }

export interface Decision {
  readonly site: string
  readonly generation: number
  /** whether that is the generation readers see, as far as the decider knows */
  readonly isShown: boolean
  readonly persons: readonly PersonState[]
  /** ids of stored persons of the component that are no more (an anonymous visitor who was claimed) */
  readonly removed: readonly string[]
  /** stored versions of the component's persons when it was loaded; 0 for a new person */
  readonly expected: Readonly<Record<string, number>>
  /** subjects of the component; their spans are replaced */
  readonly subjects: readonly string[]
  readonly spans: readonly Span[]
  /** new hand-offs */
  readonly told: readonly Handoff[]
  /** ids of hand-offs to mark withdrawn */
  readonly withdrawn: readonly string[]
  readonly changes: readonly Change[]
  readonly clears: readonly DirtyMark[]
}

/** What the API asks. Reads see only committed state. */
export interface QueryStore {
  persons(query: PersonQuery): Promise<Page<StoredPerson>>
  person(site: string, id: string): Promise<StoredPerson | null>
  handoffs(site: string, person: string): Promise<readonly Handoff[]>
  handoff(site: string, id: string): Promise<Handoff | null>
  /**
   * Hand-offs that wait for a person's word, the longest waiting first.
   * @param after id of the hand-off to go on after, whether it still waits or not. @default from the start
   */
  waitingHandoffs(site: string, limit: number, after?: string): Promise<readonly Handoff[]>
  /** Newest first by occurredAt; each with the person its span belongs to. */
  facts(query: FactQuery): Promise<Page<OwnedFact>>
  /** Facts in commit order after `afterSeq`, oldest first. */
  factsSince(site: string, afterSeq: number, limit: number): Promise<readonly OwnedFact[]>
  /** Changes in commit order after `afterSeq`, oldest first. */
  changesSince(site: string, afterSeq: number, limit: number): Promise<readonly SequencedChange[]>
  /** Highest seq of facts and of changes: where a new stream starts. */
  head(site: string): Promise<StreamPosition>
  /** Subjects that have facts, after `afterSubject`, ascending: for replay. */
  subjects(site: string, afterSubject: string, limit: number): Promise<readonly string[]>
  /** Ids of all persons of a site after `afterId`, ascending: for replay. */
  personIds(site: string, afterId: string, limit: number): Promise<readonly string[]>
  counts(site: string): Promise<StoreCounts>
}

/** What a person answers to a hand-off that waits: tell sales, or do not. */
export interface HandoffAnswer {
  readonly status: 'told' | 'declined'
  readonly at: number
  readonly actor: string
}

export interface StreamPosition {
  readonly fact: number
  readonly change: number
}

export interface SequencedChange {
  readonly seq: number
  readonly change: Change
}

export interface StoreCounts {
  readonly facts: number
  readonly persons: number
  readonly quarantined: number
  readonly dirty: number
}

export type OwnedFact = StoredFact & {
  /** null until qualified */
  readonly person: { readonly id: string; readonly identified: boolean } | null
}

export interface Page<T> {
  readonly items: readonly T[]
  /** opaque; pass it back to go on */
  readonly next: string | null
}

export interface PersonQuery {
  readonly site: string
  /** any of; empty: every stage but anonymous */
  readonly stages: readonly LifecycleStage[]
  /** whom the site's test key made, instead of everybody else */
  readonly isTest: boolean
  readonly grade: FitGrade | null
  /** id of an account; null: whatever their company */
  readonly account: string | null
  /** rank (state.ts, EngagementState) at least; the caller derives it from a score and now */
  readonly minRank: number | null
  /** part of e-mail, name or company, without case */
  readonly text: string | null
  readonly sort: 'engagement' | 'fit' | 'last_seen' | 'mql_since'
  readonly limit: number
  readonly cursor: string | null
}

export interface FactQuery {
  readonly site: string
  readonly type: string | null
  readonly visitor: string | null
  readonly person: string | null
  /** occurredAt bounds, inclusive, epoch ms */
  readonly since: number | null
  readonly until: number | null
  readonly limit: number
  readonly cursor: string | null
}

export interface AccessStore {
  sites(): Promise<readonly Site[]>
  createSite(site: Site): Promise<'created' | 'conflict'>
  /** Replaces what a person decides of a site: name, origins, consent, params, progressive. */
  updateSite(site: Site): Promise<void>
  tokens(): Promise<readonly Token[]>
  createToken(token: Token): Promise<void>
  /** By the SHA-256 of its text, hex. */
  tokenByHash(hash: string): Promise<Token | null>
}

export interface Site {
  readonly id: string
  readonly name: string
  /** public: it is in the page's source */
  readonly publicKey: string
  /** public, too: people of the company try out their site with it. Null: made before there were any */
  readonly testKey: string | null
  /** SHA-256 of the secret key, hex; null: none issued */
  readonly secretKeyHash: string | null
  /** origins whose pages may send, `https://www.example.com`; empty: any */
  readonly origins: readonly string[]
  /** what `goldpan site` writes into the tag; the tag's own word decides (docs/api.md, Sites) */
  readonly consent: ConsentMode
  /** query parameters that are kept in addresses beside the sources' own, `plan` */
  readonly params: readonly string[]
  /** its forms may ask what is still unknown of who is at the browser (http/profile.ts) */
  readonly progressive: boolean
  readonly createdAt: number
}

/** Whether people are recorded before they are asked (`granted`), only after (`required`), or without any id (`cookieless`). */
export const CONSENT_MODES = ['granted', 'required', 'cookieless'] as const
export type ConsentMode = (typeof CONSENT_MODES)[number]

export interface Token {
  readonly id: string
  readonly label: string
  readonly hash: string
  readonly scopes: readonly Scope[]
  readonly createdAt: number
}

export const SCOPES = ['read', 'leads:pii', 'write', 'export', 'erase', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** The engine failed (disk full, corrupt, connection lost): nothing was committed unless `committed` says so. */
export class StoreError extends Error {
  readonly code: 'unavailable' | 'corrupt' | 'newer_schema' | 'full'
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}
