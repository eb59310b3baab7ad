import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { openSqliteStore, sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { aFact, factQuery, SITE } from '../contract/store/samples.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'goldpan-file-'))
  path = join(directory, 'data', 'goldpan.db')
})
afterEach(() => rm(directory, { recursive: true }))

/** A closed database with enough events to fill many pages. */
async function filledFile(): Promise<void> {
  const store = openSqliteStore(path)
  const facts = Array.from({ length: 400 }, (_, n) => aFact(`e${n}`, { visitor: `visitor-${n % 50}` }))
  await store.record({ facts, quarantined: [] })
  await store.close()
}

describe('the database file', () => {
  it('is readable by its owner alone, and so is its log', async () => {
    const store = openSqliteStore(path)
    await store.record({ facts: [aFact('e1')], quarantined: [] })
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    await store.close()
  })

  it('is opened so that an acknowledged commit has reached the disk', () => {
    const db = openConnection(path)
    const setting = (name: string) => db.pragma(name, { simple: true })
    expect([setting('journal_mode'), setting('synchronous'), setting('foreign_keys')]).toEqual(['wal', 2, 1])
    expect(setting('busy_timeout')).toBeGreaterThan(1_000)
    db.close()
  })

  it('can be used by two processes: each sees what the other committed', async () => {
    const [one, two] = [openSqliteStore(path), openSqliteStore(path)]
    await one.record({ facts: [aFact('e1')], quarantined: [] })
    expect((await two.record({ facts: [aFact('e1')], quarantined: [] })).outcomes).toEqual(['duplicate'])
    expect(await two.installationSecret()).toBe(await one.installationSecret())
    await one.close()
    await two.close()
  })
})

describe('a damaged file is refused and left as it is', () => {
  const damages: readonly [string, () => void][] = [
    [
      'text instead of a database',
      () => writeFileSync(path, 'not a database, but long enough to be looked at'.repeat(40)),
    ],
    ['its first byte flipped', () => flip(0)],
    ['a page in the middle overwritten', () => overwrite(4_096 * 12, 4_096)],
    ['a bit of a page header flipped', () => flip(4_096 * 9)],
    ['cut short', () => truncateSync(path, 4_096 * 20)],
  ]
  const overwrite = (at: number, bytes: number) => {
    const content = readFileSync(path)
    content.fill(0x5a, at, at + bytes)
    writeFileSync(path, content)
  }
  const flip = (at: number) => {
    const content = readFileSync(path)
    content[at] = (content[at] ?? 0) ^ 0x04
    writeFileSync(path, content)
  }

  it.each(damages)('%s', async (_, damage) => {
    await filledFile()
    damage()
    const before = readFileSync(path)
    expect(() => openSqliteStore(path)).toThrow(
      expect.objectContaining({ name: 'StoreError', code: 'corrupt' }),
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('emptied beside its log', async () => {
    await filledFile()
    writeFileSync(path, '')
    writeFileSync(`${path}-wal`, 'committed events')
    expect(() => openSqliteStore(path)).toThrow(/its log .* is not/)
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('committed events')
  })

  it("another program's database", () => {
    const other = new Database(join(directory, 'other.db'))
    other.exec('CREATE TABLE events (their_own TEXT)')
    other.close()
    const before = readFileSync(join(directory, 'other.db'))
    expect(() => openSqliteStore(join(directory, 'other.db'))).toThrow(/not Goldpan's/)
    expect(readFileSync(join(directory, 'other.db')).equals(before)).toBe(true)
  })

  it('while it is open: the method that meets the damage rejects', async () => {
    await filledFile()
    const db = openConnection(path)
    const store = sqliteStore(db)
    db.pragma('shrink_memory')
    overwrite(4_096, statSync(path).size - 4_096)
    await expect(store.facts(factQuery())).rejects.toMatchObject({ name: 'StoreError', code: 'corrupt' })
    db.close()
  })
})

describe('a store that cannot be used says why', () => {
  it('no room left: nothing is committed, and it goes on by itself when there is room', async () => {
    const db = openConnection(path)
    migrate(db)
    const store = sqliteStore(db)
    const facts = Array.from({ length: 500 }, (_, n) => aFact(`e${n}`))
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 5}`)
    await expect(store.record({ facts, quarantined: [] })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'full',
    })
    expect((await store.counts(SITE)).facts).toBe(0)
    db.pragma('max_page_count = 1000000')
    await store.record({ facts, quarantined: [] })
    expect((await store.counts(SITE)).facts).toBe(500)
    await store.close()
  })

  it('a path that is a directory, or below a file', () => {
    const unavailable = expect.objectContaining({ name: 'StoreError', code: 'unavailable' })
    expect(() => openSqliteStore(directory)).toThrow(unavailable)
    writeFileSync(join(directory, 'file'), '')
    expect(() => openSqliteStore(join(directory, 'file', 'x.db'))).toThrow(unavailable)
  })

  it('a schema that is not as the program knows it', () => {
    const db = openConnection(path)
    migrate(db)
    db.exec('DROP TABLE dirty')
    db.close()
    expect(() => openSqliteStore(path)).toThrow(
      expect.objectContaining({
        name: 'StoreError',
        message: expect.stringContaining('no such table: dirty'),
      }),
    )
  })

  it('a database locked by another process for long', async () => {
    const store = openSqliteStore(path)
    const other = new Database(path)
    const db = openConnection(path)
    db.pragma('busy_timeout = 1')
    const waiting = sqliteStore(db)
    other.exec('BEGIN IMMEDIATE')
    await expect(waiting.ping()).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' })
    other.exec('ROLLBACK')
    await waiting.ping()
    other.close()
    db.close()
    await store.close()
  })
})
