import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { personIds } from '../../collector/qualify/person-id.ts'
import { openStore } from '../../collector/storage/open.ts'
import { DAY_MS } from '../../shared/time.ts'
import { HUBSPOT } from '../support/contacts-csv.ts'
import { leadsOf, openTerminal, requestDemo } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(() => {
  terminal = openTerminal()
})
const goldpan = (...argv: readonly string[]) => terminal.goldpan(argv)

async function isKnown(email: string): Promise<boolean> {
  const store = await openStore(`sqlite:${join(terminal.cwd, 'data/goldpan.db')}`)
  try {
    const idOf = personIds(await store.installationSecret(), 'acme')
    return (await store.person('acme', idOf(`email:${email}`))) !== null
  } finally {
    await store.close()
  }
}

describe('goldpan erase', () => {
  it('asks before it does it, beside a collector at work', async () => {
    const collector = await terminal.collectorWith(2)
    const ask = (answer: string) => ({ ask: async () => answer })
    const erase = ['erase', '--email', 'LEAD-0@acme.example']
    expect(await terminal.goldpan(erase, ask('no'))).toMatchObject({ code: 1, err: 'Nothing was erased.' })
    expect(await leadsOf(collector.url)).toHaveLength(2)
    const { code, out } = await terminal.goldpan(erase, ask('y'))
    expect(code).toBe(0)
    expect(out).toBe(
      'acme: erased 1 event, 1 person, 1 hand-off, 3 changes of the feed, 0 events in quarantine\nBackups made before hold it still.',
    )
    expect(await leadsOf(collector.url)).toHaveLength(1)
    expect((await goldpan('replay', '--verify')).code).toBe(0)
  })

  it('takes a lead by id, and says it to programs', async () => {
    const collector = await terminal.collectorWith(1)
    const [lead] = await leadsOf(collector.url)
    const { code, out } = await goldpan('erase', '--lead', lead?.id ?? '', '--yes', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ site: 'acme', events: 1, persons: 1, handoffs: 1 })
    expect(await leadsOf(collector.url)).toEqual([])
  })

  it('has a person exported before', async () => {
    await terminal.collectorWith(1)
    const { code, out } = await goldpan('export', '--email', 'lead-0@acme.example')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ site: 'acme', person: { email: 'lead-0@acme.example' } })
    expect((await goldpan('export', '--lead', 'nobody')).code).toBe(1)
    expect((await goldpan('export')).code).toBe(2)
  })

  it.each([
    [['erase']],
    [['erase', '--email', 'a@acme.example']],
    [['erase', '--email', 'a@acme.example', '--lead', 'x', '--yes']],
    [['erase', '--email', 'nobody', '--yes']],
    [['erase', '--lead', 'x', '--site', 'elsewhere', '--yes']],
  ])('%j is not understood, and nothing is done', async argv => {
    const collector = await terminal.collectorWith(1)
    expect((await goldpan(...argv)).code).toBe(2)
    expect(await leadsOf(collector.url)).toHaveLength(1)
  })

  it('an import brings back nobody', async () => {
    const anna = 'anna.schmidt@globex.example'
    await goldpan('site', 'create', '--name', 'Acme', '--id', 'acme')
    terminal.write(HUBSPOT, 'crm.csv')
    await goldpan('import', 'contacts', 'crm.csv')
    expect(await isKnown(anna)).toBe(true)
    await goldpan('erase', '--email', anna, '--yes')
    expect(await isKnown(anna)).toBe(false)
    await goldpan('import', 'contacts', 'crm.csv')
    expect(await isKnown(anna)).toBe(false)
    expect(await isKnown('lee@hooli.example')).toBe(true)
  })

  it('nor does a list without times, until they come again by themselves', async () => {
    const zed = 'lead-7@acme.example'
    await goldpan('site', 'create', '--name', 'Acme', '--id', 'acme')
    const bring = (company: string, days: number) => {
      terminal.write(`Email,Company\n${zed},${company}\n`, 'list.csv')
      return terminal.goldpan(['import', 'contacts', 'list.csv'], { clock: () => Date.now() + days * DAY_MS })
    }
    expect((await bring('Acme', 0)).code).toBe(0)
    expect(await isKnown(zed)).toBe(true)
    await goldpan('erase', '--email', zed, '--yes')
    expect((await bring('Acme', 9)).code).toBe(0)
    expect(await isKnown(zed)).toBe(false)
    expect(await bring('Acme Ltd', 9)).toMatchObject({ code: 1, out: expect.stringContaining('erasure') })
    expect(await isKnown(zed)).toBe(false)
    const collector = await terminal.collectorWith(0)
    const [site] = await collector.store.sites()
    if (site) await requestDemo(collector.url, site, 7)
    await collector.settle()
    expect(await isKnown(zed)).toBe(true)
    expect((await bring('Acme Inc', 9)).code).toBe(0)
  })
})
