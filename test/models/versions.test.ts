import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import { hashOfModel, type LoadedModel, loadModelFile, modelFileOf } from '../../collector/models/load.ts'
import { ensurePublished, publishModel, type VersionStore } from '../../collector/models/versions.ts'
import { tempDir } from '../support/temp-dir.ts'
import { changed, SAMPLE } from './sample.ts'

const NOW = 1_700_000_000_000

function memoryStore(): VersionStore {
  const versions: ModelVersion[] = []
  return {
    modelVersions: async () => [...versions],
    publishModel: async (_site, version) => {
      if (versions.some(({ version: number }) => number === version.version)) return 'conflict'
      versions.push(version)
      return 'published'
    },
  }
}

function load(text: string, lists: Readonly<Record<string, string>> = {}): LoadedModel {
  const dir = tempDir()
  writeFileSync(join(dir, 'goldpan.yaml'), text)
  for (const [name, csv] of Object.entries(lists)) writeFileSync(join(dir, name), csv)
  const loading = loadModelFile(join(dir, 'goldpan.yaml'))
  if (!loading.ok) throw new Error(loading.problems[0]?.message)
  return loading.loaded
}

const WITH_FILE = changed('domains: [rival.example]', 'file: rivals.csv')
const FAILING = `${SAMPLE}tests: [ { name: n, events: [ { at: 0s, type: page_view } ], expect: { stage: mql } } ]\n`

describe('a model file', () => {
  it('is read with its lists merged in', () => {
    const { model, source } = load(WITH_FILE, { 'rivals.csv': 'domain\nother.example\n' })
    expect(source).toBe(WITH_FILE)
    expect(model.lists.rivals?.domains).toEqual(['other.example'])
  })

  it('is another version when the file or a list changes, and only then', () => {
    const csv = { 'rivals.csv': 'domain\nother.example\n' }
    const hash = load(WITH_FILE, csv).hash
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(load(WITH_FILE, csv).hash).toBe(hash)
    expect(load(`${WITH_FILE}# a comment\n`, csv).hash).not.toBe(hash)
    expect(load(WITH_FILE, { 'rivals.csv': 'domain\nthird.example\n' }).hash).not.toBe(hash)
  })

  it('hashes lists in any order alike, and no two splittings of one text', () => {
    const a: [string, string] = ['a.csv', 'x']
    const b: [string, string] = ['b.csv', 'y']
    expect(hashOfModel('s', new Map([a, b]))).toBe(hashOfModel('s', new Map([b, a])))
    expect(hashOfModel('s', new Map([['a.csv', 'xy']]))).not.toBe(
      hashOfModel('s', new Map([['a.csvx', 'y']])),
    )
  })

  it('of a site lies beside the one for all', () => {
    const dir = tempDir()
    writeFileSync(join(dir, 'goldpan.shop.yaml'), SAMPLE)
    expect(modelFileOf(join(dir, 'goldpan.yaml'), 'shop')).toBe(join(dir, 'goldpan.shop.yaml'))
    expect(modelFileOf(join(dir, 'goldpan.yaml'), 'blog')).toBe(join(dir, 'goldpan.yaml'))
  })

  it('that is not there, or wrong, is refused with its problems', () => {
    const dir = tempDir()
    const missing = loadModelFile(join(dir, 'none.yaml'))
    expect(missing).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('none.yaml') }],
    })
    writeFileSync(join(dir, 'wrong.yaml'), 'goldpan: 2\n')
    expect(loadModelFile(join(dir, 'wrong.yaml'))).toMatchObject({ ok: false, problems: [{}, {}, {}] })
  })
})

const publish = (store: VersionStore, draft: LoadedModel, now: number, persons = 0) =>
  publishModel(store, 's', draft, { actor: 'mara', now, persons }, advance)

describe('publishing', () => {
  it('puts the file in force at the first start, and leaves a changed file a draft', async () => {
    const store = memoryStore()
    const loaded = load(SAMPLE)
    const first = await ensurePublished(store, 's', loaded, NOW)
    expect(first).toMatchObject({
      draft: false,
      inForce: { version: 1, publishedAt: NOW, hash: loaded.hash, source: SAMPLE },
    })
    expect(await ensurePublished(store, 's', loaded, NOW + 1)).toEqual(first)
    const edited = await ensurePublished(store, 's', load(`${SAMPLE}handoff: manual\n`), NOW + 2)
    expect(edited).toEqual({ draft: true, inForce: first.inForce })
    expect(await store.modelVersions('s')).toHaveLength(1)
  })

  it('yields to a start that was faster', async () => {
    const store = memoryStore()
    const theirs: ModelVersion = { version: 1, publishedAt: NOW - 1, ...load(`${SAMPLE}handoff: manual\n`) }
    let asked = 0
    const racing: VersionStore = {
      ...store,
      modelVersions: async site => {
        asked += 1
        if (asked === 1) {
          await store.publishModel(site, theirs)
          return []
        }
        return store.modelVersions(site)
      },
    }
    expect(await ensurePublished(racing, 's', load(SAMPLE), NOW)).toEqual({ draft: true, inForce: theirs })
  })

  it('makes a draft the next version, later than the one before whatever the clock says', async () => {
    const store = memoryStore()
    await ensurePublished(store, 's', load(SAMPLE), NOW)
    const outcome = await publish(store, load(`${SAMPLE}handoff: manual\n`), NOW - 5_000)
    expect(outcome).toMatchObject({
      outcome: 'published',
      version: { version: 2, publishedAt: NOW + 1, model: { handoff: 'manual' } },
    })
    expect((await store.modelVersions('s')).map(({ version }) => version)).toEqual([1, 2])
  })

  it('begins when a large site can be ready, a small one at once', async () => {
    const store = memoryStore()
    await ensurePublished(store, 's', load(SAMPLE), NOW)
    const begins = async (text: string, persons: number) =>
      publish(store, load(`${SAMPLE}${text}\n`), NOW + 10, persons)
    expect(await begins('handoff: manual', 999)).toMatchObject({ version: { publishedAt: NOW + 10 } })
    expect(await begins('currency: BGN', 90_500)).toMatchObject({ version: { publishedAt: NOW + 90_010 } })
  })

  it('publishes nothing that is already in force', async () => {
    const store = memoryStore()
    await ensurePublished(store, 's', load(SAMPLE), NOW)
    expect(await publish(store, load(SAMPLE), NOW + 1)).toMatchObject({
      outcome: 'unchanged',
      version: { version: 1 },
    })
    expect(await store.modelVersions('s')).toHaveLength(1)
  })

  it('publishes nothing whose tests fail', async () => {
    const store = memoryStore()
    await ensurePublished(store, 's', load(SAMPLE), NOW)
    const outcome = await publish(store, load(FAILING), NOW + 1)
    expect(outcome).toMatchObject({ outcome: 'tests_failed', results: [{ name: 'n', pass: false }] })
    expect(await store.modelVersions('s')).toHaveLength(1)
  })
})
