import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Io, UsageError } from '../../collector/cli/io.ts'
import { modelDiffCommand } from '../../collector/cli/model-diff.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { ModelDiff } from '../../collector/models/diff/shapes.ts'
import { parseModel } from '../../collector/models/parse.ts'
import { personIdsOf } from '../../collector/qualify/person-id.ts'
import { startQualifier } from '../../collector/qualify/qualifier.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { DAY_MS } from '../../shared/time.ts'
import { changed, SAMPLE } from '../models/sample.ts'
import { decision, form, identify, NOON, pageView } from '../support/facts.ts'
import { tempDir } from '../support/temp-dir.ts'

const NOW = NOON + 80 * DAY_MS
const STRICTER = changed('{ engagement: { from: 40 } }', '{ engagement: { from: 60 } }')

/** A store with sites under the sample model, and a stricter model file beside it. */
async function place(
  sites: readonly string[],
  factsOf: (idOf: (text: string) => string) => readonly Fact[],
  settled = true,
) {
  const cwd = tempDir()
  writeFileSync(join(cwd, 'goldpan.yaml'), STRICTER)
  const store = await openStore(`sqlite:${cwd}/data.db`)
  const parsed = parseModel(SAMPLE, () => null)
  if (!parsed.ok) throw new Error('the sample is unsound')
  for (const id of sites) {
    await store.createSite({
      id,
      name: id,
      publicKey: `pk_${id}`,
      testKey: null,
      secretKeyHash: null,
      origins: [],
      consent: 'granted',
      params: [],
      progressive: false,
      createdAt: 0,
    })
    const version = { version: 1, publishedAt: NOON, hash: 'one', source: SAMPLE, model: parsed.model }
    expect(await store.publishModel(id, version)).toBe('published')
    const facts = factsOf(await personIdsOf(store)(id)).map(fact => ({ ...fact, site: id }))
    await store.record({ facts, quarantined: [] })
    if (settled) await settle(store)
  }
  await store.close()
  return cwd
}

async function settle(store: Store): Promise<void> {
  const qualifier = startQualifier({
    store,
    clock: () => NOW,
    signals: createSignals(),
    versionsOf: store.modelVersions,
    idsOf: personIdsOf(store),
    onError: error => {
      throw error
    },
  })
  await qualifier.settle()
  await qualifier.stop()
}

