import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { aQuarantined } from '../contract/store/samples.ts'
import { fillAndKill, flip } from '../support/damaged-database.ts'
import { openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(() => {
  terminal = openTerminal()
})
const goldpan = (...argv: readonly string[]) => terminal.goldpan(argv)
const inFolder = (name: string) => join(terminal.cwd, name)

describe('goldpan backup', () => {
  it('makes one file of everything, beside a collector at work, and reads it back', async () => {
    await terminal.collectorWith(3)
    const { code, out } = await goldpan('backup', 'copy.db', '--verify')
    expect(code).toBe(0)
    expect(out).toContain('read back and whole')
    expect(out).toContain('1 site, 3 events, 3 people, 3 hand-offs, 0 events in quarantine, 0 tombstones')
    expect(readdirSync(terminal.cwd).filter(name => name.startsWith('copy.db'))).toEqual(['copy.db'])
    expect(statSync(inFolder('copy.db')).mode & 0o777).toBe(0o600)
    const copy = new Database(inFolder('copy.db'), { readonly: true })
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete')
    copy.close()
  })

  it('counts what waits in quarantine apart from what is settled', async () => {
    const { store } = await terminal.collectorWith(1)
    const [site = ''] = (await store.sites()).map(({ id }) => id)
    await store.record({
      facts: [],
      quarantined: ['a', 'b', 'c'].map(eventId => aQuarantined({ site, eventId })),
    })
    const [aside] = await store.aside(site, 1)
    await store.settleAside(site, aside?.id ?? '', { as: 'discarded', at: 1, actor: 'mara' })
    const words = '2 events in quarantine (1 settled), 0 tombstones'
    expect((await goldpan('doctor')).out).toContain(words)
    expect((await goldpan('backup', 'copy.db', '--verify')).out).toContain(words)
    const { rows } = JSON.parse((await goldpan('doctor', '--json')).out)
    expect(rows).toMatchObject({ quarantined: 2, settled: 1 })
  })

  it('says it to programs', async () => {
    await (await terminal.collectorWith(1)).close()
    const { out } = await goldpan('backup', 'copy.db', '--verify', '--json')
    expect(JSON.parse(out)).toMatchObject({ file: inFolder('copy.db'), rows: { events: 1, persons: 1 } })
  })

  it('replaces nothing without --force, and never the database itself', async () => {
    await (await terminal.collectorWith(1)).close()
    writeFileSync(inFolder('copy.db'), 'mine')
    expect(await goldpan('backup', 'copy.db')).toMatchObject({
      code: 1,
      err: expect.stringContaining('say --force'),
    })
    expect(readFileSync(inFolder('copy.db'), 'utf8')).toBe('mine')
    expect((await goldpan('backup', 'copy.db', '--force')).code).toBe(0)
    const itself = await goldpan('backup', 'data/goldpan.db', '--force')
    expect(itself).toMatchObject({ code: 1, err: expect.stringContaining('the database itself') })
    expect((await goldpan('replay', '--verify')).code).toBe(0)
  })

  it('leaves nothing when it is stopped, when the folder is not there, or when there is no store', async () => {
    await (await terminal.collectorWith(1)).close()
    const stopped = await terminal.goldpan(['backup', 'copy.db'], { stop: AbortSignal.abort() })
    expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining('stopped') })
    expect(await goldpan('backup', 'no/where.db')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/There is no folder .*no\. Make it/),
    })
    expect(readdirSync(terminal.cwd).filter(name => name.includes('copy') || name === 'no')).toEqual([])
    const empty = openTerminal()
    expect((await empty.goldpan(['backup', 'copy.db'])).err).toContain('There is no store')
    expect(existsSync(join(empty.cwd, 'data'))).toBe(false)
  })

  it('does not take a damaged database for a good one', async () => {
    await (await terminal.collectorWith(1)).close()
    const content = readFileSync(inFolder('data/goldpan.db'))
    content.fill(0x5a, 4_096 * 5, 4_096 * 6)
    writeFileSync(inFolder('data/goldpan.db'), content)
    expect((await goldpan('backup', 'copy.db', '--verify')).code).toBe(1)
    expect(existsSync(inFolder('copy.db'))).toBe(false)
  })

  it.each([[['backup']], [['backup', 'a', 'b']], [['backup', 'a', '--loud']]])(
    '%j is not understood',
    async argv => {
      expect((await goldpan(...argv)).code).toBe(2)
    },
  )
})

describe('goldpan doctor', () => {
  it('finds a sound database whole, beside a collector at work', async () => {
    await terminal.collectorWith(2)
    const { code, out } = await goldpan('doctor')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/is whole.*\n.*2 events, 2 people/) })
  })

  it('goes on with what is whole of a damaged log, when it is told to', async () => {
    await (await terminal.collectorWith(1)).close()
    expect((await goldpan('doctor', '--cut-log')).out).toMatch(
      /^Nothing within the log is damaged.*\n.*is whole/,
    )
    const path = inFolder('data/goldpan.db')
    await fillAndKill(path, 100)
    flip(`${path}-wal`, Math.floor(readFileSync(`${path}-wal`).length / 2))
    expect(await goldpan('doctor')).toMatchObject({ code: 1, out: expect.stringContaining('--cut-log') })
    const { code, out } = await goldpan('doctor', '--cut-log')
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^The log is cut: .* \d+ whole ones behind it .*-wal\.cut-.*Z\n.*is whole/),
    })
    const [kept = ''] = readdirSync(inFolder('data')).filter(name => name.includes('.cut-'))
    expect(out).toContain(kept)
    expect((await goldpan('doctor')).code).toBe(0)
  })

  it('says of a log without its database what it is; neither it nor a start makes anything', async () => {
    const collector = await terminal.collectorWith(1)
    const log = readFileSync(inFolder('data/goldpan.db-wal'))
    await collector.close()
    rmSync(inFolder('data/goldpan.db'))
    writeFileSync(inFolder('data/goldpan.db-wal'), log)
    const said =
      /goldpan.db.* is damaged:.* it is not there, but its log .*-wal is.*put it back.*goldpan restore FILE/s
    const started = await goldpan('serve')
    expect(started).toMatchObject({ code: 1, err: expect.stringMatching(said) })
    expect(await goldpan('doctor')).toMatchObject({ code: 1, out: expect.stringMatching(said) })
    expect(readdirSync(inFolder('data'))).toEqual(['goldpan.db-wal'])
    expect(readFileSync(inFolder('data/goldpan.db-wal')).equals(log)).toBe(true)
  })

  it('says what is damaged, and changes nothing', async () => {
    await (await terminal.collectorWith(1)).close()
    const path = inFolder('data/goldpan.db')
    const content = readFileSync(path)
    content.fill(0x5a, 4_096 * 5, 4_096 * 6)
    writeFileSync(path, content)
    const { code, out } = await goldpan('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/is damaged:\n {2}.+\nStop the collector.*goldpan restore FILE/s)
    expect(readFileSync(path).equals(content)).toBe(true)
    const { problems } = JSON.parse((await goldpan('doctor', '--json')).out)
    expect(problems.length).toBeGreaterThan(0)
  })
})
