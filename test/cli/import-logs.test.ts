import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'
import { accessLog, ROBOTS } from '../support/access-log.ts'
import { buildProgram } from '../support/program.ts'
import { openTerminal } from './model-terminal.ts'

const STORY = accessLog(1)
const LOG = `${STORY.lines.join('\n')}\n`
const EVENTS =
  STORY.people.pageViews +
  STORY.downloads +
  Object.values(STORY.robots).reduce((sum, views) => sum + views, 0)

let terminal: ReturnType<typeof openTerminal>
beforeEach(async () => {
  terminal = openTerminal()
  const origin = ['--origin', 'https://www.acme.example']
  await terminal.goldpan(['site', 'create', '--name', 'Acme', '--id', 'acme', ...origin])
  terminal.write(LOG, 'access.log')
})

const goldpan = (...argv: readonly string[]) => terminal.goldpan(['import', 'logs', ...argv])
const tallyOf = async (...argv: readonly string[]) => {
  const { code, out, err } = await goldpan(...argv, '--json')
  return { code, err, ...JSON.parse(out) }
}

async function withStore<T>(ask: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${join(terminal.cwd, 'data/goldpan.db')}`)
  try {
    return await ask(store)
  } finally {
    await store.close()
  }
}

const factsOf = () => withStore(store => store.factsSince('acme', 0, 1_000))

describe('goldpan import logs', () => {
  it('gives sensible visitors, robots set aside, in one command', async () => {
    const { code, out } = await goldpan('access.log')
    expect(code).toBe(0)
    const { visitors, sessions, pageViews } = STORY.people
    expect(out).toMatch(
      new RegExp(`^ +people +${visitors} +${sessions} +${pageViews} +${STORY.downloads}$`, 'm'),
    )
    expect(out).toMatch(/^ +AI crawlers +1 +\d+ +5 +0$/m)
    expect(out).toMatch(/^ +other robots +2 /m)
    expect(out).toContain(`recorded: ${EVENTS} new events`)
    expect(out).toContain('acme: everybody is qualified')
    const counts = await withStore(store => store.counts('acme'))
    expect(counts).toMatchObject({ facts: EVENTS, dirty: 0, persons: visitors + Object.keys(ROBOTS).length })
  })

  it('imported twice changes nothing, nor does the half that was left', async () => {
    terminal.write(STORY.lines.slice(0, 200).join('\n'), 'half.log')
    const half = await tallyOf('half.log')
    const whole = await tallyOf('access.log')
    expect(half.recorded.accepted + whole.recorded.accepted).toBe(EVENTS)
    expect(whole.recorded.duplicate).toBe(half.recorded.accepted)
    const before = await factsOf()
    expect((await tallyOf('access.log')).recorded).toMatchObject({ accepted: 0, duplicate: EVENTS })
    expect(await factsOf()).toEqual(before)
  })

  it('keeps robots as facts with their agent, unless told to leave them out', async () => {
    await tallyOf('access.log')
    const agents = new Set((await factsOf()).map(({ userAgent }) => userAgent))
    for (const agent of Object.values(ROBOTS)) expect(agents).toContain(agent)
    const other = openTerminal()
    await other.goldpan(['site', 'create', '--name', 'Acme', '--id', 'acme'])
    other.write(LOG, 'access.log')
    const base = ['--base', 'https://www.acme.example']
    await other.goldpan(['import', 'logs', 'access.log', '--bots', 'skip', ...base])
    terminal = other
    const people = new Set((await factsOf()).map(({ userAgent }) => userAgent))
    for (const agent of Object.values(ROBOTS)) expect(people).not.toContain(agent)
  })

  it('scores people alone: a robot earns nothing by its pages', async () => {
    const scoring = openTerminal()
    scoring.rewrite(
      '{ id: demo, on: form_submit, if: { form.kind: demo }, points: 50 }',
      '{ id: view, on: page_view, points: 1 }',
    )
    await scoring.goldpan([
      'site',
      'create',
      '--name',
      'Acme',
      '--id',
      'acme',
      '--origin',
      'https://www.acme.example',
    ])
    scoring.write(LOG, 'access.log')
    await scoring.goldpan(['import', 'logs', 'access.log'])
    terminal = scoring
    const scores = await withStore(async store => {
      const ids = await store.personIds('acme', '', 200)
      const people = await Promise.all(ids.map(id => store.person('acme', id)))
      return people.map(person => person?.state.engagement.score ?? null)
    })
    expect(scores).toHaveLength(STORY.people.visitors + Object.keys(ROBOTS).length)
    expect(scores.filter(score => score !== 0)).toHaveLength(STORY.people.visitors)
  })

  it('keeps no address whole', async () => {
    await tallyOf('access.log')
    const store = readFileSync(join(terminal.cwd, 'data/goldpan.db'), 'latin1')
    const addresses = new Set(STORY.lines.map(line => line.split(' ')[0] ?? ''))
    for (const address of addresses) expect(store).not.toContain(`${address}`)
    expect(store).toContain('66.249.1.0')
  })

  it('reads gzip, whatever it is called, and older logs first', async () => {
    writeFileSync(join(terminal.cwd, 'access.log.1'), gzipSync(STORY.lines.slice(0, 200).join('\n')))
    terminal.write(STORY.lines.slice(200).join('\r\n'))
    terminal.write(STORY.lines.slice(200).join('\r\n'), 'access.log')
    const cut = await tallyOf('access.log', 'access.log.1', 'access.log', '--dry-run')
    expect(cut.people).toEqual({ ...STORY.people, downloads: STORY.downloads })
    expect(cut.lines).toBe(STORY.lines.length)
  })

  it('takes of a broken gzip what can be read, says so, and goes on with the next', async () => {
    const half = gzipSync(STORY.lines.slice(0, 200).join('\n'), { level: 1 })
    writeFileSync(join(terminal.cwd, 'broken.gz'), half.subarray(0, half.length - 300))
    const { code, err, lines, unread } = await tallyOf('broken.gz', 'gone.log', 'access.log', '--dry-run')
    expect(code).toBe(1)
    expect(err).toContain('broken.gz: ends before its end')
    expect(err).toContain('gone.log: expected a readable file')
    expect(unread.sort()).toEqual(['broken.gz', 'gone.log'])
    expect(lines).toBeGreaterThan(STORY.lines.length)
  })

  it('writes nothing with --dry-run', async () => {
    const { code, out } = await goldpan('access.log', '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('nothing was recorded: --dry-run')
    expect(await factsOf()).toEqual([])
  })

  it('shows what it does not understand, and steers no terminal with it', async () => {
    terminal.write(`nonsense \u001b[2J\n${LOG}`, 'odd.log')
    const { code, out } = await goldpan('odd.log', '--dry-run')
    expect(code).toBe(0)
    expect(out).toMatch(/not understood: 1 line:\n +odd\.log:1 +nonsense {2}\[2J/)
    expect(out).not.toContain('\u001b')
  })

  it.each([
    ['an empty log', '\n', 0],
    ['a log of another kind', '\nMar  4 21:04:07 host sshd[1]: Accepted\n', 1],
  ])('%s brings nothing', async (_, text, exit) => {
    terminal.write(text, 'other.log')
    const { code, people, recorded } = await tallyOf('other.log')
    expect({ code, people }).toMatchObject({ code: exit, people: { visitors: 0 } })
    expect(recorded.accepted).toBe(0)
  })

  it('says to name the host when nothing does', async () => {
    const other = openTerminal()
    await other.goldpan(['site', 'create', '--name', 'Acme', '--id', 'acme'])
    other.write(LOG, 'access.log')
    const { out } = await other.goldpan(['import', 'logs', 'access.log', '--dry-run'])
    expect(out).toContain('--base https://www.example.com')
  })

  it('is left by Ctrl-C, and what was imported stays', async () => {
    const { code, err } = await terminal.goldpan(['import', 'logs', 'access.log'], {
      stop: AbortSignal.abort(),
    })
    expect(code).toBe(1)
    expect(err).toContain('Stopped.')
  })

  it.each([
    [[]],
    [['access.log', '--format', 'iis']],
    [['access.log', '--bots', 'keep']],
    [['access.log', '--from', 'yesterday']],
    [['access.log', '--base', 'www.acme.example/path']],
    [['access.log', '--site', 'nobody']],
  ])('%j is not understood, and nothing is done', async args => {
    expect(await goldpan(...args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/import logs|--site/),
    })
    expect(await factsOf()).toEqual([])
  })

  it('reads standard input', async () => {
    const program = await buildProgram('import-stdin')
    const { cwd, env } = terminal
    const run = promisify(execFile)(
      process.execPath,
      [program, 'import', 'logs', '-', '--dry-run', '--json'],
      {
        cwd,
        env: { ...env, PATH: process.env.PATH },
      },
    )
    run.child.stdin?.end(LOG)
    const { stdout } = await run
    expect(JSON.parse(stdout).people).toEqual({ ...STORY.people, downloads: STORY.downloads })
  })
})

describe('goldpan import logs beside a collector at work', () => {
  it('leaves the qualifying to it', async () => {
    const collector = await terminal.collectorWith(1, 'shop')
    const { code, settled } = await tallyOf('access.log', '--site', 'acme')
    expect({ code, settled }).toEqual({ code: 0, settled: 'done' })
    await collector.settle()
    expect((await collector.store.counts('acme')).persons).toBe(STORY.people.visitors + 4)
    expect((await collector.store.counts('shop')).persons).toBe(1)
  })
})
