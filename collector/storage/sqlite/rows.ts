import type { LifecycleStage } from '../../../shared/stages.ts'
import type { ModelVersion } from '../../contracts/model.ts'
import type { Handoff, PersonState } from '../../contracts/state.ts'
import type { ModelDraft } from '../model-store.ts'
import { memberOf } from '../roll-up.ts'
import type { Site, StoredPerson, Token } from '../store.ts'
import { memberText } from './account-rows.ts'
import { orLast, searchKey } from './columns.ts'
import { jsonIn } from './json-column.ts'

/** Where columns become fields: rows as SQLite gives them and their mappers. Events have their own (event-rows.ts). */

export interface PersonRow {
  readonly version: number
  readonly state: string
}

export const personOf = (row: PersonRow): StoredPerson => ({
  state: stateOf(jsonIn('persons.state', row.state) as Stored),
  version: row.version,
})

/** A person whom an earlier release computed is shown until they are computed anew: what it did not know is filled in. */
function stateOf(stored: Stored): PersonState {
  const { gates } = stored
  const missing = Object.entries(UNKNOWN_BEFORE).filter(([name]) => !(name in stored))
  return {
    // in its order: what is computed is compared byte for byte
    ...stored,
    ...Object.fromEntries(missing),
    gates: isList(gates) ? Object.fromEntries(gates.map(gate => [gate, null])) : gates,
  }
}

const isList = (gates: Stored['gates']): gates is readonly string[] => Array.isArray(gates)

type Stored = Omit<PersonState, 'gates'> & { readonly gates: PersonState['gates'] | readonly string[] }

const UNKNOWN_BEFORE = {
  account: null,
  claims: null,
  unconfirmed: [],
  suspicions: [],
  isTest: false,
} as const

/** People made with the test key are in lists of their own. */
export const listedUnder = (stage: LifecycleStage, isTest: boolean): string =>
  isTest ? `test:${stage}` : stage

/** Named parameters of a person's row, but for the site. */
export const personValues = (state: PersonState) => {
  const member = memberOf(state)
  return {
    id: state.id,
    stage: listedUnder(state.stage, state.isTest),
    identifier: state.identifier,
    fit_score: state.fit.score,
    fit_grade: state.fit.grade,
    engagement_rank: orLast(state.engagement.rank),
    last_seen_at: state.lastSeenAt,
    mql_since: orLast(state.mql?.since),
    next_due_at: state.nextDueAt,
    search_text: searchTextOf(state),
    state: JSON.stringify(state),
    account: member && (state.account?.id ?? null),
    account_member: member && memberText(member),
  }
}

/** E-mail, names and company, each on its own line, as `searchKey` makes them comparable. */
function searchTextOf({ identifier, traits }: PersonState): string {
  const said = (name: string): string => String(traits[name]?.value ?? '')
  const email = identifier?.startsWith('email:') ? identifier.slice('email:'.length) : ''
  const names = [said('fullName'), `${said('firstName')} ${said('lastName')}`]
  return searchKey([email, said('email'), ...names, said('company')].join('\n'))
}

export interface HandoffRow {
  readonly id: string
  readonly site: string
  readonly lead: string
  readonly episode_since: number
  readonly told_at: number
  readonly status: Handoff['status']
  readonly reasons: string
  readonly fit_score: number
  readonly fit_grade: Handoff['fitGrade']
  readonly engagement_score: number
  readonly model: number
  readonly answered_by: string | null
}

export const handoffOf = (row: HandoffRow): Handoff => ({
  id: row.id,
  site: row.site,
  lead: row.lead,
  episodeSince: row.episode_since,
  toldAt: row.told_at,
  status: row.status,
  reasons: jsonIn('handoffs.reasons', row.reasons) as Handoff['reasons'],
  fitScore: row.fit_score,
  fitGrade: row.fit_grade,
  engagementScore: row.engagement_score,
  model: row.model,
  answeredBy: row.answered_by,
})

export interface ModelRow {
  readonly version: number
  readonly published_at: number
  readonly hash: string
  readonly source: string
  readonly model: string
}

export const modelVersionOf = (row: ModelRow): ModelVersion => ({
  version: row.version,
  publishedAt: row.published_at,
  hash: row.hash,
  source: row.source,
  model: jsonIn('model_versions.model', row.model) as ModelVersion['model'],
})

export interface DraftRow {
  readonly hash: string
  readonly source: string
  readonly model: string
  readonly saved_at: number
  readonly actor: string
}

export const draftOf = (row: DraftRow): ModelDraft => ({
  hash: row.hash,
  source: row.source,
  model: jsonIn('model_drafts.model', row.model) as ModelDraft['model'],
  savedAt: row.saved_at,
  actor: row.actor,
})

export interface SiteRow {
  readonly id: string
  readonly name: string
  readonly public_key: string
  readonly test_key: string | null
  readonly secret_key_hash: string | null
  readonly origins: string
  readonly consent: Site['consent']
  readonly params: string
  readonly progressive: 0 | 1
  readonly created_at: number
}

export const siteOf = (row: SiteRow): Site => ({
  id: row.id,
  name: row.name,
  publicKey: row.public_key,
  testKey: row.test_key,
  secretKeyHash: row.secret_key_hash,
  origins: jsonIn('sites.origins', row.origins) as Site['origins'],
  consent: row.consent,
  params: jsonIn('sites.params', row.params) as Site['params'],
  progressive: row.progressive === 1,
  createdAt: row.created_at,
})

export interface TokenRow {
  readonly id: string
  readonly label: string
  readonly hash: string
  readonly scopes: string
  readonly created_at: number
}

export const tokenOf = (row: TokenRow): Token => ({
  id: row.id,
  label: row.label,
  hash: row.hash,
  scopes: jsonIn('tokens.scopes', row.scopes) as Token['scopes'],
  createdAt: row.created_at,
})