async function run(cwd: string, args: readonly string[], given: Partial<Io> = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await modelDiffCommand(args, {
    env: { DATABASE_URL: `sqlite:${cwd}/data.db` },
    cwd,
    clock: () => NOW,
    out: line => out.push(line),
    err: line => err.push(line),
    stop: new AbortController().signal,
    ...given,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const by = (email: string) => ({ visitor: email, subject: email })

/** Anna asks for a demo; Boris does too, and looks at the price; sales qualifies him and says so to the CRM. */
const story = (idOf: (text: string) => string): readonly Fact[] => {
  const boris = idOf('email:boris@acme.example')
  return [
    pageView(NOON + DAY_MS, '/pricing', by('boris@acme.example')),
    pageView(NOON + DAY_MS, '/pricing', by('boris@acme.example')),
    form(NOON + DAY_MS, 'demo', { email: 'anna@acme.example', jobTitle: 'head' }, by('anna@acme.example')),
    form(NOON + DAY_MS + 1, 'demo', { email: 'boris@acme.example' }, by('boris@acme.example')),
    decision(NOON + 2 * DAY_MS, boris, 'sal', 'ok'),
    identify(
      NOON + 3 * DAY_MS,
      'boris@acme.example',
      { budget: 'yes' },
      { origin: 'server', subject: 'fact:x', visitor: null },
    ),
    decision(NOON + 9 * DAY_MS, boris, 'sales_qualified', 'bant'),
    pageView(NOON + DAY_MS, '/', by('nobody')),
  ]
}

describe('goldpan model diff', () => {
  it('compares the version in force with the model file, and says who and why', async () => {
    const { code, out, err } = await run(await place(['acme'], story), [])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('version 1, in force')
    expect(out).toContain('1 fewer MQL, 1 instead of 2: 0 gained, 1 lost')
    expect(out).toContain('Lost: none known to be good (1 not judged by sales).')
    expect(out).toMatch(/a +−1 +engagement must reach 60 instead of 40/)
    expect(out).toContain('not enough data (n = 1 of at least 30)')
    expect(out).toMatch(/2026-01-13 {2}not judged {2}head, acme\.example .* demo, head +a/)
    expect(out).not.toContain('\u001b')
    expect(out).not.toContain('anna@')
  })

  it('answers in JSON when asked to', async () => {
    const { out } = await run(await place(['acme'], story), ['--json', '--min', '1'])
    const diff = JSON.parse(out) as ModelDiff
    expect(diff).toMatchObject({
      site: 'acme',
      old: { label: 'version 1, in force', version: 1 },
      new: { label: 'goldpan.yaml', version: null },
      period: { since: NOW - 90 * DAY_MS, until: NOW },
      mqls: { old: 2, new: 1 },
      lost: { total: 1, people: [{ outcome: 'open', rules: ['demo', 'head'] }] },
      kept: { total: 1, outcomes: { good: 1, bad: 0, open: 0 } },
      quality: { precision: { old: { k: 1, n: 1, unjudged: 1 } }, recall: { new: { k: 1, n: 1 } } },
    })
  })

  it('says when somebody waits to be qualified, and takes the largest piece of them until then', async () => {
    const { code, out, err } = await run(await place(['acme'], story, false), [])
    expect([code, err]).toEqual([0, expect.stringMatching(/^\d visitors wait to be qualified/)])
    expect(out).toContain('1 fewer MQL, 1 instead of 2')
  })

  it('takes files and versions in either place', async () => {
    const cwd = await place(['acme'], story)
    writeFileSync(join(cwd, 'mine.yaml'), SAMPLE)
    const same = JSON.parse((await run(cwd, ['1', 'mine.yaml', '--json'])).out) as ModelDiff
    expect([same.changes, same.mqls]).toEqual([[], { old: 2, new: 2 }])
    const back = JSON.parse((await run(cwd, ['file', '1', '--json'])).out) as ModelDiff
    expect(back.mqls).toEqual({ old: 1, new: 2 })
    expect((await run(cwd, ['1', 'mine.yaml'])).out).toContain('The same 2 MQLs under both models')
  })

  it('calls draft what was saved over the API, and never the file', async () => {
    const cwd = await place(['acme'], story)
    expect(await run(cwd, ['1', 'draft'])).toEqual({
      code: 1,
      out: '',
      err: 'acme: expected a draft saved over the API, there is none.',
    })
    const parsed = parseModel(SAMPLE, () => null)
    if (!parsed.ok) throw new Error('the sample is unsound')
    const store = await openStore(`sqlite:${cwd}/data.db`)
    await store.saveDraft('acme', {
      hash: 'saved',
      source: SAMPLE,
      model: parsed.model,
      savedAt: NOW,
      actor: 'mara',
    })
    await store.close()
    const diff = JSON.parse((await run(cwd, ['file', 'draft', '--json'])).out) as ModelDiff
    expect(diff).toMatchObject({
      old: { label: 'goldpan.yaml', version: null },
      new: { label: 'the draft of mara', version: null },
      mqls: { old: 1, new: 2 },
    })
  })

  it('says which versions there are when asked for another', async () => {
    const { code, err } = await run(await place(['acme'], () => []), ['7'])
    expect([code, err]).toEqual([1, 'acme: expected a published version, 1 to 1, came 7.'])
  })

  it('is honest of a site without anybody', async () => {
    const { code, out } = await run(await place(['acme'], () => []), [])
    expect(code).toBe(0)
    expect(out).toContain('Neither model makes anybody an MQL in this period.')
    expect(out).toContain('not enough data (n = 0 of at least 30)')
    expect(out).not.toMatch(/NaN|null|undefined|Infinity/)
  })

  it('says when the period is too young for any outcome', async () => {
    const cwd = await place(['acme'], story)
    const hint = 'Every MQL of this period is younger than 60 days'
    expect((await run(cwd, ['--since', '50d'])).out).toContain(hint)
    expect((await run(cwd, ['--since', '79d'])).out).not.toContain(hint)
  })

  it('lets nothing that a visitor wrote steer the terminal', async () => {
    const title = 'head \u001b[2J\u202e'
    const { out } = await run(
      await place(['acme'], () => [
        form(NOON + DAY_MS, 'demo', { email: 'a@a.example', jobTitle: title }, by('a')),
      ]),
      [],
    )
    expect(out).toContain('head')
    expect(out).not.toMatch(/[^\P{C}\n]/u)
  })

  it('says what is wrong with a broken file, and compares nothing', async () => {
    const cwd = await place(['acme'], story)
    writeFileSync(join(cwd, 'goldpan.yaml'), changed('jobTitle: head', 'jobTitel: head'))
    const { code, out, err } = await run(cwd, [])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^goldpan\.yaml:14:25 .*jobTitel/)
  })

  it('stops when it is told to, and says so', async () => {
    const { code, out, err } = await run(await place(['acme'], story), [], { stop: AbortSignal.abort() })
    expect([code, out, err]).toEqual([1, '', 'Stopped. Nothing was changed.'])
  })

  it('asks which site, when there are several', async () => {
    const cwd = await place(['acme', 'other'], story)
    await expect(run(cwd, [])).rejects.toThrow('Expected --site with one of acme, other')
    expect((await run(cwd, ['--site', 'other'])).out).toContain('other, 2026')
    await expect(run(cwd, ['--site', 'none'])).rejects.toThrow('came none')
  })

  it.each([
    [['1', '1', '1'], 'expected two models at most'],
    [['--maturity', 'long'], 'expected a duration such as 60d, came long'],
    [['--min', '0'], 'expected a whole number above zero, came 0'],
    [['--since', '2026-02-30'], 'expected a day such as 2026-01-31 or 90d, came 2026-02-30'],
    [['--since', '2026-02-01', '--until', '2026-01-01'], 'expected --since before --until'],
    [['--fix'], 'Unknown option'],
  ])('is not understood with %j', async (args, message) => {
    const cwd = await place(['acme'], () => [])
    const failing = run(cwd, args)
    await expect(failing).rejects.toThrow(UsageError)
    await expect(failing).rejects.toThrow(message)
  })

  it('takes days as the model’s, both ends included', async () => {
    const cwd = await place(['acme'], story)
    const told = ['--since', '2026-01-13', '--until', '2026-01-13', '--json']
    const diff = JSON.parse((await run(cwd, told)).out) as ModelDiff
    expect(diff.period).toEqual({ since: Date.UTC(2026, 0, 13), until: Date.UTC(2026, 0, 14) - 1 })
    expect(diff.mqls.old).toBe(2)
    const before = JSON.parse((await run(cwd, ['--until', '2026-01-12', '--json'])).out) as ModelDiff
    expect(before.mqls.old).toBe(0)
  })
})
