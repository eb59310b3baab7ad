import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { openServingStore } from '../../collector/storage/open.ts'
import { readerFile } from '../../collector/storage/sqlite/reader-file.ts'
import { openReadingApart } from '../../collector/storage/sqlite/reading-apart.ts'
import { type Store, StoreError } from '../../collector/storage/store.ts'
import { aFact, personQuery, SITE } from '../contract/store/samples.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type MeddledReader, meddledReader } from './reader-programs.ts'

const facts = (...ids: readonly string[]) => ({ facts: ids.map(id => aFact(id)), quarantined: [] })

/** A store whose readers a test can interfere with. */
async function meddledStore(): Promise<{ readonly store: Store; readonly meddled: MeddledReader }> {
  const meddled = meddledReader()
  const path = join(tempDir(), 'goldpan.db')
  return { store: await openReadingApart(path, { file: meddled.file }), meddled }
}

describe('a store whose reads are apart', () => {
  it('records while a read is under way', async () => {
    const { store, meddled } = await meddledStore()
    await store.record(facts('1'))
    meddled.hold('counts')
    let isRead = false
    const read = store.counts(SITE).finally(() => {
      isRead = true
    })
    const { outcomes } = await store.record(facts('2', '1'))
    expect(outcomes).toEqual(['accepted', 'duplicate'])
    expect(isRead).toBe(false)
    meddled.letGo()
    expect(await read).toMatchObject({ persons: 0 })
    await store.close()
  })

  it('gives pages while it reads through the whole site', async () => {
    const { store, meddled } = await meddledStore()
    await store.record(facts('1'))
    meddled.hold('counts')
    const heard: string[] = []
    const counted = store.counts(SITE).then(() => heard.push('counts'))
    const found = store.persons(personQuery({ text: 'halden' })).then(() => heard.push('search'))
    expect(await store.subjects(SITE, '', 10)).toEqual(['visitor-1'])
    expect(await store.persons(personQuery())).toEqual({ items: [], next: null })
    expect(heard).toEqual([])
    meddled.letGo()
    await Promise.all([counted, found])
    expect(heard).toEqual(['counts', 'search'])
    await store.close()
  })

  it('has seen in every answer what was acknowledged before', async () => {
    const { store } = await meddledStore()
    for (let count = 1; count <= 100; count += 1) {
      await store.record(facts(String(count)))
      const [counts, page] = await Promise.all([store.counts(SITE), store.factsSince(SITE, count - 1, 10)])
      expect(counts.facts).toBe(count)
      expect(page.map(({ id }) => id)).toEqual([String(count)])
    }
    await store.close()
  })

  it('closes when it has answered', async () => {
    const { store, meddled } = await meddledStore()
    await store.record(facts('1'))
    meddled.hold('counts')
    const read = store.counts(SITE)
    await meddled.isHolding()
    const closed = store.close()
    meddled.letGo()
    expect(await read).toMatchObject({ facts: 1 })
    await closed
  })

  it('leaves one file when it is closed: what was in the log is in it', async () => {
    const path = join(tempDir(), 'goldpan.db')
    const store = await openServingStore(`sqlite:${path}`)
    await store.record(facts('1'))
    await store.counts(SITE)
    await store.close()
    expect([existsSync(path), existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('opening a store that serves', () => {
  it('reads a database in memory where it is written', async () => {
    vi.stubGlobal('READER_FILE', './nowhere.mjs')
    const store = await openServingStore('sqlite::memory:')
    await store.record(facts('1'))
    expect(await store.counts(SITE)).toMatchObject({ facts: 1 })
    await store.close()
  })

  it('says what is missing and how to mend it, and leaves nothing open', async () => {
    vi.stubGlobal('READER_FILE', './nowhere.mjs')
    const path = join(tempDir(), 'goldpan.db')
    const opening = openServingStore(`sqlite:${path}`)
    await expect(opening).rejects.toThrow(StoreError)
    await expect(opening).rejects.toThrow(/nowhere\.mjs.* is not there.*`npm run build`/s)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('says at once that a reader cannot be started', async () => {
    const path = join(tempDir(), 'goldpan.db')
    const opening = openReadingApart(path, { file: join(tempDir(), 'nothing.mjs') })
    await expect(opening).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringContaining('nothing.mjs'),
    })
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('takes the program of its own build, wherever that is', () => {
    vi.stubGlobal('READER_FILE', './reader-file.ts')
    expect(readerFile()).toMatch(/collector\/storage\/sqlite\/reader-file\.ts$/)
  })
})

describe('while another process writes', () => {
  it('what is to be recorded waits, and nobody else does', async () => {
    const path = join(tempDir(), 'goldpan.db')
    const store = await openReadingApart(path)
    const other = new Database(path, { timeout: 0 })
    try {
      other.exec('BEGIN IMMEDIATE')
      let isRecorded = false
      const recording = store.record(facts('1')).then(({ outcomes }) => {
        isRecorded = true
        return outcomes
      })
      // this thread goes on: it is the one that ends the other's write
      await new Promise(resolve => setTimeout(resolve, 1))
      expect(isRecorded).toBe(false)
      expect(await store.sites()).toEqual([])
      other.exec('COMMIT')
      expect(await recording).toEqual(['accepted'])
    } finally {
      other.close()
      await store.close()
    }
  })
})
