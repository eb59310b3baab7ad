import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { ADMIN } from '../support/collector.ts'
import { leadsOf, openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(() => {
  terminal = openTerminal()
})

/** A person at the terminal who gives these answers, one after the other. */
function answering(...answers: readonly string[]) {
  const questions: string[] = []
  return {
    questions,
    ask: async (question: string) => {
      questions.push(question)
      return answers[questions.length - 1] ?? ''
    },
  }
}

/** A model that nobody meets, a collector with leads, and then the file as it was: whoever asked for a demo is an MQL. */
async function oldLeads(count: number) {
  terminal.rewrite('from: 40', 'from: 90')
  const collector = await terminal.collectorWith(count)
  terminal.rewrite('from: 90', 'from: 40')
  return collector
}

const versionsOf = async ({ store }: Awaited<ReturnType<typeof oldLeads>>) =>
  (await store.modelVersions('acme')).map(({ version }) => version)

describe('goldpan model publish', () => {
  it('does not hand over a hundred old leads at once: with nobody to ask it wants --yes', async () => {
    const collector = await oldLeads(100)
    const refused = await terminal.goldpan(['model', 'publish'])
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('acme: goldpan.yaml, published now')
    expect(refused.out).toContain('0 MQLs now, 100 right after')
    expect(refused.out).toContain('100 leads would newly be MQLs')
    expect(refused.out).toMatch(/not published.*--yes/)
    await collector.settle()
    expect(await versionsOf(collector)).toEqual([1])
    expect(new Set((await leadsOf(collector.url)).map(({ stage }) => stage))).toEqual(new Set(['lead']))

    const done = await terminal.goldpan(['model', 'publish', '--yes', '--wait'])
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringContaining('acme: version 2 comes in force as soon as'),
    })
    expect(done.out).toContain('acme: done, everybody is judged by it')
    const leads = await leadsOf(collector.url)
    expect(new Set(leads.map(({ stage }) => stage))).toEqual(new Set(['mql']))
    expect(new Set(leads.flatMap(({ handoffs }) => handoffs).map(({ status }) => status))).toEqual(
      new Set(['waiting']),
    )
    expect((await terminal.goldpan(['model', 'publish'])).out).toContain('version 2, which is in force')
  }, 40_000)

  it('asks at a terminal, and a no is a no', async () => {
    const collector = await oldLeads(1)
    const no = answering('n')
    expect(await terminal.goldpan(['model', 'publish'], no)).toMatchObject({
      code: 1,
      out: expect.stringContaining('nothing was published'),
    })
    expect(no.questions).toEqual(['Publish? [y/N] '])
    for (const word of ['', 'yep', 'nyes'])
      expect((await terminal.goldpan(['model', 'publish'], answering(word))).code).toBe(1)
    expect(await versionsOf(collector)).toEqual([1])
    const yes = answering('y')
    expect((await terminal.goldpan(['model', 'publish'], yes)).code).toBe(0)
    await collector.settle()
    expect(await leadsOf(collector.url)).toMatchObject([{ stage: 'mql', handoffs: [{ status: 'waiting' }] }])
  })

  it('asks again when more people are concerned by the time of the answer', async () => {
    const collector = await oldLeads(1)
    const questions: string[] = []
    const ask = async (question: string): Promise<string> => {
      questions.push(question)
      if (questions.length === 1) await terminal.anotherLead(collector)
      return questions.length === 1 ? 'y' : 'no'
    }
    const { code, out } = await terminal.goldpan(['model', 'publish'], { ask })
    expect(code).toBe(1)
    expect(questions).toHaveLength(2)
    expect(out).toMatch(/1 lead would newly.*has changed meanwhile.*2 leads would newly/s)
    expect(await versionsOf(collector)).toEqual([1])
  })

  it('asks nobody when nobody is concerned', async () => {
    const collector = await terminal.collectorWith(1)
    terminal.rewrite('points: 50', 'points: 51')
    const nobody = answering()
    const { code, out } = await terminal.goldpan(['model', 'publish'], nobody)
    expect(code).toBe(0)
    expect(out).toContain('nobody would newly be an MQL')
    expect(nobody.questions).toEqual([])
    await collector.settle()
    expect(await versionsOf(collector)).toEqual([1, 2])
  })

  it('publishes nothing that is broken, or whose own tests fail, whatever is agreed', async () => {
    const collector = await terminal.collectorWith(1)
    const sound = terminal.read()
    terminal.write(`${sound}tests: [{ name: never, ${STORY}, expect: { stage: mql } }]\n`)
    expect(await terminal.goldpan(['model', 'publish', '--yes'])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/its own tests fail:\n.*never/),
    })
    terminal.write(sound.replace('engagement:', 'engagment:'))
    expect(await terminal.goldpan(['model', 'publish', '--yes'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/goldpan.yaml:\d+:\d+.*\n.*engagment:\n.*\^/),
    })
    await collector.settle()
    expect(await versionsOf(collector)).toEqual([1])
  })

  it('says of one lead what it says of many', async () => {
    await oldLeads(1)
    const { out } = await terminal.goldpan(['model', 'publish'])
    expect(out).toMatch(/^ {2}1 lead would newly be an MQL by this alone;/m)
  })

  it('says how far another one is', async () => {
    const collector = await oldLeads(1)
    const later = { actor: 'upgrade', at: Date.now() + 3_600_000, engine: 'next' }
    await collector.store.startRebuild('acme', later)
    const { code, out } = await terminal.goldpan(['model', 'publish', '--yes'])
    expect(code).toBe(1)
    expect(out).toMatch(/not published: a rebuild \(by upgrade\) is being prepared, \d of 1 timeline done/)
  })

  it('publishes another file, and the draft that somebody saved over the API', async () => {
    const collector = await terminal.collectorWith(0)
    const sound = terminal.read()
    terminal.write(sound.replace('name: Small', 'name: Other'), 'other.yaml')
    expect((await terminal.goldpan(['model', 'publish', 'other.yaml'])).code).toBe(0)
    expect((await terminal.goldpan(['model', 'publish', '--draft'])).err).toContain('there is none')
    const put = { method: 'PUT', headers: ADMIN, body: sound.replace('name: Small', 'name: Draft') }
    expect((await fetch(`${collector.url}/v1/model`, put)).status).toBe(200)
    expect((await terminal.goldpan(['model', 'publish', '--draft'])).code).toBe(0)
    const versions = await collector.store.modelVersions('acme')
    expect(versions.map(({ model }) => model.name)).toEqual(['Small', 'Other', 'Draft'])
    expect(await collector.store.draft('acme')).toBeNull()
  })

  it('publishes for every site its own file, for one when told so, none when one is broken', async () => {
    const collector = await terminal.collectorWith(0)
    terminal.write(terminal.read().replace('name: Small', 'name: Shop'), 'goldpan.shop.yaml')
    await collector.ensureSite({ id: 'shop', name: 'Shop', origins: [] })
    const names = async () =>
      Promise.all(
        ['acme', 'shop'].map(async site =>
          (await collector.store.modelVersions(site)).map(({ model }) => model.name).join(' '),
        ),
      )
    expect(await names()).toEqual(['Small', 'Shop'])
    terminal.rewrite('name: Small', 'name: Small-2')
    terminal.rewrite('name: Shop', 'nome: Shop', 'goldpan.shop.yaml')
    expect((await terminal.goldpan(['model', 'publish'])).code).toBe(1)
    expect(await names()).toEqual(['Small', 'Shop'])
    terminal.rewrite('nome: Shop', 'name: Shop-2', 'goldpan.shop.yaml')
    expect((await terminal.goldpan(['model', 'publish', '--site', 'shop'])).code).toBe(0)
    expect(await names()).toEqual(['Small', 'Shop Shop-2'])
    const { code, out } = await terminal.goldpan(['model', 'publish', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual([
      { site: 'acme', outcome: 'published', version: 2 },
      { site: 'shop', outcome: 'unchanged', version: 2 },
    ])
    expect((await terminal.goldpan(['model', 'publish', 'goldpan.yaml'])).code).toBe(2)
  })
})

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)

