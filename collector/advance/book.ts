import { memoByObject } from '../../shared/memo.ts'
import type { Evidence, Touchpoint, TraitClaim } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../contracts/model.ts'
import type { EngagementState, FitState, ScoreReason } from '../contracts/state.ts'
import { listsOf } from '../enrich/lists.ts'
import { keepStrongest, profileOf } from '../enrich/profile.ts'
import { startReading } from '../enrich/reading.ts'
import type { Standing } from '../lifecycle/policy.ts'
import { rankingKey, settled } from '../scoring/decay.ts'
import {
  type EngagementFold,
  engagementAt,
  engagementReasons,
  foldEvidence,
  startAfresh,
  startEngagement,
} from '../scoring/engagement.ts'
import { fitOf, fitReasons } from '../scoring/fit.ts'
import { judgeProfile, type Who } from '../scoring/profile-reader.ts'

/**
 * The books kept on one person under one model version: facts are written in, in order of occurrence, and where the
 * person stands can be read off. Mutable, owned by one `Followed`; written anew when history joins or a model is published.
 * It grows by the view of each page view, the touchpoint of each session, and the ids of the events that earned.
 */
export interface Book {
  readonly version: ModelVersion
  readonly read: (fact: Fact) => Evidence
  /** everything the person did: the shown score */
  readonly whole: EngagementFold
  /** what they did since the latest return to nurturing; null: never recycled */
  sinceRecycling: EngagementFold | null
  /** by trait: the claim that counts */
  readonly claims: Map<string, TraitClaim>
  readonly networks: Set<string>
  readonly needs: Set<string>
  who: Known
  /** timelines with a part in the person, and the browsers among them */
  readonly subjects: Set<string>
  readonly visitors: Set<string>
  firstTouch: Touchpoint | null
  lastTouch: Touchpoint | null
  /** epoch ms of what they did first and last; null: nothing yet, decisions are not theirs */
  firstSeenAt: number | null
  lastSeenAt: number | null
  /** epoch ms of the latest fact, and whether a person was behind it */
  asOf: number
  isHuman: boolean
}

/** Who the person is known to be, and what the model makes of that. */
interface Known extends Who {
  readonly fit: FitState
  /** ids of the gates that are closed */
  readonly gates: readonly string[]
}

export function openBook(version: ModelVersion, facts: readonly Fact[] = []): Book {
  const { model } = version
  const book: Book = {
    version,
    read: startReading(model),
    whole: startEngagement(model),
    sinceRecycling: null,
    claims: new Map(),
    networks: new Set(),
    needs: new Set(),
    who: strangerTo(model),
    subjects: new Set(),
    visitors: new Set(),
    firstTouch: null,
    lastTouch: null,
    firstSeenAt: null,
    lastSeenAt: null,
    asOf: 0,
    isHuman: false,
  }
  for (const fact of facts) writeDown(book, fact)
  return book
}

/** Writes the next fact down and returns how it was understood. */
export function writeDown(book: Book, fact: Fact): Evidence {
  const evidence = book.read(fact)
  book.asOf = evidence.at
  book.isHuman = evidence.traffic.kind === 'human'
  if (fact.type === 'decision') {
    if (fact.props.to === 'nurturing') book.sinceRecycling = startAfresh(book.whole)
    return evidence
  }
  see(book, fact)
  foldEvidence(book.whole, evidence)
  if (book.sinceRecycling) foldEvidence(book.sinceRecycling, evidence)
  learn(book, evidence)
  return evidence
}

function see(book: Book, { subject, visitor, occurredAt }: Fact): void {
  book.subjects.add(subject)
  if (visitor !== null) book.visitors.add(visitor)
  book.firstSeenAt ??= occurredAt
  book.lastSeenAt = occurredAt
}

function learn(book: Book, { fact, traffic, traits, needs, touchpoint }: Evidence): void {
  if (traffic.kind !== 'too_late') learnWho(book, fact, traits)
  if (traffic.kind !== 'human') return
  for (const need of needs) book.needs.add(need)
  if (touchpoint === null) return
  book.firstTouch ??= touchpoint
  if (touchpoint.channel !== 'direct' || book.lastTouch === null) book.lastTouch = touchpoint
}

