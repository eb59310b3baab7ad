import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { personLister } from '../../collector/storage/sqlite/person-list.ts'
import { openSqliteStore, sqliteStore } from '../../collector/storage/sqlite/store.ts'
import type { Store } from '../../collector/storage/store.ts'
import {
  aDecision,
  aPerson,
  applyOne,
  aQuarantined,
  aSpan,
  factQuery,
  introduction,
  personQuery,
  SITE,
} from '../contract/store/samples.ts'

/** What keeps reads flat as the tables grow: SQLite's plans name an index with the columns the query is about. */

const executed: string[] = []
let directory: string
let db: Database.Database
let store: Store
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'goldpan-plans-'))
  const path = join(directory, 'goldpan.db')
  await openSqliteStore(path).close()
  db = new Database(path, { verbose: sql => executed.push(String(sql).replaceAll('-Inf', '-9e999')) })
  store = sqliteStore(db)
  await applyOne(store, introduction([aPerson('ada'), aPerson('bob')]))
})
afterAll(async () => {
  db.close()
  await rm(directory, { recursive: true })
})

async function planOf(act: () => Promise<unknown>): Promise<string> {
  executed.length = 0
  await act()
  const statements = executed.filter(sql => !/^(BEGIN|COMMIT)/.test(sql))
  const steps = statements.flatMap(sql =>
    db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(),
  )
  return steps.map(step => step.detail).join('\n')
}

const ACCOUNT = { id: 'acme', domain: 'acme.example', name: null, by: 'email', roles: [] } as const

const big = /SCAN (events|spans|persons|accounts|handoffs|changes|owners)\b/

const anyAccount = { site: SITE, id: null, minRank: null, text: null, limit: 9, cursor: null } as const

it.each<[string, () => Promise<unknown>, string]>([
  [
    'what is kept aside by its event',
    () => store.record({ facts: [], quarantined: [aQuarantined({ eventId: 'a' })] }),
    'SEARCH quarantine USING INDEX quarantine_by_event (site=? AND event_id=?)',
  ],
  [
    'persons by rank',
    () => store.persons(personQuery({ minRank: 1 })),
    'persons_by_engagement (site=? AND generation=? AND stage=? AND fit_grade=? AND engagement_rank>?)',
  ],
  [
    'persons by fit',
    () => store.persons(personQuery({ sort: 'fit', grade: 'A' })),
    'persons_by_fit (site=? AND generation=? AND stage=? AND fit_grade=?',
  ],
  [
    'persons by last visit',
    () => store.persons(personQuery({ sort: 'last_seen' })),
    'persons_by_last_seen (site=? AND generation=? AND stage=? AND fit_grade=?',
  ],
  [
    'persons by MQL date',
    () => store.persons(personQuery({ sort: 'mql_since' })),
    'persons_by_mql_since (site=? AND generation=? AND stage=? AND fit_grade=?',
  ],
  [
    'accounts by score',
    () => store.accounts({ ...anyAccount, sort: 'score', minRank: 1 }),
    'accounts_by_score (site=? AND generation=? AND score_rank>?)',
  ],
  [
    'accounts by fit',
    () => store.accounts({ ...anyAccount, sort: 'fit' }),
    'accounts_by_fit (site=? AND generation=?)',
  ],
  [
    'accounts by last visit',
    () => store.accounts({ ...anyAccount, sort: 'last_seen' }),
    'accounts_by_last_seen (site=? AND generation=?)',
  ],
  [
    'accounts by people',
    () => store.accounts({ ...anyAccount, sort: 'people' }),
    'accounts_by_people (site=? AND generation=?)',
  ],
  [
    'persons not seen for long',
    () => store.longUnseen({ site: SITE, who: 'leads', before: 9, after: null, limit: 9 }),
    'persons_by_last_seen (site=? AND generation=? AND stage=? AND fit_grade=? AND (last_seen_at,id)>(?,?) AND last_seen_at<?)',
  ],
  ['facts', () => store.facts(factQuery()), 'events_by_time (site=?'],
  [
    'facts of a type and time',
    () => store.facts(factQuery({ type: 'x', since: 1, until: 2 })),
    'events_by_type (site=? AND type=? AND occurred_at>? AND occurred_at<?)',
  ],
  [
    'facts of a visitor and type',
    () => store.facts(factQuery({ visitor: 'x', type: 'x', since: 1, until: 2 })),
    'events_by_subject (site=? AND subject=? AND occurred_at>? AND occurred_at<?)',
  ],
  ['facts since', () => store.factsSince(SITE, 1, 1), 'events_by_seq (site=? AND rowid>?)'],
  ['changes since', () => store.changesSince(SITE, 1, 1), 'changes_by_seq (site=? AND rowid>?)'],
  ['dirty', () => store.dirty(1), 'dirty_queue'],
  ['due', () => store.due(1, 1), 'persons_due (next_due_at<?)'],
])('%s are read in the order of an index', async (_, act, index) => {
  const plan = await planOf(act)
  expect(plan).toContain(index)
  expect(plan).not.toContain('TEMP B-TREE FOR ORDER BY')
  expect(plan).not.toMatch(big)
})

