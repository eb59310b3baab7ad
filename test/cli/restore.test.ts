import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { leadsOf, openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(() => {
  terminal = openTerminal()
})
const goldpan = (...argv: readonly string[]) => terminal.goldpan(argv)
const inFolder = (name: string) => join(terminal.cwd, name)
const besides = () => readdirSync(inFolder('data')).sort()

/** A backup of so many leads, and one lead that came after it; nobody is at the database. */
async function backedUp(leads: number) {
  const collector = await terminal.collectorWith(leads)
  expect((await goldpan('backup', 'copy.db')).code).toBe(0)
  await terminal.anotherLead(collector)
  await collector.close()
}

const eventsIn = (name: string): unknown => {
  const db = new Database(inFolder(name), { readonly: true })
  try {
    return db.prepare('SELECT count(*) FROM events').pluck().get()
  } finally {
    db.close()
  }
}

describe('goldpan restore', () => {
  it('puts a backup in place, and keeps what was there beside it', async () => {
    await backedUp(2)
    const { code, out } = await goldpan('restore', 'copy.db', '--yes')
    expect(code).toBe(0)
    expect(out).toMatch(/copy.db is whole: 1 site, 2 events, 2 people.*\nRestored\.\n.*replaced-/s)
    const [, aside = ''] = besides()
    expect(besides()).toEqual(['goldpan.db', expect.stringMatching(/^goldpan\.db\.replaced-20\d\d-.*Z$/)])
    expect([eventsIn('data/goldpan.db'), eventsIn(`data/${aside}`)]).toEqual([2, 3])
    expect(await goldpan('replay', '--verify')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 persons replayed, 0 differences'),
    })
    const again = await terminal.collectorWith(0)
    expect(await leadsOf(again.url)).toHaveLength(2)
  })

  it('never beside a collector at work: nothing changes, and it says why', async () => {
    const collector = await terminal.collectorWith(1)
    await goldpan('backup', 'copy.db')
    await terminal.anotherLead(collector)
    const { code, err } = await goldpan('restore', 'copy.db', '--yes')
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('open in another process') })
    expect(await leadsOf(collector.url)).toHaveLength(2)
    expect(besides().filter(name => /restoring|replaced/.test(name))).toEqual([])
  })

  it('erases again whom the database knows to be erased, and refuses them as before', async () => {
    const collector = await terminal.collectorWith(3)
    await goldpan('backup', 'copy.db')
    expect((await goldpan('erase', '--email', 'lead-1@acme.example', '--yes')).code).toBe(0)
    await collector.close()
    const { code, out } = await goldpan('restore', 'copy.db', '--yes', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ erasedAgain: { events: 1, persons: 1 }, unreadable: null })
    const db = readFileSync(inFolder('data/goldpan.db'))
    expect(db.includes('lead-1@acme.example')).toBe(false)
    expect(db.includes('lead-2@acme.example')).toBe(true)
    expect((await goldpan('replay', '--verify')).code).toBe(0)
    const found = await goldpan('backup', 'again.db', '--verify', '--json')
    expect(JSON.parse(found.out).rows).toMatchObject({ events: 2, erasures: expect.any(Number) })
    expect(JSON.parse(found.out).rows.erasures).toBeGreaterThan(0)
  })

  it('restores over a damaged database, and says that its erasures are not known', async () => {
    await backedUp(1)
    writeFileSync(inFolder('data/goldpan.db'), 'no database any more'.repeat(400))
    const { code, out } = await goldpan('restore', 'copy.db', '--yes')
    expect(code).toBe(0)
    expect(out).toContain('whoever was erased since the backup is back')
    expect(eventsIn('data/goldpan.db')).toBe(1)
    const aside = besides().find(name => name.includes('replaced')) ?? ''
    expect(readFileSync(inFolder(`data/${aside}`), 'utf8')).toContain('no database any more')
  })

  it('restores where there is none', async () => {
    await backedUp(1)
    const copy = readFileSync(inFolder('copy.db'))
    const elsewhere = openTerminal()
    await (await elsewhere.collectorWith(0)).close()
    writeFileSync(join(elsewhere.cwd, 'copy.db'), copy)
    const env = { ...elsewhere.env, DATABASE_URL: 'sqlite:data/other.db' }
    expect((await elsewhere.goldpan(['restore', 'copy.db', '--yes'], { env })).code).toBe(0)
    expect(existsSync(join(elsewhere.cwd, 'data/other.db'))).toBe(true)
  })

  it.each([
    ['damaged', (bytes: Buffer) => bytes.fill(0x5a, 4_096 * 5, 4_096 * 6)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 4_096 * 8)],
    ['no database', () => Buffer.from('hello')],
    ['of a later release', (bytes: Buffer) => bytes.fill(99, 63, 64)],
    ['empty', () => Buffer.alloc(0)],
  ])('refuses a backup that is %s, and changes nothing', async (_, spoil) => {
    await backedUp(1)
    const before = readFileSync(inFolder('data/goldpan.db'))
    writeFileSync(inFolder('copy.db'), spoil(readFileSync(inFolder('copy.db'))))
    expect((await goldpan('restore', 'copy.db', '--yes')).code).toBe(1)
    expect(readFileSync(inFolder('data/goldpan.db')).equals(before)).toBe(true)
    expect(besides()).toEqual(['goldpan.db'])
  })

  it('asks, and a no is a no; with nobody to ask it wants --yes', async () => {
    await backedUp(1)
    const no = await terminal.goldpan(['restore', 'copy.db'], { ask: async () => 'n' })
    expect(no).toMatchObject({ code: 1, err: 'Nothing was restored.' })
    expect((await goldpan('restore', 'copy.db')).code).toBe(2)
    expect((await goldpan('restore')).code).toBe(2)
    expect(besides()).toEqual(['goldpan.db'])
    expect(eventsIn('data/goldpan.db')).toBe(2)
    expect((await terminal.goldpan(['restore', 'copy.db'], { ask: async () => 'y' })).code).toBe(0)
    expect(eventsIn('data/goldpan.db')).toBe(1)
  })
})
