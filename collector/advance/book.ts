import { memoByObject } from '../../shared/memo.ts'
import { counts, type Evidence, type Touchpoint, type TraitClaim } from '../contracts/evidence.ts'
import { type Fact, isWord } from '../contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../contracts/model.ts'
import type { FitState } from '../contracts/state.ts'
import { type CompanySeen, NO_COMPANY, seeCompany } from '../enrich/account.ts'
import type { Behaviour } from '../enrich/behaviour.ts'
import { contradicts } from '../enrich/contradiction.ts'
import { listsOf } from '../enrich/lists.ts'
import { keepStrongest, profileOf } from '../enrich/profile.ts'
import { startReading } from '../enrich/reading.ts'
import type { ResolvedPerson } from '../identity/arrival.ts'
import { isPhone } from '../identity/timeline.ts'
import type { Standing } from '../lifecycle/policy.ts'
import { type EngagementFold, foldEvidence, startAfresh, startEngagement } from '../scoring/engagement.ts'
import { fitOf } from '../scoring/fit.ts'
import type { Who } from '../scoring/profile-reader.ts'

/**
 * The book kept on one person under one model version: facts are written in, in order of occurrence, and where that leaves
 * the person can be read off (standing.ts). Mutable, owned by one `Followed`; written anew when history joins or a model is
 * published. It grows by the view of each page view, the touchpoint of each session, and the ids of the events that earned.
 */
export interface Book {
  readonly version: ModelVersion
  readonly person: Named
  readonly read: (fact: Fact) => Evidence
  /** everything the person did: the shown score */
  readonly whole: EngagementFold
  /** what they did since the latest return to nurturing; null: never recycled */
  sinceRecycling: EngagementFold | null
  /** by trait: the claim that counts */
  readonly claims: Map<string, TraitClaim>
  /** traits of which a page said what a stronger source knows otherwise */
  readonly contradicted: Set<string>
  readonly networks: Set<string>
  /** lists that held an address of theirs while it was whole */
  readonly notedLists: Set<string>
  readonly needs: Set<string>
  /** what names their company beside traits */
  company: CompanySeen
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
  /** where all that leaves them; null: to be worked out, something was written since (standing.ts) */
  standing: Standing | null
  /** what of it holds, kept from fact to fact while no rule matches and nothing ends */
  holdings: Holdings | null
}

/** Rules and flags that hold, gates that are closed, and until when (epoch ms) none of that ends. */
export interface Holdings extends Pick<Standing, 'holds' | 'flags' | 'gates'> {
  readonly until: number
}

/** Who the person is known to be, and what the model makes of that. */
interface Known extends Who {
  readonly fit: FitState
}

/** Whose book it is. */
export interface Named extends Pick<ResolvedPerson, 'identifier' | 'names'> {
  /** how their timelines go */
  readonly behaviour: Behaviour
}

export function openBook(version: ModelVersion, person: Named, facts: readonly Fact[] = []): Book {
  const { model } = version
  const book: Book = {
    version,
    person,
    read: startReading(model, person.behaviour),
    whole: startEngagement(model),
    sinceRecycling: null,
    claims: new Map(),
    contradicted: new Set(),
    networks: new Set(),
    notedLists: new Set(),
    needs: new Set(),
    company: NO_COMPANY,
    who: strangerTo(model),
    subjects: new Set(),
    visitors: new Set(),
    firstTouch: null,
    lastTouch: null,
    firstSeenAt: null,
    lastSeenAt: null,
    asOf: 0,
    isHuman: false,
    standing: null,
    holdings: null,
  }
  for (const fact of facts) writeDown(book, fact)
  return book
}

/** Writes the next fact down and returns how it was understood. */
export function writeDown(book: Book, fact: Fact): Evidence {
  const evidence = book.read(fact)
  book.asOf = evidence.at
  book.isHuman = counts(evidence.traffic)
  book.standing = null
  if (isWord(fact)) {
    if (fact.props.to === 'nurturing') recycle(book)
    return evidence
  }
  see(book, fact)
  score(book, evidence)
  learn(book, evidence)
  book.company = seeCompany(book.company, evidence)
  return evidence
}

function recycle(book: Book): void {
  book.sinceRecycling = startAfresh(book.whole)
  book.holdings = null
}

function score(book: Book, evidence: Evidence): void {
  const { whole, sinceRecycling } = book
  const matched = foldEvidence(whole, evidence)
  if (sinceRecycling) foldEvidence(sinceRecycling, evidence)
  if (matched) book.holdings = null
}

function see(book: Book, { subject, visitor, occurredAt }: Fact): void {
  book.subjects.add(subject)
  if (visitor !== null) book.visitors.add(visitor)
  book.firstSeenAt ??= occurredAt
  book.lastSeenAt = occurredAt
}

function learn(book: Book, { fact, traffic, traits, needs, touchpoint }: Evidence): void {
  if (traffic.kind !== 'too_late') learnWho(book, fact, traits)
  if (!counts(traffic)) return
  for (const need of needs) book.needs.add(need)
  if (touchpoint === null) return
  book.firstTouch ??= touchpoint
  if (book.lastTouch === null || isLater(touchpoint, book.lastTouch)) book.lastTouch = touchpoint
}

/** Two browsers may be in use at once: an earlier session that goes on is no later touch. */
const isLater = (touch: Touchpoint, last: Touchpoint): boolean =>
  touch.channel !== 'direct' && (touch.at > last.at || last.channel === 'direct')

function learnWho(book: Book, fact: Fact, traits: readonly TraitClaim[]): void {
  const { ip, noted } = fact
  const isNewNetwork = addAll(book.networks, ip === null ? [] : [ip])
  const isNewList = addAll(book.notedLists, noted?.lists ?? [])
  const news = [...traits, ...countryIn(fact, book)]
  if (news.length === 0 && !isNewNetwork && !isNewList) return
  for (const claim of news) if (isOwn(claim, book)) believe(book, claim)
  book.holdings = null
  book.who = identify([...book.claims.values()], book, book.version.model)
}

/** Where their network is, when that says something new and nobody said it themselves. */
function countryIn({ noted, occurredAt: at }: Fact, { claims }: Book): readonly TraitClaim[] {
  const held = claims.get('country')
  if (noted?.country === undefined || (held && (held.source !== 'network' || held.value === noted.country)))
    return []
  return [{ name: 'country', value: noted.country, source: 'network', strength: 'derived', at }]
}

function believe({ claims, contradicted }: Book, claim: TraitClaim): void {
  const rival = claims.get(claim.name)
  if (rival !== undefined && contradicts(claim, rival)) contradicted.add(claim.name)
  keepStrongest(claims, claim)
}

function addAll(known: Set<string>, names: readonly string[]): boolean {
  const before = known.size
  for (const name of names) known.add(name)
  return known.size > before
}

/** Another address of somebody who was merged with another lead: they are called by their own. */
const isOwn = ({ name, value }: TraitClaim, { person: { identifier, names } }: Book): boolean => {
  if (name !== 'email' || identifier === null || isPhone(identifier)) return true
  return names.has(`email:${value}`) || names.has(`test:email:${value}`)
}

function identify(
  claims: readonly TraitClaim[],
  { networks, notedLists }: Pick<Book, 'networks' | 'notedLists'>,
  model: ScoringModel,
): Known {
  const profile = profileOf(claims)
  const who = { ...profile, lists: listsOf(profile, [...networks], model.lists, [...notedLists]) }
  return { ...who, fit: fitOf(model, who) }
}

const strangerTo = memoByObject(
  (model: ScoringModel): Known => identify([], { networks: new Set(), notedLists: new Set() }, model),
)
