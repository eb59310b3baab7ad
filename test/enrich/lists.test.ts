import { describe, expect, test } from 'vitest'
import type { CompanyList } from '../../collector/contracts/model.ts'
import { listsOf } from '../../collector/enrich/lists.ts'
import { profileOf } from '../../collector/enrich/profile.ts'

const list = (given: Partial<CompanyList>): CompanyList => ({
  domains: [],
  emails: [],
  companies: [],
  ips: [],
  ...given,
})

const LISTS = {
  competitors: list({ domains: ['Rival.example', '@other.example'], companies: ['Rival Ltd'] }),
  customers: list({ emails: ['Ada@Engine.example'], companies: ['Свобода ООД'] }),
  staff: list({
    ips: ['203.0.113.0/24', '198.51.100.0', '192.0.2.0/25', '10.0.0.0/8', '2001:db8::/32', 'nonsense'],
  }),
}

const on = (traits: Readonly<Record<string, string>>, networks: readonly string[] = []): readonly string[] =>
  listsOf(
    profileOf(
      Object.entries(traits).map(([name, value]) => ({
        name,
        value,
        source: 'form',
        strength: 'asserted',
        at: 1,
      })),
    ),
    networks,
    LISTS,
  )

test.each([
  [{ email: 'a@rival.example' }, ['competitors']],
  [{ email: 'a@sales.rival.example' }, ['competitors']],
  [{ email: 'a@notrival.example' }, []],
  [{ email: 'a@other.example' }, ['competitors']],
  [{ email: 'ada@engine.example' }, ['customers']],
  [{ email: 'bob@engine.example' }, []],
  [{ company: 'RIVAL, Limited' }, ['competitors']],
  [{ company: 'Свобода' }, ['customers']],
  [{ company: 'Rivals' }, []],
  [{ email: 'ada@engine.example', company: 'Rival' }, ['competitors', 'customers']],
  [{}, []],
])('%o is on %o', (traits, expected) => {
  expect(on(traits)).toEqual(expected)
})

test.each([
  ['203.0.113.0', true],
  ['203.0.112.0', false],
  ['198.51.100.0', false],
  ['10.20.30.0', true],
  ['2001:db8:1::', true],
  ['2001:db9:1::', false],
  ['', false],
])('a visit from network %s is staff’s: %s', (network, expected) => {
  expect(on({}, [network])).toEqual(expected ? ['staff'] : [])
})

describe('an entry narrower than what is kept of an address', () => {
  const lists = { office: list({ ips: ['192.0.2.0/25', '198.51.100.7', '2001:db8::/56'] }), others: list({}) }
  const nobody = profileOf([])

  test.each([
    ['192.0.2.0', ['office'], ['office']],
    ['198.51.100.0', ['office'], ['office']],
    ['2001:db8::', ['office'], ['office']],
    ['192.0.2.0', [], []],
    ['192.0.2.0', ['others'], []],
  ])('tells of a visit from %s, noted %j: on %j', (network, noted, expected) => {
    expect(listsOf(nobody, [network], lists, noted)).toEqual(expected)
  })

  test('says nothing any more when it is off the list, though it was noted', () => {
    const left = { office: list({ ips: ['192.0.2.0/25'] }) }
    expect(listsOf(nobody, ['198.51.100.0'], left, ['office'])).toEqual([])
    expect(listsOf(nobody, ['198.51.100.0'], {}, ['office'])).toEqual([])
  })

  test('is no matter where a wide one decides', () => {
    const wide = { office: list({ ips: ['198.51.0.0/16'] }) }
    expect(listsOf(nobody, ['198.51.100.0'], wide, [])).toEqual(['office'])
  })
})
