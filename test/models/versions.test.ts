import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import { readFileState } from '../../collector/models/file-state.ts'
import { hashOfModel, type LoadedModel, loadModelFile, modelFileOf } from '../../collector/models/load.ts'
import {
  ensurePublished,
  putInForce,
  type VersionStore,
  versionHistory,
} from '../../collector/models/versions.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Decision } from '../../collector/storage/store.ts'
import { pageView } from '../support/facts.ts'
import { tempDir } from '../support/temp-dir.ts'
import { changed, SAMPLE } from './sample.ts'

const NOW = 1_700_000_000_000
const at = (now: number) => ({ now, advance })

async function firstOf(store: VersionStore, site: string): Promise<ModelVersion> {
  const first = await ensurePublished(store, site, load(SAMPLE), at(NOW))
  if (first.outcome !== 'in_force') throw new Error(first.outcome)
  return first.inForce
}

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

describe('publishing', () => {
  it('puts the file in force at the first start, and leaves a changed file a draft', async () => {
    const store = memoryStore()
    const loaded = load(SAMPLE)
    const first = await ensurePublished(store, 's', loaded, at(NOW))
    expect(first).toMatchObject({
      draft: false,
      inForce: { version: 1, publishedAt: NOW, hash: loaded.hash, source: SAMPLE },
    })
    expect(await ensurePublished(store, 's', loaded, at(NOW + 1))).toEqual(first)
    const edited = await ensurePublished(store, 's', load(`${SAMPLE}handoff: manual\n`), at(NOW + 2))
    expect(edited).toEqual({ ...first, draft: true })
    expect(await store.modelVersions('s')).toHaveLength(1)
  })

  it('refuses a first model whose own tests fail, and puts nothing in force', async () => {
    const store = memoryStore()
    const failing = load(
      `${SAMPLE}tests: [ { name: one view, events: [ { at: 0s, type: page_view } ], expect: { stage: mql } } ]\n`,
    )
    expect(await ensurePublished(store, 's', failing, at(NOW))).toMatchObject({
      outcome: 'tests_failed',
      failed: [{ name: 'one view', message: expect.stringContaining('expected the stage mql') }],
    })
    expect(await store.modelVersions('s')).toEqual([])
  })

  it('knows a model that another release has hashed otherwise, until its text or a list changes', async () => {
    const dir = tempDir()
    const path = join(dir, 'goldpan.yaml')
    const before: ModelVersion = {
      ...load(WITH_FILE, { 'rivals.csv': 'domain\nother.example\n' }),
      ...{ version: 1, publishedAt: NOW, hash: 'of another release' },
    }
    const stored: ModelVersion = JSON.parse(JSON.stringify(before))
    writeFileSync(path, WITH_FILE)
    writeFileSync(join(dir, 'rivals.csv'), 'domain\nother.example\n')
    expect(readFileState([stored], path).state).toBe('current')
    writeFileSync(join(dir, 'rivals.csv'), 'domain\nthird.example\n')
    expect(readFileState([stored], path).state).toBe('changed')
    writeFileSync(join(dir, 'rivals.csv'), 'domain\nother.example\n')
    writeFileSync(path, `${WITH_FILE}# a comment\n`)
    expect(readFileState([stored], path).state).toBe('changed')
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
    expect(await ensurePublished(racing, 's', load(SAMPLE), at(NOW))).toEqual({
      outcome: 'in_force',
      draft: true,
      inForce: theirs,
    })
  })

  it('makes a model the next version, later than the one before whatever the clock says', async () => {
    const store = memoryStore()
    const newest = await firstOf(store, 's')
    const next = load(`${SAMPLE}handoff: manual\n`)
    expect(
      await putInForce(store, 's', next, { actor: 'mara', now: NOW - 5_000, persons: 0, newest }),
    ).toMatchObject({
      outcome: 'published',
      version: { version: 2, publishedAt: NOW + 1, model: { handoff: 'manual' } },
    })
    expect((await store.modelVersions('s')).map(({ version }) => version)).toEqual([1, 2])
  })

  it('begins when a large site can be ready, a small one at once', async () => {
    const begins = async (persons: number) => {
      const store = memoryStore()
      const given = { actor: 'mara', now: NOW, persons, newest: undefined }
      return (await putInForce(store, 's', load(SAMPLE), given)).version.publishedAt
    }
    expect(await begins(999)).toBe(NOW)
    expect(await begins(90_500)).toBe(NOW + 90_000)
  })

  it('takes no number that somebody else has taken meanwhile', async () => {
    const store = memoryStore()
    const newest = await firstOf(store, 's')
    const given = { actor: 'mara', now: NOW, persons: 0, newest }
    await putInForce(store, 's', load(`${SAMPLE}handoff: manual\n`), given)
    const late = await putInForce(store, 's', load(`${SAMPLE}currency: BGN\n`), given)
    expect(late.outcome).toBe('conflict')
    expect(await store.modelVersions('s')).toMatchObject([{}, { version: 2, model: { handoff: 'manual' } }])
  })
})

describe('the history', () => {
  it('tells of versions, of rebuilds, and how far what is being prepared has come', async () => {
    const store = await openStore('sqlite::memory:')
    const newest = await firstOf(store, 'site')
    await store.record({ facts: [pageView(NOW + 1, '/pricing')], quarantined: [] })
    await store.startRebuild('site', { actor: 'upgrade', at: NOW + 2, engine: 'e' })
    expect(await versionHistory(store, 'site')).toMatchObject([
      { version: { version: 1 }, actor: 'first start', at: NOW, switchedAt: NOW, done: 0, total: 0 },
      { version: null, actor: 'upgrade', at: NOW + 2, switchedAt: null, done: 0, total: 0 },
    ])
    const rebuild = (await store.rescorings())[0]
    if (!rebuild) throw new Error('nothing is being rebuilt')
    while ((await store.markForRescoring(rebuild, 9)) > 0);
    const clears = await store.dirty(9)
    await store.apply([{ ...NOTHING, generation: rebuild.generation, clears }])
    await store.switchGeneration(rebuild, NOW + 3)
    const given = { actor: 'mara', now: NOW + 4, persons: 0, newest }
    await putInForce(store, 'site', load(`${SAMPLE}handoff: manual\n`), given)
    expect(await versionHistory(store, 'site')).toMatchObject([
      {},
      { version: null, switchedAt: NOW + 3 },
      { version: { version: 2, model: { handoff: 'manual' } }, actor: 'mara', switchedAt: null },
    ])
    expect(await versionHistory(store, 'other')).toEqual([])
    await store.close()
  })

  it('has versions of before it was kept', async () => {
    const version: ModelVersion = { version: 1, publishedAt: NOW, ...load(SAMPLE) }
    const store = {
      modelVersions: async () => [version],
      modelHistory: async () => [],
      rescorings: async () => [],
    }
    expect(await versionHistory(store, 'site')).toMatchObject([{ version, actor: '', switchedAt: NOW }])
  })
})

/** A decision that nothing follows from. */
const NOTHING: Decision = {
  site: 'site',
  generation: 0,
  isShown: false,
  persons: [],
  removed: [],
  expected: {},
  subjects: [],
  spans: [],
  told: [],
  withdrawn: [],
  changes: [],
  clears: [],
}
