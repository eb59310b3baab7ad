import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../collector/storage/sqlite/migrate.ts'
import { type Reader, readerOf } from '../../collector/storage/sqlite/reader.ts'
import { openReading } from '../../collector/storage/sqlite/reader-connection.ts'
import { readerFile } from '../../collector/storage/sqlite/reader-file.ts'
import { errorOf, thrownOf } from '../../collector/storage/sqlite/reader-messages.ts'
import { openSqliteStore } from '../../collector/storage/sqlite/store.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { aFact, SITE } from '../contract/store/samples.ts'
import { tempDir } from '../support/temp-dir.ts'
import { meddledReader } from './reader-programs.ts'

/** A database with one fact, which nobody has open. */
async function database(): Promise<string> {
  const path = join(tempDir(), 'goldpan.db')
  const store = openSqliteStore(path)
  await store.record({ facts: [aFact('1')], quarantined: [] })
  await store.close()
  return path
}

function changed(path: string, sql: string): void {
  const db = new Database(path)
  db.exec(sql)
  db.close()
}

const counts = (reader: Reader): Promise<unknown> => reader.ask('counts', [SITE])

describe('the connection of a reader', () => {
  it('reads, and writes nothing', async () => {
    const db = openReading(await database())
    expect(db.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1)
    for (const sql of ['DELETE FROM events', 'CREATE TABLE more (id)', 'PRAGMA user_version = 99'])
      expect(() => db.exec(sql)).toThrow(/readonly/)
    db.close()
  })

  it('stays read-only where the file is opened for writing, too', async () => {
    const db = openReading(await database())
    expect(db.pragma('query_only', { simple: true })).toBe(1)
    expect(db.readonly).toBe(true)
    db.close()
  })

  it('holds no moment of the database: the log can be emptied between two questions', async () => {
    const path = await database()
    const store = openSqliteStore(path)
    const reader = readerOf({ file: readerFile(), path })
    await store.record({ facts: [aFact('2')], quarantined: [] })
    expect(await counts(reader)).toMatchObject({ facts: 2 })
    const db = new Database(path)
    expect(db.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }])
    db.close()
    await reader.close()
    await store.close()
  })

  it.each([
    ['a later', MIGRATIONS.length + 1, 'newer_schema'],
    ['an earlier', MIGRATIONS.length - 1, 'unavailable'],
  ])('refuses %s schema, and leaves it', async (_, version, code) => {
    const path = await database()
    changed(path, `PRAGMA user_version = ${version}`)
    const reader = readerOf({ file: readerFile(), path })
    await expect(reader.open()).rejects.toThrow(StoreError)
    await expect(reader.open()).rejects.toMatchObject({ code, message: expect.stringContaining(path) })
    const db = new Database(path)
    expect(db.pragma('user_version', { simple: true })).toBe(version)
    db.close()
    await reader.close()
  })

  it('refuses a database that is not ours, and makes none', async () => {
    const path = await database()
    changed(path, 'PRAGMA application_id = 1')
    expect(() => openReading(path)).toThrow(expect.objectContaining({ code: 'corrupt' }))
    expect(() => openReading(`${path}.none`)).toThrow(expect.objectContaining({ code: 'unavailable' }))
  })
})

