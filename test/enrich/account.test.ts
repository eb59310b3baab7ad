import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../collector/contracts/evidence.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import { accountOf, companyDomainIn, NO_COMPANY, seeCompany } from '../../collector/enrich/account.ts'
import { buyingRolesOf } from '../../collector/enrich/buying-roles.ts'
import { profileOf } from '../../collector/enrich/profile.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'
import { seen } from '../support/evidence.ts'
import { fact, form, identify, NOON, pageView } from '../support/facts.ts'

const readAs = (one: Fact, kind: Evidence['traffic']['kind'] = 'human') =>
  seen(one.occurredAt, { fact: one, traffic: { kind, evidence: null } })
/** The account of somebody who did nothing but this, in this order. */
const accountAfter = (...facts: readonly Fact[]) =>
  accountOf(
    profileOf(facts.flatMap(one => [...traitsOf(one)])),
    facts.reduce((company, one) => seeCompany(company, readAs(one)), NO_COMPANY),
  )

const group = (props: object, given: Partial<Fact> = {}): Fact =>
  fact({ type: 'group', occurredAt: NOON, props: { ...props }, ...given })
const ACME = { group: 'g1', traits: { name: 'Acme', domain: 'www.acme.example' } }
const gave = (traits: Record<string, string>) => form(NOON, 'contact', traits)
const network = (domain: string | null, name: string | null) =>
  pageView(NOON, '/', { noted: { company: { domain, name } } })

describe('the account of a person', () => {
  it.each<[string, readonly Fact[], object | null]>([
    ['nothing', [pageView(NOON, '/')], null],
    ['a company e-mail', [gave({ email: 'a@mail.acme.co.uk' })], { key: 'acme.co.uk', by: 'email' }],
    ['a free mailbox', [gave({ email: 'a@gmail.com', company: 'Acme' })], null],
    ['a throwaway mailbox', [gave({ email: 'a@mailinator.com' })], null],
    [
      'a free mailbox with a website',
      [gave({ email: 'a@gmail.com', website: 'https://www.acme.example/about', company: 'Acme' })],
      { key: 'acme.example', name: 'Acme', by: 'website' },
    ],
    ['a page on a social network', [gave({ email: 'a@gmail.com', website: 'facebook.com/acme' })], null],
    ['a website under a shared suffix', [gave({ website: 'acme.github.io' })], { key: 'acme.github.io' }],
    [
      'an e-mail before a website',
      [gave({ email: 'a@beta.example', website: 'acme.example' })],
      { key: 'beta.example', by: 'email' },
    ],
    ['a network', [network('acme.example', 'Acme')], { key: 'acme.example', name: 'Acme', by: 'network' }],
    ['a network with a name alone', [network(null, ' ACME  Ltd')], { key: 'name:acme ltd', domain: null }],
    ['a provider’s network', [network('gmail.com', null)], null],
    [
      'an e-mail before a network',
      [network('acme.example', 'Acme'), gave({ email: 'a@beta.example' })],
      { key: 'beta.example', name: null, by: 'email' },
    ],
    ['a group', [group({ group: 'g1' })], { key: 'group:g1', domain: null, name: null, by: 'group' }],
    ['a group with a domain', [group(ACME)], { key: 'acme.example', domain: 'acme.example', name: 'Acme' }],
    [
      'a group with a mailbox provider’s domain',
      [group({ group: 'g1', traits: { domain: 'gmail.com' } })],
      { key: 'group:g1' },
    ],
    [
      'a group before an e-mail no better proven',
      [gave({ email: 'a@beta.example' }), group(ACME)],
      { key: 'acme.example', by: 'group' },
    ],
    [
      'an e-mail that is better proven than a page’s group',
      [group(ACME), identify(NOON, 'a@beta.example', {}, { origin: 'server' })],
      { key: 'beta.example', by: 'email' },
    ],
    ['a group without an id', [group({ group: ' ' })], null],
    ['what stands in the place of a group’s id', [group({ group: 'null' })], null],
    [
      'the name of a variable',
      [group({ group: '{{company_id}}', traits: { domain: 'acme.example' } })],
      null,
    ],
    [
      'an e-mail though a group is undefined',
      [gave({ email: 'a@beta.example' }), group({ group: 'undefined' })],
      { key: 'beta.example', by: 'email' },
    ],
    [
      'a page’s group, called what the CRM calls the company',
      [
        fact({ type: 'identify', occurredAt: NOON, origin: 'server', props: { traits: { company: 'CRM' } } }),
        group(ACME),
      ],
      { key: 'acme.example', name: 'CRM', by: 'group' },
    ],
  ])('by %s', (_, facts, expected) => {
    const account = accountAfter(...facts)
    if (expected === null) expect(account).toBeNull()
    else expect(account).toMatchObject(expected)
  })

  it('is one by the group’s domain and by an address of it', () => {
    expect(accountAfter(group(ACME))?.key).toBe(accountAfter(gave({ email: 'b@acme.example' }))?.key)
  })

  it('is that of the stronger source’s latest group', () => {
    const [secret, page] = [group({ group: 's' }, { origin: 'server' }), group({ group: 'p' })]
    expect(accountAfter(secret, page)?.key).toBe('group:s')
    expect(accountAfter(page, secret)?.key).toBe('group:s')
    expect(accountAfter(group({ group: 'a' }), group({ group: 'b' }))?.key).toBe('group:b')
  })

  it('keeps what an earlier call said of the same group, and nothing of another', () => {
    expect(accountAfter(group(ACME), group({ group: 'g1' }))).toMatchObject({ key: 'acme.example' })
    expect(accountAfter(group(ACME), group({ group: 'g2' }))).toMatchObject({ key: 'group:g2' })
  })

  it('is of the last network with an owner, and of no bot’s', () => {
    const [old, late] = [network('acme.example', null), network('beta.example', null)]
    expect(accountAfter(old, late, pageView(NOON, '/'))?.key).toBe('beta.example')
    expect(seeCompany(NO_COMPANY, readAs(old, 'bot'))).toBe(NO_COMPANY)
    expect(seeCompany(NO_COMPANY, readAs(group(ACME), 'too_late'))).toBe(NO_COMPANY)
  })

  it('by a network makes nobody known: no trait and no domain of theirs', () => {
    const profile = profileOf([...traitsOf(network('acme.example', 'Acme'))])
    expect(profile).toEqual({ traits: {}, emailKind: null, companyDomain: null })
  })
})

