import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { ADMIN } from '../support/collector.ts'
import { leadsOf, openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(() => {
  terminal = openTerminal()
})

const goldpan = (...argv: readonly string[]) => terminal.goldpan(argv)

describe('goldpan model rollback', () => {
  it('publishes an earlier version as a new one, and asks first like any publish', async () => {
    const collector = await terminal.collectorWith(1)
    const first = terminal.read()
    expect(await leadsOf(collector.url)).toMatchObject([{ stage: 'mql', handoffs: [{ status: 'told' }] }])
    terminal.rewrite('from: 40', 'from: 90')
    expect((await goldpan('model', 'publish', '--yes', '--wait')).out).toContain(
      '1 MQL would be a lead again',
    )
    expect(await leadsOf(collector.url)).toMatchObject([{ stage: 'lead' }])

    const refused = await goldpan('model', 'rollback', '1')
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('version 1, published now') })
    expect((await goldpan('model', 'rollback', '1', '--yes', '--wait')).code).toBe(0)
    expect(await leadsOf(collector.url)).toMatchObject([
      { stage: 'mql', handoffs: [{ status: 'told' }, { status: 'waiting' }] },
    ])
    const versions = await collector.store.modelVersions('acme')
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(versions[2]?.source).toBe(first)
  })

  it.each([
    [['9'], 1, /acme: expected a published version, 1 to 1, came 9/],
    [['draft'], 2, /expected the number of a version/],
    [[], 2, /expected the number of a version/],
    [['1', '2'], 2, /expected the number of a version/],
  ])('%j is no version to go back to', async (args, code, message) => {
    await terminal.collectorWith(0)
    const answer = await goldpan('model', 'rollback', ...args)
    expect(answer.code).toBe(code)
    expect(answer.err).toMatch(message)
  })
})

describe('goldpan model history', () => {
  it('tells of versions and rebuilds: when, by whom, in force since, tests, how many were rescored', async () => {
    const collector = await terminal.collectorWith(2)
    terminal.rewrite('points: 50', 'points: 51')
    await goldpan('model', 'publish', '--wait')
    await goldpan('replay')
    const { out } = await goldpan('model', 'history')
    const time = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC'
    expect(out.split('\n')).toEqual([
      'acme',
      expect.stringMatching(/^ {2}version +model +asked for +by +in force since +tests +rescored$/),
      expect.stringMatching(new RegExp(`^  1 +Small +${time} +first start +${time} +0 +nobody$`)),
      expect.stringMatching(new RegExp(`^  2 +Small +${time} +mara +${time} +0 +2 timelines$`)),
      expect.stringMatching(new RegExp(`^  rebuild +${time} +mara +${time} +2 timelines$`)),
    ])
    const later = { actor: 'nino', at: Date.now() + 3_600_000, engine: 'next' }
    await collector.store.startRebuild('acme', later)
    expect((await goldpan('model', 'history')).out).toMatch(
      /rebuild .* nino +not yet, from .*\d of 2 timelines$/,
    )
    const { history } = JSON.parse((await goldpan('model', 'history', '--json')).out)
    expect(history).toMatchObject([
      { kind: 'publish', version: 1, by: 'first start' },
      { kind: 'publish', version: 2, rescored: { done: 2, total: 2 } },
      { kind: 'rebuild', version: null },
      { kind: 'rebuild', inForceSince: null, rescored: { total: 2 } },
    ])
  })
})

describe('goldpan model show', () => {
  it('prints the text of a version, the one in force unless told otherwise', async () => {
    await terminal.collectorWith(0)
    const first = terminal.read()
    terminal.rewrite('name: Small', 'name: Second')
    await goldpan('model', 'publish')
    expect(`${(await goldpan('model', 'show')).out}\n`).toBe(terminal.read())
    expect(`${(await goldpan('model', 'show', '1')).out}\n`).toBe(first)
    expect(JSON.parse((await goldpan('model', 'show', '1', '--json')).out)).toMatchObject({
      version: 1,
      source: first,
    })
    expect(await goldpan('model', 'show', '3')).toMatchObject({
      code: 1,
      err: expect.stringContaining('1 to 2'),
    })
  })
})

describe('goldpan model draft', () => {
  it('shows line by line what is not in force: the file, and what somebody saved over the API', async () => {
    const collector = await terminal.collectorWith(0)
    expect((await goldpan('model', 'draft')).out).toBe(
      'acme: nothing differs from version 1, which is in force',
    )
    const text = terminal.read()
    terminal.rewrite('points: 50', 'points: 60')
    const put = { method: 'PUT', headers: ADMIN, body: text.replace('from: 40', 'from: 30') }
    await fetch(`${collector.url}/v1/model`, put)
    const { code, out } = await goldpan('model', 'draft')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      expect.stringMatching(
        /^acme: the draft saved by GOLDPAN_ADMIN_TOKEN at .+ UTC, against version 1, which/,
      ),
      '  @@ line 7',
      '      demo: ["*demo*"]',
      '    mql:',
      '  -   when: { engagement: { from: 40 } }',
      '  +   when: { engagement: { from: 30 } }',
      'acme: goldpan.yaml, against version 1, which is in force',
      '  @@ line 3',
      '    engagement:',
      '      rules:',
      '  -     - { id: demo, on: form_submit, if: { form.kind: demo }, points: 50 }',
      '  +     - { id: demo, on: form_submit, if: { form.kind: demo }, points: 60 }',
      '    forms:',
      '      demo: ["*demo*"]',
    ])
    const { drafts } = JSON.parse((await goldpan('model', 'draft', '--json')).out)
    expect(drafts).toMatchObject([{ lines: [{ kind: 'gone' }, { kind: 'new' }] }, { name: 'goldpan.yaml' }])
  })

  it('says what is wrong with a broken file, and when only a list has changed', async () => {
    terminal.write('domain\nrival.example\n', 'rivals.csv')
    terminal.write(`${terminal.read()}lists: { rivals: { file: rivals.csv } }\n`)
    await terminal.collectorWith(0)
    terminal.write('domain\nother.example\n', 'rivals.csv')
    expect((await goldpan('model', 'draft')).out).toContain('a list file beside it has changed')
    terminal.rewrite('name: Small', 'nome: Small')
    expect(await goldpan('model', 'draft')).toMatchObject({
      code: 1,
      out: 'acme: goldpan.yaml is broken and cannot be published; version 1 stays in force',
      err: expect.stringMatching(/goldpan.yaml:2:1 /),
    })
    expect(JSON.parse((await goldpan('model', 'draft', '--json')).out)).toMatchObject({
      file: { name: 'goldpan.yaml', state: 'broken' },
      drafts: [],
    })
    rmSync(join(terminal.cwd, 'goldpan.yaml'))
    expect(await goldpan('model', 'draft')).toMatchObject({
      code: 1,
      out: 'acme: goldpan.yaml is missing and cannot be published; version 1 stays in force',
    })
  })

  it('knows the file that was published, however another release has hashed it', async () => {
    await (await terminal.collectorWith(0)).close()
    const db = new Database(join(terminal.cwd, 'data/goldpan.db'))
    db.exec("UPDATE model_versions SET hash = 'of another release'")
    db.close()
    expect((await goldpan('model', 'draft')).out).toBe(
      'acme: nothing differs from version 1, which is in force',
    )
    expect((await goldpan('model', 'publish')).out).toBe('acme: the model is version 1, which is in force')
  })
})