const STORY = 'events: [{ at: 0s, type: page_view, path: / }]'

describe('goldpan replay', () => {
  it('computes everybody anew beside a collector at work; what was told stays told', async () => {
    const collector = await terminal.collectorWith(3)
    const told = async () =>
      (await leadsOf(collector.url)).map(({ id, stage, handoffs }) => ({ id, stage, handoffs }))
    const before = (await told()).sort(byId)
    expect(before).toMatchObject(Array(3).fill({ stage: 'mql', handoffs: [{ status: 'told' }] }))
    const { code, out } = await terminal.goldpan(['replay'])
    expect({ code, out }).toEqual({ code: 0, out: 'acme: done, everybody is judged by it' })
    expect((await told()).sort(byId)).toEqual(before)
    const [, rebuild] = await collector.store.modelHistory('acme')
    expect(rebuild).toMatchObject({ version: null, actor: 'mara', total: 3 })
  })

  it('is left by Ctrl-C, and goes on at the next start of a collector', async () => {
    await (await terminal.collectorWith(2)).close()
    const stop = AbortSignal.abort()
    const { code, out } = await terminal.goldpan(['replay', '--json'], { stop })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual([{ site: 'acme', outcome: 'left' }])
    expect(await terminal.goldpan(['replay'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('a rebuild (by mara) is being prepared, 0 of 2 timelines done'),
    })
    const again = await terminal.collectorWith(0)
    await again.settle()
    expect((await again.store.modelHistory('acme')).at(-1)).toMatchObject({ version: null, total: 2 })
    expect(await again.store.rescorings()).toEqual([])
  })
})

describe('goldpan replay --verify', () => {
  it('finds no difference in what was derived', async () => {
    const collector = await terminal.collectorWith(3)
    expect(await terminal.goldpan(['replay', '--verify'])).toEqual({
      code: 0,
      out: 'acme: 3 persons replayed, 0 differences',
      err: '',
    })
    await collector.close()
  })

  it.each([
    [`UPDATE persons SET state = replace(state, '"stage":"mql"', '"stage":"customer"')`, ['stage']],
    [`UPDATE persons SET stage = 'lead'`, ['stage']],
    ['UPDATE persons SET next_due_at = NULL', ['next_due_at']],
    ['UPDATE persons SET fit_score = 99', ['fit_score']],
    ['DELETE FROM persons', ['missing']],
    ['DELETE FROM transitions', ['transitions']],
    ['DELETE FROM spans', ['spans']],
    [`UPDATE persons SET state = '{'`, [expect.stringContaining('unreadable')]],
    [`UPDATE persons SET id = 'somebody else'`, ['missing']],
  ])('finds what somebody changed: %s', async (tampering, parts) => {
    await (await terminal.collectorWith(1)).close()
    const db = new Database(join(terminal.cwd, 'data/goldpan.db'))
    db.pragma('foreign_keys = off')
    db.exec(tampering)
    db.close()
    const { code, out } = await terminal.goldpan(['replay', '--verify', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)[0].differences[0]).toMatchObject({ parts: expect.arrayContaining(parts) })
  })
})
