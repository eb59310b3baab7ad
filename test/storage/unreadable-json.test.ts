import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { verifyReplay } from '../../collector/qualify/replay.ts'
import { checkStore, openStore } from '../../collector/storage/open.ts'
import { JSON_COLUMNS, type JsonColumn } from '../../collector/storage/sqlite/json-columns.ts'
import { preparedNews } from '../../collector/storage/sqlite/prepared-news.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import type { Store } from '../../collector/storage/store.ts'
import {
  aDecision,
  aFact,
  aHandoff,
  aModelVersion,
  aPerson,
  applyOne,
  aQuarantined,
  aSite,
  aToken,
  aTransition,
  factQuery,
  introduction,
  NOW,
  SITE,
} from '../contract/store/samples.ts'
import { flip } from '../support/damaged-database.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Stands first in what is broken, as a part of what somebody said would. */
const WORD = 'somebody'

const account = { id: 'acme', domain: 'acme.example', name: null, by: 'email', roles: [] } as const
const known = introduction([aPerson('ada', { account })])
const told = { ...known, told: [aHandoff('h1')] }
const changed = [{ kind: 'transition', person: 'ada', transition: aTransition() }] as const

const BY = { engine: 'test', actor: 'a test', at: NOW }
const draft = { ...aModelVersion(1), savedAt: NOW, actor: 'a test' }
const noted = { country: 'BG' }
const came = { visitor: 'v', session: 's', ip: null, userAgent: null, noted: null } as const
const aside = aQuarantined({ came: { ...came, origin: 'browser', subject: 'v', sentAt: NOW } })

let path: string
beforeEach(async () => {
  path = join(tempDir(), 'goldpan.db')
  const store = await openStore(`sqlite:${path}`)
  await store.createSite(aSite(SITE, { params: ['utm_id'] }))
  await store.createToken(aToken('t'))
  await store.record({ facts: [aFact('e1', { noted })], quarantined: [aside, aside] })
  await store.settleAside(SITE, '1', { as: 'discarded', at: NOW, actor: 'a test' })
  await applyOne(store, { ...told, changes: changed })
  await store.publishModel(SITE, aModelVersion(1), BY)
  await store.saveDraft(SITE, draft)
  await store.close()
  inFile(db =>
    preparedNews(db).keep(aDecision({ subjects: ['of:ada'], told: [aHandoff('h2')], withdrawn: ['h1'] })),
  )
})

function inFile<T>(act: (db: Database.Database) => T): T {
  const db = new Database(path)
  try {
    return act(db)
  } finally {
    db.close()
  }
}

const OF_THE_VISITOR = { subjects: ['visitor-1'], identifiers: [] }

const READING: { readonly [Column in JsonColumn]: (store: Store, db: Database.Database) => unknown } = {
  'events.page': store => store.loadComponent(SITE, OF_THE_VISITOR),
  'events.props': store => store.loadComponent(SITE, OF_THE_VISITOR),
  'events.noted': store => store.loadComponent(SITE, OF_THE_VISITOR),
  'persons.state': store => store.person(SITE, 'ada'),
  'persons.account_member': store => applyOne(store, { ...introduction([aPerson('bob', { account })]) }),
  'accounts.state': store => store.account(SITE, 'acme'),
  'handoffs.reasons': store => store.handoff(SITE, 'h1'),
  'changes.body': store => store.changesSince(SITE, 0, 1),
  'prepared_news.body': async (_, db) => preparedNews(db).release(SITE),
  'quarantine.body': store => store.aside(SITE, 1),
  'quarantine.came': store => store.asideById(SITE, '2'),
  'quarantine.settled': store => store.asideById(SITE, '1'),
  'sites.origins': store => store.sites(),
  'sites.params': store => store.sites(),
  'tokens.scopes': store => store.tokenByHash(aToken('t').hash),
  'model_versions.model': store => store.modelVersions(SITE, 9),
  'model_drafts.model': store => store.draft(SITE),
}

function damage(name: JsonColumn): void {
  const [table, column] = name.split('.')
  // an index holds a part of it: SQLite itself would write no such thing
  if (name === 'changes.body') flip(path, readFileSync(path).indexOf(JSON.stringify(changed[0])))
  else inFile(db => db.exec(`UPDATE ${table} SET ${column} = '"${WORD}"' || ${column}`))
}

it('before: nothing is wrong', async () => {
  expect((await checkStore(`sqlite:${path}`)).problems).toEqual([])
})

describe.each(JSON_COLUMNS)('%s that is no JSON', name => {
  it('is damage for who reads it, in words that hold nothing of it, and is found by `goldpan doctor`', async () => {
    damage(name)
    const { problems } = await checkStore(`sqlite:${path}`)
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} cannot be read in [12] rows$`))])
    const db = new Database(path)
    const failure = await Promise.resolve(READING[name](sqliteStore(db), db)).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(`the database is damaged: ${name} of a row cannot be read.`),
    })
    expect(String(failure)).not.toContain(WORD)
    db.close()
  })
})

it('a difference that the replay audit finds holds no word of it, and who is derived is no stray', async () => {
  damage('persons.account_member')
  const component = {
    facts: [],
    marks: [],
    subjects: ['v'],
    identifiers: [],
    persons: [],
    shown: [],
    isShown: true,
  }
  const store = await openStore(`sqlite:${path}`)
  const asked = {
    ...store,
    loadComponent: async () => ({ ...component, facts: [aFact('e1')] }),
    drift: async () => store.drift(known),
    subjects: async () => ['v'],
  }
  const deps = { store: asked, versionsOf: async () => [aModelVersion(1)], idsOf: async () => () => 'ada' }
  const { differences } = await verifyReplay(deps, SITE, NOW, () => undefined)
  expect(differences).toEqual([
    { person: 'v', parts: [expect.stringContaining('persons.account_member of a row cannot be read')] },
  ])
  expect(JSON.stringify(differences)).not.toContain(WORD)
  await store.close()
})

it('a start that meets one says that the database is damaged', async () => {
  damage('changes.body')
  await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('changes.body cannot be read in 1 rows'),
  })
})

it.each(['events.page', 'events.props', 'events.noted'] as const)(
  'a list of facts goes on past %s that cannot be read, and says so',
  async name => {
    damage(name)
    const store = await openStore(`sqlite:${path}`)
    const { items } = await store.facts(factQuery())
    expect(items).toMatchObject([{ id: 'e1', unreadable: [name] }])
    expect(await store.factsSince(SITE, 0, 9)).toEqual(items)
    expect(JSON.stringify(items)).not.toContain(WORD)
    await store.close()
  },
)
