import type { Fact, Quarantined } from '../../../collector/contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../../../collector/contracts/model.ts'
import type { Handoff, PersonState, Span, StageTransition } from '../../../collector/contracts/state.ts'
import type { ErasureOrder } from '../../../collector/storage/erasure-store.ts'
import type {
  ApplyOutcome,
  Decision,
  FactQuery,
  PersonQuery,
  Site,
  Store,
  Token,
} from '../../../collector/storage/store.ts'

/** Believable values for the port's shapes; each test names only what it is about. */

export const SITE = 'demo'
export const NOW = Date.UTC(2026, 2, 2, 9)

export function aFact(id: string, over: Partial<Fact> = {}): Fact {
  const visitor = over.visitor === undefined ? 'visitor-1' : over.visitor
  return {
    id,
    site: SITE,
    subject: visitor ?? `fact:${id}`,
    visitor,
    session: visitor && 'session-1',
    type: 'page_view',
    occurredAt: NOW,
    receivedAt: NOW + 40,
    page: {
      url: 'https://www.example.com/pricing',
      title: 'Pricing — Цени',
      referrer: 'https://search.example/',
    },
    props: { depth: { of: ['a', 1, true, null] } },
    origin: 'browser',
    actor: null,
    ip: '192.0.2.0',
    userAgent: 'Mozilla/5.0',
    tooLate: false,
    noted: null,
    ...over,
  }
}

export const aQuarantined = (over: Partial<Quarantined> = {}): Quarantined => ({
  site: SITE,
  eventId: null,
  receivedAt: NOW,
  code: 'invalid_props',
  path: '/props/url',
  message: 'expected string',
  body: '{"type":"download"}',
  came: null,
  ...over,
})

export const aTransition = (over: Partial<StageTransition> = {}): StageTransition => ({
  from: 'anonymous',
  to: 'lead',
  at: NOW,
  actor: 'goldpan',
  reason: 'identified',
  model: 1,
  cause: 'event',
  ...over,
})

export function aPerson(id: string, over: Partial<PersonState> = {}): PersonState {
  return {
    id,
    site: SITE,
    stage: 'lead',
    identifier: `email:${id}@example.com`,
    subjects: ['visitor-1'],
    visitors: ['visitor-1'],
    traits: {},
    emailKind: null,
    companyDomain: null,
    account: null,
    lists: [],
    fit: { score: 40, grade: 'B', matched: ['it-company'], mismatched: [], unknown: ['right-size'] },
    engagement: { score: 20, asOf: NOW, halfLifeMs: 86_400_000, rank: 100 },
    holds: {},
    flags: {},
    needs: [],
    gates: {},
    claims: null,
    unconfirmed: [],
    suspicions: [],
    isTest: false,
    mql: null,
    transitions: [aTransition()],
    firstTouch: null,
    lastTouch: null,
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    model: 1,
    nextDueAt: null,
    ...over,
  }
}

/** A trait that a form gave. */
export const said = (name: string, value: string): PersonState['traits'] => ({
  [name]: { name, value, source: 'form', strength: 'asserted', at: NOW },
})

/** The whole of a subject's timeline, owned by one person. */
export const aSpan = (subject: string, person: string, identifier: string | null): Span => ({
  subject,
  startsAt: 0,
  startsId: '',
  person,
  identifier,
})

export const aHandoff = (id: string, over: Partial<Handoff> = {}): Handoff => ({
  id,
  site: SITE,
  lead: 'ada',
  episodeSince: NOW,
  toldAt: NOW,
  status: 'told',
  reasons: [
    {
      rule: 'demo',
      axis: 'engagement',
      points: 50,
      earned: 50,
      capped: 0,
      decayed: 49.5,
      count: 1,
      events: ['e1'],
    },
  ],
  fitScore: 45,
  fitGrade: 'A',
  engagementScore: 61.5,
  model: 1,
  answeredBy: null,
  ...over,
})

/** Applies one decision in a commit of its own. */
export async function applyOne(store: Store, decision: Decision): Promise<ApplyOutcome> {
  const [outcome] = await store.apply([decision])
  if (outcome === undefined) throw new Error('expected an outcome for each decision')
  return outcome
}

export const aDecision = (over: Partial<Decision> = {}): Decision => ({
  site: SITE,
  generation: 0,
  isShown: true,
  persons: [],
  removed: [],
  expected: {},
  subjects: [],
  spans: [],
  told: [],
  withdrawn: [],
  changes: [],
  clears: [],
  ...over,
})

export const anOrder = (over: Partial<ErasureOrder> = {}): ErasureOrder => ({
  site: SITE,
  erasedAt: NOW,
  facts: [],
  known: [],
  subjects: [],
  wholly: [],
  persons: [],
  identifiers: [],
  texts: [],
  mentions: [],
  tombstones: [],
  ...over,
})

/** The decision that makes these persons known, each owning a subject of its own: `of:<id>`. */
export const introduction = (persons: readonly PersonState[], site = SITE): Decision =>
  aDecision({
    site,
    persons,
    subjects: persons.map(person => `of:${person.id}`),
    spans: persons.map(person => aSpan(`of:${person.id}`, person.id, person.identifier)),
  })

export const personQuery = (over: Partial<PersonQuery> = {}): PersonQuery => ({
  site: SITE,
  stages: [],
  isTest: false,
  grade: null,
  account: null,
  minRank: null,
  text: null,
  sort: 'engagement',
  limit: 50,
  cursor: null,
  ...over,
})

export const factQuery = (over: Partial<FactQuery> = {}): FactQuery => ({
  site: SITE,
  type: null,
  visitor: null,
  person: null,
  since: null,
  until: null,
  limit: 50,
  cursor: null,
  ...over,
})

const MODEL: ScoringModel = {
  name: 'Test model',
  timezone: 'Europe/Sofia',
  currency: 'EUR',
  pages: [{ name: 'pricing', globs: ['/pricing/**'] }],
  assets: [],
  forms: [],
  lists: {},
  fit: { grades: { A: 60, B: 40, C: 20 }, rules: [] },
  engagement: { halfLifeMs: 86_400_000, rules: [] },
  needs: [],
  disqualify: [],
  mql: { when: { key: 'engagement', is: { from: 40 } }, exit: null, dwellMs: 86_400_000, fastTrack: null },
  handoff: 'automatic',
  recycle: { newPoints: 25, cooldownMs: { default: 1 } },
  sla: null,
  tests: [],
}

export const aModelVersion = (version: number, over: Partial<ModelVersion> = {}): ModelVersion => ({
  version,
  publishedAt: NOW,
  hash: 'ab'.repeat(32),
  source: 'name: Test model # with a comment\n',
  model: MODEL,
  ...over,
})

export const aSite = (id: string, over: Partial<Site> = {}): Site => ({
  id,
  name: `Site ${id}`,
  publicKey: `pk_live_${id}`,
  testKey: `pk_test_${id}`,
  secretKeyHash: null,
  origins: ['https://www.example.com'],
  consent: 'granted',
  params: [],
  progressive: false,
  createdAt: NOW,
  ...over,
})

export const aToken = (id: string, over: Partial<Token> = {}): Token => ({
  id,
  label: `Token ${id}`,
  hash: `hash-of-${id}`,
  scopes: ['read', 'leads:pii'],
  createdAt: NOW,
  ...over,
})
