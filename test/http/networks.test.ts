import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, StartError } from '../../collector/config/start-error.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { mmdbOf } from '../support/mmdb.ts'
import { tempDir } from '../support/temp-dir.ts'

const MODEL = `goldpan: 1
name: Networks
lists:
  staff: { ip: [203.0.113.77, "2001:db8:77::77"] }
  rivals: { ip: [203.0.113.0/28] }
engagement:
  rules:
    - { id: view, on: page_view, points: 50 }
mql:
  when: { engagement: { from: 40 } }
`

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** A collector behind a trusted proxy, with both files. */
async function start() {
  const { cwd, env } = installIn(tempDir(), MODEL)
  writeFileSync(
    join(cwd, 'country.mmdb'),
    mmdbOf({
      '203.0.113.0/24': { country: { iso_code: 'BG' } },
      '2001:db8::/32': { country: { iso_code: 'IL' } },
    }),
  )
  writeFileSync(join(cwd, 'ranges.csv'), 'range,domain\n203.0.113.64–203.0.113.95,acme.example\n')
  const files = { GOLDPAN_GEO_DB: 'country.mmdb', GOLDPAN_COMPANY_NETWORKS: 'ranges.csv' }
  const collector = await startIn({ cwd, env: { ...env, ...files, GOLDPAN_TRUSTED_PROXIES: '127.0.0.1' } })
  const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  async function visit(visitor: string, forwardedFor: string): Promise<void> {
    const now = Date.now()
    const page = { url: 'https://www.acme.example/', title: 'Home' }
    const event = eventOf({ at: now, page })
    const answer = await fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { 'user-agent': CHROME, 'x-forwarded-for': forwardedFor },
      body: JSON.stringify({ ...envelopeOf([event], site.publicKey), visitor, sentAt: now }),
    })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
  }
  const facts = () => collector.store.factsSince('acme', 0, 1_000)
  async function trafficOf(): Promise<ReadonlyMap<string, unknown>> {
    const answer = await fetch(`${collector.url}/v1/events?limit=100`, { headers: ADMIN })
    const { data } = await answer.json()
    return new Map(data.map((event: { visitor: string; traffic: unknown }) => [event.visitor, event.traffic]))
  }
  const written = (): Buffer =>
    Buffer.concat(readdirSync(join(cwd, 'data')).map(file => readFileSync(join(cwd, 'data', file))))
  return { ...collector, visit, facts, trafficOf, written }
}

describe('what an address says', () => {
  it('is noted with the event, while the address itself is cut', async () => {
    const { visit, facts } = await start()
    await visit('of-staff-0001', '203.0.113.77')
    await visit('neighbour-0001', '203.0.113.78')
    await visit('of-staff-0002', '2001:db8:77::77')
    await visit('elsewhere-0001', '198.51.100.4')
    const company = { domain: 'acme.example', name: null }
    expect((await facts()).map(({ ip, noted }) => [ip, noted])).toEqual([
      ['203.0.113.0', { country: 'BG', company, lists: ['staff'] }],
      ['203.0.113.0', { country: 'BG', company }],
      ['2001:db8:77::', { country: 'IL', lists: ['staff'] }],
      ['198.51.100.0', null],
    ])
  })

  it('decides who counts: an office behind one address of the list, a crowd, and not their neighbours', async () => {
    const { visit, settle, trafficOf } = await start()
    await visit('of-staff-0001', '203.0.113.77')
    await visit('neighbour-0001', '203.0.113.78')
    for (let one = 0; one < 61; one++) await visit(`crowded-${1_000 + one}`, '198.51.100.241')
    await settle()
    const traffic = await trafficOf()
    expect(traffic.get('of-staff-0001')).toEqual({
      kind: 'internal',
      evidence: 'network 203.0.113.0 is on list staff',
    })
    expect(traffic.get('neighbour-0001')).toMatchObject({ kind: 'human' })
    expect(traffic.get('crowded-1059')).toMatchObject({ kind: 'human' })
    expect(traffic.get('crowded-1060')).toMatchObject({ kind: 'bot' })
  })

  it('is what the trusted proxy says, not what the visitor wrote', async () => {
    const { visit, facts } = await start()
    await visit('liar-00000001', '203.0.113.77, 198.51.100.4')
    expect(await facts()).toMatchObject([{ ip: '198.51.100.0', noted: null }])
  })

  it('is all that stays of it: no whole address is in the database, whatever was computed', async () => {
    const collector = await start()
    const { visit, settle, written, said, close } = collector
    await visit('of-staff-0001', '203.0.113.77')
    await visit('of-staff-0002', '2001:db8:77::77')
    await visit('neighbour-0001', '203.0.113.78')
    await visit('neighbour-0002', '2001:db8:77::78')
    for (let one = 0; one < 62; one++) await visit(`crowded-${1_000 + one}`, '198.51.100.241')
    await settle()
    // of staff's own the published model speaks
    const whole = ['203.0.113.78', '2001:db8:77::78', '198.51.100.241', '127.0.0.1']
    const found = (bytes: Buffer) => whole.filter(address => bytes.includes(address))
    expect(found(written())).toEqual([])
    expect(written().includes('198.51.100.0')).toBe(true)
    await close()
    expect(found(written())).toEqual([])
    const log = said.filter(line => !line.includes('collector on')).join()
    expect(log).toContain('198.51.100.0')
    expect(found(Buffer.from(log))).toEqual([])
  })
})

it('sixty visitors from one address are an office, the sixty-first and those after are noted as a crowd', async () => {
  const { visit, facts } = await start()
  for (let one = 0; one < 62; one++) await visit(`crowded-${1_000 + one}`, '198.51.100.241')
  await visit('neighbour-0001', '198.51.100.242')
  const crowds = (await facts()).map(({ noted }) => noted?.crowd ?? null)
  expect(crowds).toEqual([...Array.from({ length: 60 }, () => null), 61, 62, null])
})

describe('a file that cannot be used', () => {
  it('that is missing is told with all else that is wrong', async () => {
    const { cwd, env } = installIn(tempDir())
    const files = { GOLDPAN_GEO_DB: 'none.mmdb', GOLDPAN_COMPANY_NETWORKS: 'none.csv', HOST: '?' }
    const starting = startIn({ cwd, env: { ...env, ...files } })
    await expect(starting).rejects.toThrow(ConfigError)
    await expect(starting).rejects.toThrow(/HOST: .*\n.*GOLDPAN_GEO_DB: .*\n.*GOLDPAN_COMPANY_NETWORKS: /)
  })

  it('that is broken is told at the start, which leaves nothing open', async () => {
    const { cwd, env } = installIn(tempDir())
    writeFileSync(join(cwd, 'ranges.csv'), 'cidr,name\n203.0.113.0/24,Acme\nnonsense,Acme\n')
    const starting = startIn({ cwd, env: { ...env, GOLDPAN_COMPANY_NETWORKS: 'ranges.csv' } })
    await expect(starting).rejects.toThrow(StartError)
    await expect(starting).rejects.toThrow(/ranges\.csv, line 3, column cidr: expected a network/)
    await startIn({ cwd, env })
  })
})
