import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { personIds } from '../../collector/qualify/person-id.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { DAY_MS } from '../../shared/time.ts'
import { installIn } from '../support/collector.ts'
import { BULGARIAN, HUBSPOT } from '../support/contacts-csv.ts'
import { openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(async () => {
  terminal = openTerminal()
  await terminal.goldpan(['site', 'create', '--name', 'Acme', '--id', 'acme'])
  terminal.write(HUBSPOT, 'crm.csv')
})

const goldpan = (...argv: readonly string[]) => terminal.goldpan(['import', 'contacts', ...argv])
const reportOf = async (...argv: readonly string[]) => {
  const { code, out, err } = await goldpan(...argv, '--json')
  return { code, err, ...JSON.parse(out) }
}

async function withStore<T>(ask: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${join(terminal.cwd, 'data/goldpan.db')}`)
  try {
    return await ask(store)
  } finally {
    await store.close()
  }
}

const factsOf = () => withStore(store => store.factsSince('acme', 0, 1_000))
const leadOf = (email: string) =>
  withStore(async store => {
    const idOf = personIds(await store.installationSecret(), 'acme')
    return (await store.person('acme', idOf(`email:${email}`)))?.state ?? null
  })
const stageOf = async (email: string) => (await leadOf(email))?.stage ?? null
const pathOf = async (email: string) =>
  (await leadOf(email))?.transitions.map(({ to, actor }) => `${to} by ${actor}`) ?? []

describe('goldpan import contacts', () => {
  it('brings verified leads, and where sales has them', async () => {
    const { code, people, outcomes, settled } = await reportOf('crm.csv')
    expect({ code, settled }).toEqual({ code: 0, settled: 'done' })
    expect(people).toEqual({ fresh: 6, changed: 0, unchanged: 0, nameless: [4] })
    expect(outcomes.moved).toEqual({ customer: 1, sales_qualified: 1, disqualified: 1, nurturing: 1 })
    const anna = await leadOf('anna.schmidt@globex.example')
    expect(anna).toMatchObject({
      stage: 'customer',
      firstSeenAt: Date.UTC(2025, 2, 1, 9, 12),
      traits: { company: { value: 'Globex GmbH', strength: 'verified' }, phone: { value: '+49301234567' } },
    })
    expect(anna?.transitions.at(-1)).toMatchObject({ at: Date.UTC(2025, 5, 30), reason: 'customer' })
    expect(await pathOf('anna.schmidt@globex.example')).toEqual([
      ...['lead by goldpan', 'sal by import', 'sales_qualified by import', 'customer by import'],
    ])
    expect(await stageOf('ivo@umbrella.example')).toBe('disqualified')
    expect(await stageOf('lee@hooli.example')).toBe('nurturing')
    expect(await stageOf('zoe@pied.example')).toBe('lead')
    expect(await stageOf('max@stark.example')).toBe('lead')
    expect(await stageOf('test@test.com')).toBeNull()
    const won = (await factsOf()).find(({ props }) => props.to === 'customer')
    expect(won?.props).toEqual({ to: 'customer', reason: 'customer', amount: 12_500, currency: 'EUR' })
  })

  it('imported twice changes nothing; a changed row adds what changed', async () => {
    await reportOf('crm.csv')
    const before = await factsOf()
    expect((await reportOf('crm.csv')).people).toMatchObject({ fresh: 0, changed: 0, unchanged: 6 })
    expect(await factsOf()).toEqual(before)

    terminal.write(HUBSPOT.replace('CTO,salesqualifiedlead', 'COO,customer'), 'crm.csv')
    const again = await reportOf('crm.csv')
    expect(again.people).toMatchObject({ changed: 1, unchanged: 5 })
    expect(again.outcomes).toMatchObject({ moved: { customer: 1 }, there: 3 })
    const piotr = await leadOf('piotr@initech.example')
    expect(piotr).toMatchObject({ stage: 'customer', traits: { jobTitle: { value: 'COO' } } })
    expect(await factsOf()).toHaveLength(before.length + 2)

    terminal.write(HUBSPOT, 'crm.csv')
    await reportOf('crm.csv')
    expect((await leadOf('piotr@initech.example'))?.traits.jobTitle?.value).toBe('CTO')
  }, 40_000)

  it('tells sales of nobody at once, though a contact is an MQL by it', async () => {
    const model = `goldpan: 1\nname: Everybody\nmql:\n  when: { known: [company] }\n`
    installIn(terminal.cwd, model)
    await terminal.goldpan(['model', 'publish', '--yes', '--site', 'acme'])
    const undated = `email,company\nnew@initech.example,Initech\n`
    terminal.write(undated, 'undated.csv')
    terminal.write(
      `email,company,updated at\nlate@initech.example,Initech,${new Date().toISOString()}\n`,
      'today.csv',
    )
    for (const file of ['undated.csv', 'today.csv']) expect((await reportOf(file)).code).toBe(0)
    for (const email of ['new@initech.example', 'late@initech.example']) {
      const lead = await leadOf(email)
      expect(lead?.stage).toBe('mql')
      const handoffs = await withStore(store => store.handoffs('acme', lead?.id ?? ''))
      expect(handoffs.map(({ status }) => status)).toEqual(['waiting'])
    }
    for (const { occurredAt } of await factsOf()) expect(occurredAt).toBeLessThan(Date.now() - DAY_MS)
  }, 30_000)

  it('of several deals of one contact takes the one that says most', async () => {
    terminal.write(
      'email,deal stage\na@initech.example,Closed Lost\na@initech.example,Closed Won\nb@initech.example,Won\nb@initech.example,Lost\n',
      'deals.csv',
    )
    await reportOf('deals.csv')
    for (const email of ['a@initech.example', 'b@initech.example'])
      expect(await stageOf(email)).toBe('customer')
  })

  it('understands another language, and says what it made of the columns', async () => {
    terminal.write(BULGARIAN, 'bg.csv')
    const { code, out } = await goldpan('bg.csv')
    expect(code).toBe(0)
    expect(out).toMatch(/^ +Имейл +email$/m)
    expect(out).toMatch(/^ +1 +now customers$/m)
    expect(out).toContain("left out, as the CRM's own affairs: Отговорник")
    expect(await stageOf('georgi@druga.example')).toBe('disqualified')
  })

  it('says what it does not understand and how to mend it, and writes nothing with --dry-run', async () => {
    const { code, out } = await goldpan('crm.csv', '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('outcomes not understood, their contacts imported without: "In limbo" (1)')
    expect(out).toMatch(/not understood, and left out: Record ID, Shoe size\n.*--map "Column=trait"/)
    expect(out).toMatch(/^ +1 +without an e-mail address, phone or user id of their own \(line 4\)$/m)
    expect(out).toMatch(/^ +1 +now customers$/m)
    expect(await factsOf()).toEqual([])
  })

  it('takes a column for what the owner says', async () => {
    await reportOf('crm.csv', '--map', 'Shoe size=shoeSize')
    expect((await leadOf('anna.schmidt@globex.example'))?.traits.shoeSize?.value).toBe('39')
  })

  it.each([
    ['no file of that name', ['gone.csv'], 1, 'expected a readable file'],
    ['nobody in it', ['nobody.csv'], 1, '--map "Column=email"'],
    ['a column that is not there', ['crm.csv', '--map', 'E-Post=email'], 1, 'came "E-Post"'],
    ['a mapping that is none', ['crm.csv', '--map', 'Email'], 2, 'expected --map'],
    ['a site that is none', ['crm.csv', '--site', 'nobody'], 2, 'with one of acme, came nobody'],
    ['no file', [], 2, 'expected one file'],
    ['two files', ['crm.csv', 'crm.csv'], 2, 'expected one file'],
  ])('%s: nothing is done', async (_, args, code, said) => {
    terminal.write('Name,Company\nA,B\n', 'nobody.csv')
    const found = await goldpan(...args)
    expect(found.code).toBe(code)
    expect(found.err.toLowerCase()).toContain(said.toLowerCase())
    expect(await factsOf()).toEqual([])
  })
})