describe('a reader', () => {
  it('answers reads alone', async () => {
    const reader = readerOf({ file: readerFile(), path: await database() })
    expect(await counts(reader)).toMatchObject({ facts: 1 })
    await expect(reader.ask('record', [{ facts: [], quarantined: [] }])).rejects.toThrow(/not for a reader/)
    await expect(reader.ask('toString', [])).rejects.toThrow(/not for a reader/)
    await reader.close()
  })

  it('fails as the engine does, and goes on', async () => {
    const path = await database()
    const reader = readerOf({ file: readerFile(), path })
    await reader.open()
    changed(path, 'ALTER TABLE handoffs RENAME TO gone')
    const failure = reader.ask('figures', [])
    await expect(failure).rejects.toThrow(StoreError)
    await expect(failure).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/goldpan doctor/),
    })
    expect(await reader.ask('subjects', [SITE, '', 10])).toEqual(['visitor-1'])
    await reader.close()
  })

  it('passes on what a caller did wrong', async () => {
    const reader = readerOf({ file: readerFile(), path: await database() })
    await expect(reader.ask('subjects', [SITE, Symbol('x'), 1])).rejects.toThrow(/could not be cloned/)
    const failure = reader.ask('subjects', [{}, '', 1])
    await expect(failure).rejects.toMatchObject({
      name: 'RangeError',
      message: expect.stringMatching(/parameter/),
    })
    await expect(failure).rejects.not.toBeInstanceOf(StoreError)
    expect(await counts(reader)).toMatchObject({ facts: 1 })
    await reader.close()
  })

  it('finishes what it is at before it closes, and refuses what waits behind it and what comes then', async () => {
    const meddled = meddledReader()
    const reader = readerOf({ file: meddled.file, path: await database() })
    await reader.open()
    meddled.hold('counts')
    const heard: string[] = []
    const first = counts(reader).then(() => heard.push('answer'))
    await meddled.isHolding()
    const second = counts(reader)
    const closed = reader.close().then(() => heard.push('closed'))
    await expect(counts(reader)).rejects.toMatchObject({ code: 'unavailable' })
    expect(heard).toEqual([])
    meddled.letGo()
    await expect(second).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' })
    await Promise.all([first, closed])
    expect(heard).toEqual(['answer', 'closed'])
  })

  it('lets a hundred wait, and refuses whoever comes then', async () => {
    const meddled = meddledReader()
    const reader = readerOf({ file: meddled.file, path: await database() })
    await reader.open()
    meddled.hold('counts')
    const waiting = Array.from({ length: 100 }, () => counts(reader))
    const refused = counts(reader)
    await expect(refused).rejects.toThrow(StoreError)
    await expect(refused).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^100 /),
    })
    meddled.letGo()
    expect(new Set(await Promise.all(waiting)).size).toBe(100)
    expect(await counts(reader)).toMatchObject({ facts: 1 })
    await reader.close()
  })
})

describe('a reader whose thread ends', () => {
  it('rejects what was under way, and is there again for the next', async () => {
    const meddled = meddledReader()
    const reader = readerOf({ file: meddled.file, path: await database() })
    await reader.open()
    meddled.kill()
    const asked = await Promise.allSettled([counts(reader), counts(reader)])
    for (const one of asked)
      expect(one).toMatchObject({ reason: { name: 'StoreError', code: 'unavailable' } })
    meddled.spare()
    expect(await counts(reader)).toMatchObject({ facts: 1 })
    await reader.close()
  })

  it('is given up for a while when it happens again and again', async () => {
    const meddled = meddledReader()
    const reader = readerOf({ file: meddled.file, path: await database() })
    meddled.kill()
    for (let time = 0; time < 5; time += 1) await expect(counts(reader)).rejects.toThrow(/is gone/)
    meddled.spare()
    await expect(counts(reader)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/5 times within a minute/),
    })
    await reader.close()
  })

  it('says what the program broke with', async () => {
    const reader = readerOf({ file: join(tempDir(), 'nothing.mjs'), path: await database() })
    await expect(reader.open()).rejects.toThrow(StoreError)
    await expect(reader.open()).rejects.toThrow(/nothing\.mjs/)
    await reader.close()
  })
})

describe('an error on its way from a reader', () => {
  const sent = (error: unknown): Error => errorOf(structuredClone(thrownOf(error)))

  it.each(['unavailable', 'corrupt', 'newer_schema', 'full'] as const)(
    'keeps its class and the code %s',
    code => {
      const error = new StoreError(code, 'what happened')
      expect(sent(error)).toBeInstanceOf(StoreError)
      expect(sent(error)).toMatchObject({ code, message: 'what happened', stack: error.stack })
    },
  )

  it('is no StoreError that was none', () => {
    const error = sent(new RangeError('too far'))
    expect(error).not.toBeInstanceOf(StoreError)
    expect(error).toMatchObject({ name: 'RangeError', message: 'too far' })
    expect(sent('a text')).toMatchObject({ name: 'Error', message: 'a text' })
  })
})
