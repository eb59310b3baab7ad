import type { AccountQuery } from '../account-store.ts'
import type { PersonQuery, Store } from '../store.ts'
import { areSortedWhole } from './account-list.ts'
import { isLongRead } from './person-list.ts'

/**
 * Where a method of the port is answered while a collector serves (reader.ts).
 * - `here`: on the connection that writes, in the thread that takes events. Whatever writes; what qualifying needs in its
 *   order; and what a key or a few steps in an index answer: some 10 µs, where asking another thread costs 20, and to write and read its JSON.
 * - `page`: by a reader. As long as the page, the person or the account is; a page that is not in memory yet waits for the
 *   disk.
 * - `scan`: by another one, so that no page waits for it. As long as the site is: seconds.
 *
 * Measured at 100,000 leads, before lists were merged of grades: a page of leads .5 ms (15 ms from the disk), of a feed 8 ms; a text search 140–400 ms, counts
 * 35 ms, figures 7 ms, the address search of an erasure 1.4 s.
 */
export type Place = 'here' | 'page' | 'scan'

/** A place, or what says by the question. */
type PlaceOf<Name extends keyof Store> =
  | Place
  | ((...args: Parameters<Store[Name]>) => Exclude<Place, 'here'>)

const ofPersons = (query: PersonQuery): 'page' | 'scan' => (isLongRead(query) ? 'scan' : 'page')

const ofAccounts = (query: AccountQuery): 'page' | 'scan' =>
  query.text !== null || areSortedWhole(query) ? 'scan' : 'page'

export const PLACES: { readonly [Name in keyof Store]: PlaceOf<Name> } = {
  // facts and decisions
  record: 'here',
  recordUnlessErased: 'here',
  eventNames: 'here',
  dirty: 'here',
  postpone: 'here',
  due: 'here',
  loadComponent: 'here',
  loadNews: 'here',
  handoffsOf: 'here',
  apply: 'here',
  answerHandoff: 'here',
  drift: 'here',
  // what is asked
  persons: ofPersons,
  person: 'here',
  handoffs: 'here',
  handoff: 'here',
  waitingHandoffs: 'page',
  facts: 'page',
  factsSince: 'page',
  changesSince: 'page',
  head: 'here',
  subjects: 'page',
  personIds: 'page',
  counts: 'scan',
  accounts: ofAccounts,
  account: 'here',
  accountActivity: 'page',
  figures: 'scan',
  // models: versions come as the same objects every time
  modelVersions: 'here',
  everyModelVersion: 'here',
  publishModel: 'here',
  startRebuild: 'here',
  rescorings: 'here',
  markForRescoring: 'here',
  postponeGeneration: 'here',
  switchGeneration: 'here',
  sweepGenerations: 'here',
  modelHistory: 'here',
  draft: 'here',
  saveDraft: 'here',
  // access
  sites: 'here',
  createSite: 'here',
  updateSite: 'here',
  tokens: 'here',
  createToken: 'here',
  tokenByHash: 'here',
  // quarantine, erasure, retention
  aside: 'page',
  asideById: 'here',
  settleAside: 'here',
  factsNaming: 'scan',
  erase: 'here',
  tombstones: 'here',
  refusedAsErased: 'scan',
  identifiers: 'page',
  sayings: 'scan',
  longUnseen: 'page',
  forget: 'here',
  sweepQuarantine: 'here',
  // the installation
  installationSecret: 'here',
  ping: 'here',
  close: 'here',
}

/** Whether a reader answers a method of this name, some questions at least. */
export const isRead = (name: string): name is keyof Store =>
  Object.entries(PLACES).some(([known, place]) => known === name && place !== 'here')