describe('a group call', () => {
  const traits = {
    ...{
      name: 'Acme',
      employees: 120,
      industry: 'IT',
      website: 'acme.example',
      country: 'BG',
      revenue: '2m',
    },
    ...{ email: 'info@acme.example', phone: '+359 2 123 456', plan: 'pro', jobTitle: 'x', __proto__: null },
  }

  it('says of the person what is known of the company, and never who they are', () => {
    const said = Object.fromEntries(
      traitsOf(group({ group: 'g1', traits })).map(one => [one.name, one.value]),
    )
    expect(said).toMatchObject({ company: 'Acme', companySize: 120, industry: 'IT', website: 'acme.example' })
    expect(Object.keys(said).sort()).toEqual(
      ['company', 'companySize', 'country', 'industry', 'revenue', 'website'].sort(),
    )
  })

  it.each([
    ['browser', 'identify', 'asserted'],
    ['server', 'server', 'verified'],
  ] as const)('from a %s is %s and %s', (origin, source, strength) => {
    expect(traitsOf(group(ACME, { origin }))).toMatchObject([{ name: 'company', source, strength }])
  })
})

it.each([
  ['Head of Marketing', ['decision_maker']],
  ['CTO', ['decision_maker', 'technical']],
  ['Marketing Manager', ['champion']],
  ['Accountant', ['procurement']],
  ['Student', []],
])('a %s may be %j', (jobTitle, roles) => {
  const profile = profileOf([...traitsOf(gave({ jobTitle }))])
  expect(buyingRolesOf(profile)).toEqual(expect.arrayContaining(roles))
})

it('no role without seniority and function', () => {
  expect(buyingRolesOf(profileOf([...traitsOf(gave({ seniority: 'constructor' }))]))).toEqual([])
})

it.each([
  ['ACME.Example', 'acme.example'],
  ['https://shop.acme.co.uk:8080/x?y#z', 'acme.co.uk'],
  ['фирма.бг', 'фирма.бг'],
  ['192.0.2.1', null],
  ['localhost', null],
  ['co.uk', null],
  ['', null],
  ['linkedin.com/company/acme', null],
])('the company domain in %s is %s', (text, domain) => {
  expect(companyDomainIn(text)).toBe(domain)
})
