import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import type { Sender } from '../../collector/ingest/noting.ts'
import { openNetworks } from '../../collector/networks/networks.ts'
import { createSignals } from '../../collector/signals.ts'
import { NOON } from '../ingest/wire-samples.ts'
import { mmdbOf } from '../support/mmdb.ts'
import { EXAMPLE } from '../support/model.ts'
import { tempDir } from '../support/temp-dir.ts'

const versionWith = (version: number, publishedAt: number, ips: readonly string[]): ModelVersion => ({
  version,
  publishedAt,
  hash: String(version),
  source: '',
  model: { ...EXAMPLE, lists: { staff: { domains: [], emails: [], companies: [], ips } } },
})

async function startNetworks(given: {
  readonly versions?: readonly ModelVersion[]
  readonly countries?: Buffer
  readonly companies?: string
}) {
  const dir = tempDir()
  const fileWith = (name: string, content: Buffer | string | undefined): string | null => {
    if (content === undefined) return null
    writeFileSync(join(dir, name), content)
    return join(dir, name)
  }
  const geoDb = fileWith('country.mmdb', given.countries)
  const config = { geoDb, companyNetworks: fileWith('ranges.csv', given.companies) }
  const published = { versions: given.versions ?? [], reads: 0 }
  const store = {
    modelVersions: async () => {
      published.reads++
      return published.versions
    },
    everyModelVersion: async () => {
      published.reads++
      return new Map([['acme', published.versions]])
    },
  }
  const signals = createSignals()
  const warnings: string[] = []
  const networks = await openNetworks({
    config,
    store,
    signals,
    warn: line => warnings.push(line),
  })
  onTestFinished(networks.close)
  await networks.prepare('acme')
  const noted = (address: string, changes: Partial<Sender> = {}) =>
    networks.network({ site: 'acme', address, visitor: 'v', isLive: true, now: NOON, ...changes })
  return { ...networks, noted, signals, warnings, published, dir }
}

const BULGARIA = mmdbOf({ '203.0.113.0/24': { country: { iso_code: 'BG' } } })

it('notes what the files and the model say of an address, and nothing of another', async () => {
  const { noted } = await startNetworks({
    versions: [versionWith(1, 0, ['203.0.113.7', '2001:db8::/32'])],
    countries: BULGARIA,
    companies: 'cidr,domain\n203.0.113.0/28,acme.example\n',
  })
  const company = { domain: 'acme.example', name: null }
  expect(noted('203.0.113.7')).toEqual({ country: 'BG', company, lists: ['staff'] })
  expect(noted('::ffff:203.0.113.7')).toEqual(noted('203.0.113.7'))
  expect(noted('203.0.113.8')).toEqual({ country: 'BG', company })
  expect(noted('203.0.113.99')).toEqual({ country: 'BG' })
  expect(noted('2001:db8::1')).toEqual({ lists: ['staff'] })
  for (const address of ['198.51.100.1', '10.0.0.1', 'nonsense', '']) expect(noted(address)).toEqual({})
})

