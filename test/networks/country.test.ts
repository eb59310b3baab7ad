import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StartError } from '../../collector/config/start-error.ts'
import { openCountries } from '../../collector/networks/country.ts'
import { mmdbOf } from '../support/mmdb.ts'
import { tempDir } from '../support/temp-dir.ts'

const RECORDS = {
  '203.0.113.0/24': { country: { iso_code: 'BG' }, registered_country: { iso_code: 'US' } },
  '203.0.113.128/25': { country: { iso_code: 'RO' } },
  '198.51.100.0/24': { registered_country: { iso_code: 'US' } },
  '192.0.2.0/26': { country: 'PL', country_name: 'Poland' },
  '192.0.2.64/26': { country: 'Ukraine', country_code: 'UA' },
  '192.0.2.128/26': { country: 'nowhere' },
  '2001:db8::/32': { country: { iso_code: 'IL' }, city: { names: { en: 'Haifa' } } },
}

const fileOf = (content: Buffer | string): string => {
  const path = join(tempDir(), 'country.mmdb')
  writeFileSync(path, content)
  return path
}

it.each([
  ['203.0.113.9', 'BG'],
  ['203.0.113.200', 'RO'],
  ['198.51.100.1', null],
  ['192.0.2.1', 'PL'],
  ['192.0.2.65', 'UA'],
  ['192.0.2.129', null],
  ['192.0.2.250', null],
  ['2001:db8::1', 'IL'],
  ['2001:db9::1', null],
])('%s is in %s', async (address, country) => {
  expect((await openCountries(fileOf(mmdbOf(RECORDS)))).countryOf(address)).toBe(country)
})

describe('a file that cannot be used', () => {
  const whole = mmdbOf({ '9.0.0.0/8': { autonomous_system_number: 64496 } }, 'GeoLite2-ASN')
  it.each<[string, Buffer | string, string]>([
    ['of another kind', 'id,name\n1,Acme\n', 'GOLDPAN_GEO_DB'],
    ['empty', '', 'GOLDPAN_GEO_DB'],
    ['cut', mmdbOf(RECORDS).subarray(0, 400), 'GOLDPAN_GEO_DB'],
    ['without countries', whole, 'a GeoLite2-ASN database, whose records name no country'],
  ])('%s: says so', async (_, content, words) => {
    const opened = openCountries(fileOf(content))
    await expect(opened).rejects.toThrow(StartError)
    await expect(opened).rejects.toThrow(words)
  })

  it('that is not there: says why', async () => {
    await expect(openCountries(join(tempDir(), 'none.mmdb'))).rejects.toThrow('ENOENT')
  })
})

it('takes a new file, and keeps the old one while the new one is broken', async () => {
  const path = fileOf(mmdbOf(RECORDS))
  const countries = await openCountries(path)
  expect(await countries.refresh()).toBe('same')
  const replace = (content: Buffer | string) => renameSync(fileOf(content), path)

  replace('half of one')
  expect(await countries.refresh()).toEqual({ problem: expect.stringContaining('GOLDPAN_GEO_DB') })
  expect(await countries.refresh()).toBe('same')
  expect(countries.countryOf('203.0.113.9')).toBe('BG')

  replace(mmdbOf({ '203.0.113.0/24': { country: { iso_code: 'MK' } } }))
  expect(await countries.refresh()).toBe('taken')
  expect(countries.countryOf('203.0.113.9')).toBe('MK')
})