it('persons above a rank are first looked for in the order they are to have', async () => {
  const plan = await planOf(() => store.persons(personQuery({ sort: 'fit', minRank: 1, grade: 'A' })))
  expect(plan).toContain('persons_by_fit (site=? AND generation=? AND stage=? AND fit_grade=?')
  expect(plan).not.toContain('TEMP B-TREE FOR ORDER BY')
  expect(plan).not.toContain('persons_by_engagement')
})

it.each<[string, () => Promise<unknown>, string]>([
  [
    'persons',
    async () => personLister(db, { walked: 0 })(personQuery({ sort: 'fit', minRank: 1, grade: 'A' })),
    'COVERING INDEX persons_by_engagement (site=? AND generation=? AND stage=? AND fit_grade=? AND engagement_rank>?)',
  ],
  [
    'accounts',
    () => store.accounts({ ...anyAccount, sort: 'people', minRank: 1 }),
    'COVERING INDEX accounts_by_score (site=? AND generation=? AND score_rank>?)',
  ],
])('few %s above a rank are sorted by what the index holds', async (_, act, index) => {
  const plan = await planOf(act)
  expect(plan).toContain(index)
  expect(plan).not.toMatch(big)
})

it('facts of a person are reached through its subjects', async () => {
  const plan = await planOf(() => store.facts(factQuery({ person: 'ada', since: 1, until: 2 })))
  expect(plan).toContain('events_by_subject (site=? AND subject=? AND occurred_at>? AND occurred_at<?)')
  expect(plan).not.toMatch(big)
})

it('a component is reached from its seeds, never by reading the site', async () => {
  const plan = await planOf(() =>
    store.loadComponent(SITE, { subjects: ['of:ada'], identifiers: ['email:x'] }),
  )
  expect(plan).toContain('SEARCH spans USING PRIMARY KEY (site=? AND subject=?)')
  expect(plan).toContain('spans_by_identifier (site=? AND identifier=?)')
  expect(plan).toContain('events_by_subject (site=? AND subject=?)')
  expect(plan).not.toMatch(/identifier>|SEARCH (?!shown)\w+ USING [\w ]+ \(site=\?\)/)
  expect(plan).not.toMatch(big)
})

it('the people of an account, and what they did, are reached through it', async () => {
  const people = await planOf(() => store.persons(personQuery({ account: 'acme', stages: ['lead', 'mql'] })))
  expect(people).toContain('persons_by_account (site=? AND generation=? AND account=?)')
  const deeds = await planOf(() => store.accountActivity(SITE, 'acme', 1))
  expect(deeds).toContain('persons_by_account (site=? AND generation=? AND account=?)')
  expect(deeds).toContain('spans_by_person (site=? AND person=?')
  expect(deeds).toContain('events_by_subject (site=? AND subject=? AND occurred_at>?)')
  expect(`${people}${deeds}`).not.toMatch(big)
})

it('an apply touches the rows of its persons and subjects alone', async () => {
  const plan = await planOf(() =>
    applyOne(
      store,
      aDecision({
        persons: [aPerson('ada', { account: ACCOUNT })],
        removed: ['bob'],
        expected: { ada: 1, bob: 1 },
        subjects: ['of:ada', 'of:bob'],
        spans: [aSpan('of:ada', 'ada', null)],
        withdrawn: ['h1'],
      }),
    ),
  )
  expect(plan).not.toMatch(/SCAN(?! CONSTANT)|SEARCH (?!shown)\w+ USING [\w ]+ \(site=\?\)/)
})

it('has no statement whose limit is a parameter and nothing else: each run would plan it anew (limit.ts)', async () => {
  const folder = new URL('../../collector/storage/sqlite/', import.meta.url)
  const bare: string[] = []
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.ts')) continue
    const text = await readFile(new URL(name, folder), 'utf8')
    if (/\bLIMIT\s+[?@:$]\w*(?!\{)/i.test(text)) bare.push(name)
  }
  expect(bare).toEqual([])
})