function learnWho(book: Book, { ip }: Fact, traits: readonly TraitClaim[]): void {
  const isKnownNetwork = ip === null || book.networks.has(ip)
  if (traits.length === 0 && isKnownNetwork) return
  for (const claim of traits) keepStrongest(book.claims, claim)
  if (ip !== null) book.networks.add(ip)
  book.who = identify([...book.claims.values()], [...book.networks], book.version.model)
}

function identify(claims: readonly TraitClaim[], networks: readonly string[], model: ScoringModel): Known {
  const profile = profileOf(claims)
  const who = { ...profile, lists: listsOf(profile, networks, model.lists) }
  const closed = model.disqualify.filter(gate => judgeProfile(gate.if)(who) === true)
  return { ...who, fit: fitOf(model, who), gates: closed.map(({ id }) => id) }
}

const strangerTo = memoByObject((model: ScoringModel): Known => identify([], [], model))

/** What the policy reads, as of the last fact. For a recycled lead, rules and flags count what came since. */
export function standingOf(book: Book): Standing {
  const { who, whole, asOf } = book
  const { traits, emailKind, companyDomain, lists, fit, gates } = who
  const fold = book.sinceRecycling ?? whole
  return {
    traits,
    emailKind,
    companyDomain,
    lists,
    fit,
    engagement: engagementState(whole, asOf),
    ...holdingsOf(fold, fit, asOf),
    needs: [...book.needs].sort(),
    gates,
  }
}

function engagementState(fold: EngagementFold, asOf: number): EngagementState {
  const { halfLifeMs } = fold.model.engagement
  const score = engagementAt(fold, asOf)
  return { score, asOf, halfLifeMs, rank: rankingKey(score, asOf, halfLifeMs) }
}

/** A rule holds as long as it says; a flag as long as the rule that set it, a fit rule for ever (scoring.md, Flags). */
function holdingsOf(fold: EngagementFold, fit: FitState, asOf: number): Pick<Standing, 'holds' | 'flags'> {
  const holds = new Map<string, number>()
  const flags = new Map<string, number>()
  for (const { rule, state } of fold.rules) {
    if (state.heldUntil < asOf) continue
    holds.set(rule.id, state.heldUntil)
    for (const flag of rule.sets) extend(flags, flag, state.heldUntil)
  }
  for (const rule of fold.model.fit.rules) {
    if (rule.sets.length === 0 || !fit.matched.includes(rule.id)) continue
    for (const flag of rule.sets) extend(flags, flag, Number.POSITIVE_INFINITY)
  }
  return { holds: asData(holds), flags: asData(flags) }
}

const extend = (until: Map<string, number>, name: string, end: number): unknown =>
  until.set(name, Math.max(end, until.get(name) ?? end))

/** As data: null is for ever. */
const asData = (until: ReadonlyMap<string, number>): Readonly<Record<string, number | null>> =>
  Object.fromEntries(Array.from(until, ([name, end]) => [name, Number.isFinite(end) ? end : null]))

/** Engagement earned since the latest recycling, as of the last fact. */
export const newPointsOf = (book: Book): number =>
  book.sinceRecycling ? settled(engagementAt(book.sinceRecycling, book.asOf)) : 0

/** When the fast track's rule last came to hold, since the latest recycling. */
export function fastTrackAtOf(book: Book): number | null {
  const wanted = book.version.model.mql.fastTrack?.rule
  const fold = book.sinceRecycling ?? book.whole
  return fold.rules.find(({ rule }) => rule.id === wanted)?.state.heldAt ?? null
}

/** Why both scores are what they are at an instant not before the last fact. */
export const reasonsOf = (book: Book, at: number): readonly ScoreReason[] => [
  ...fitReasons(book.version.model, book.who.fit),
  ...engagementReasons(book.whole, at),
]
