import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'goldpan-open-'))
})
afterEach(() => rm(directory, { recursive: true }))

it.each(['sqlite:', 'sqlite://'])('opens the file named after "%s"', async prefix => {
  const path = join(directory, 'deep', 'er', 'goldpan.db')
  const store = await openStore(`${prefix}${path}`)
  await store.ping()
  await store.close()
  expect(existsSync(path)).toBe(true)
})

it('opens a store in memory, which writes no file', async () => {
  const store = await openStore('sqlite::memory:')
  await store.ping()
  await store.close()
  expect(existsSync(':memory:')).toBe(false)
})

it('says that PostgreSQL is not in this release', async () => {
  const opening = openStore('postgres://goldpan:s3cret@db/goldpan')
  await expect(opening).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' })
  await expect(opening).rejects.toThrow(/PostgreSQL is not in this release.*sqlite:data\/goldpan\.db/)
})

it.each(['mysql://root:s3cret@db/x', 'data/goldpan.db', 'sqlite:', ''])(
  'refuses "%s" with what it expects, without repeating a password',
  async url => {
    const error: unknown = await openStore(url).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'StoreError', code: 'unavailable' })
    expect(String(error)).toContain('sqlite:<path>')
    expect(String(error)).not.toContain('s3cret')
  },
)