describe('the model in force', () => {
  it('is that of the time, not the newest', async () => {
    const { noted } = await startNetworks({
      versions: [versionWith(1, 0, ['203.0.113.7']), versionWith(2, NOON + 1, ['203.0.113.8'])],
    })
    expect(noted('203.0.113.7')).toEqual({ lists: ['staff'] })
    expect(noted('203.0.113.7', { now: NOON + 1 })).toEqual({})
    expect(noted('203.0.113.8', { now: NOON + 1 })).toEqual({ lists: ['staff'] })
  })

  it('is read when it is switched to, and not for a request', async () => {
    const { noted, signals, published } = await startNetworks({ versions: [versionWith(1, 0, [])] })
    const before = published.reads
    for (let host = 0; host < 200; host++) noted(`203.0.113.${host}`)
    expect(published.reads).toBe(before)
    published.versions = [versionWith(2, 0, ['203.0.113.7'])]
    signals.emit({ kind: 'switched', site: 'acme' })
    await Promise.resolve()
    expect(noted('203.0.113.7')).toEqual({ lists: ['staff'] })
  })

  it('of a site that is new is read before its first request, once', async () => {
    const { noted, prepare, published } = await startNetworks({
      versions: [versionWith(1, 0, ['203.0.113.7'])],
    })
    await prepare('shop')
    const before = published.reads
    await prepare('shop')
    expect(published.reads).toBe(before)
    expect(noted('203.0.113.7', { site: 'shop' })).toEqual({ lists: ['staff'] })
  })

  it('that another process published is found by looking', async () => {
    const { noted, published, refresh } = await startNetworks({})
    expect(noted('203.0.113.7')).toEqual({})
    published.versions = [versionWith(1, 0, ['203.0.113.7'])]
    await refresh()
    expect(noted('203.0.113.7')).toEqual({ lists: ['staff'] })
  })
})

it('takes a new country file, also for addresses it knows', async () => {
  const { noted, refresh, warnings, dir } = await startNetworks({ countries: BULGARIA })
  expect(noted('203.0.113.7')).toEqual({ country: 'BG' })
  writeFileSync(join(dir, 'country.mmdb'), 'broken')
  await refresh()
  expect(warnings).toEqual([expect.stringMatching(/GOLDPAN_GEO_DB: .*stays in use\./)])
  expect(noted('203.0.113.7')).toEqual({ country: 'BG' })
  writeFileSync(join(dir, 'country.mmdb'), mmdbOf({ '203.0.113.0/24': { country: { iso_code: 'RO' } } }))
  await refresh()
  expect(noted('203.0.113.7')).toEqual({ country: 'RO' })
})

describe('a crowd', () => {
  const comeFrom = (
    { noted }: { noted(address: string, changes?: Partial<Sender>): unknown },
    addressOf: (one: number) => string,
    changes: Partial<Sender> = {},
  ) => Array.from({ length: 62 }, (_, one) => noted(addressOf(one), { visitor: `v${one}`, ...changes }))

  it('is more visitors from one address than an office sends', async () => {
    const networks = await startNetworks({})
    const seen = comeFrom(networks, () => '203.0.113.7')
    expect(seen.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => ({})))
    expect(seen.slice(60)).toEqual([{ crowd: 61 }, { crowd: 62 }])
    expect(networks.noted('203.0.113.7', { visitor: null })).toEqual({ crowd: 62 })
    expect(networks.noted('203.0.113.8')).toEqual({})
    expect(networks.noted('203.0.113.7', { site: 'shop' })).toEqual({})
    // whose address it is, the log does not say
    expect(networks.warnings).toEqual([expect.stringContaining('203.0.113.0')])
    expect(networks.warnings.join()).not.toContain('203.0.113.7')
  })

  it('of IPv6 is counted by /64, which one house has', async () => {
    const networks = await startNetworks({})
    expect(comeFrom(networks, one => `2001:db8:0:1::${one}`).at(-1)).toEqual({ crowd: 62 })
    expect(networks.noted('2001:db8:0:2::1')).toEqual({})
  })

  it.each(['127.0.0.1', '10.1.2.3', '192.168.0.9', '172.16.0.1', '100.64.0.1', '::1', 'fd00::1', 'fe80::1'])(
    'is never one private address (%s): that is said once, and how to mend it',
    async address => {
      const networks = await startNetworks({})
      expect(comeFrom(networks, () => address).at(-1)).toEqual({})
      expect(networks.warnings).toEqual([expect.stringContaining(`GOLDPAN_TRUSTED_PROXIES=${address}`)])
    },
  )

  it('is not what a server tells of days gone by', async () => {
    const networks = await startNetworks({})
    expect(comeFrom(networks, () => '203.0.113.7', { isLive: false }).at(-1)).toEqual({})
    expect(networks.noted('203.0.113.7')).toEqual({})
  })
})
