import { expect, test } from 'vitest'
import type { TraitClaim, TraitStrength, TraitValue } from '../../collector/contracts/evidence.ts'
import { profileOf } from '../../collector/enrich/profile.ts'

const claim = (
  name: string,
  value: TraitValue,
  at = 1,
  strength: TraitStrength = 'asserted',
): TraitClaim => ({
  name,
  value,
  source: strength === 'verified' ? 'server' : 'form',
  strength,
  at,
})

const known = (name: string, ...claims: readonly TraitClaim[]) => profileOf(claims).traits[name]?.value

test('the strongest source’s latest value counts', () => {
  const claims = [
    claim('company', 'Old', 1, 'verified'),
    claim('company', 'New', 2, 'verified'),
    claim('company', 'Typed', 3),
  ]
  expect(known('company', ...claims)).toBe('New')
  expect(profileOf(claims).traits.company?.at).toBe(2)
})

test('nothing claimed, nobody known', () => {
  expect(profileOf([])).toEqual({ traits: {}, emailKind: null, companyDomain: null })
})

test('seniority and function follow from the job title', () => {
  const { traits } = profileOf([claim('jobTitle', 'Ръководител на маркетинга', 7)])
  expect(traits.seniority).toEqual({
    name: 'seniority',
    value: 'head',
    source: 'derived',
    strength: 'derived',
    at: 7,
  })
  expect(traits.jobFunction?.value).toBe('marketing')
})

test('a title that says nothing leaves them unknown', () => {
  expect(profileOf([claim('jobTitle', 'Wizard')]).traits).not.toHaveProperty('seniority')
})

test('a given value wins over a derived one', () => {
  const given = claim('seniority', 'VP')
  expect(known('seniority', claim('jobTitle', 'Marketing Manager'), given)).toBe('vp')
  expect(known('seniority', claim('jobTitle', 'Marketing Manager'), claim('seniority', 'Guru'))).toBe('Guru')
})

test.each([
  ['50-200', 125],
  ['50–200', 125],
  ['51 to 200 employees', 126],
  ['11-50 employees', 31],
  ['201-500', 351],
  ['1,001-5,000', 3001],
  ['1 000+', 1000],
  ['1.000 - 4.999 Mitarbeiter', 3000],
  ['от 50 до 200', 125],
  ['under 50', 25],
  ['до 10 души', 5],
  ['more than 200', 201],
  ['1k-5k', 3000],
  ['49', 49],
  ['Just me', 1],
  ['many', 'many'],
  ['10-20-30', '10-20-30'],
  [201, 201],
])('company size %s is %s', (given, expected) => {
  expect(known('companySize', claim('companySize', given))).toBe(expected)
})

test.each([
  ['€5-10 million', 7_500_000],
  ['$1.5M', 1_500_000],
  ['2 млн', 2_000_000],
  ['500000', 500_000],
])('revenue %s is %s', (given, expected) => {
  expect(known('revenue', claim('revenue', given))).toBe(expected)
})

test.each([
  ['IT', 'it'],
  ['IT services', 'it'],
  ['Информационни технологии', 'it'],
  ['SaaS', 'software'],
  ['Computer Software', 'software'],
  ['Versicherung', 'insurance'],
  ['E-commerce', 'ecommerce'],
  ['Falconry', 'Falconry'],
])('industry %s is %s', (given, expected) => {
  expect(known('industry', claim('industry', given))).toBe(expected)
})

test.each([
  ['bg', 'BG'],
  ['Bulgaria', 'BG'],
  ['България', 'BG'],
  ['Deutschland', 'DE'],
  ['Polska', 'PL'],
  ['Россия', 'RU'],
  ['ישראל', 'IL'],
  ['Espagne', 'ES'],
  ['USA', 'US'],
  ['United Kingdom', 'GB'],
  ['UK', 'GB'],
  ['Czech Republic', 'CZ'],
  ['Atlantis', 'Atlantis'],
])('country %s is %s', (given, expected) => {
  expect(known('country', claim('country', given))).toBe(expected)
})

test('names complete each other, when there is no doubt', () => {
  expect(known('fullName', claim('firstName', 'Ada'), claim('lastName', 'Lovelace'))).toBe('Ada Lovelace')
  expect(known('lastName', claim('fullName', 'Ada Lovelace'))).toBe('Lovelace')
  expect(known('lastName', claim('fullName', 'Lovelace, Ada'))).toBe('Lovelace')
  expect(known('lastName', claim('fullName', 'Ada King Lovelace'))).toBeUndefined()
  expect(known('firstName', claim('fullName', 'Ada Lovelace'), claim('firstName', 'Augusta'))).toBe('Augusta')
})

test.each([
  ['a@gmail.com', 'free', null],
  ['a@yahoo.co.uk', 'free', null],
  ['a@abv.bg', 'free', null],
  ['a@mail.bg', 'free', null],
  ['a@wp.pl', 'free', null],
  ['a@o2.pl', 'free', null],
  ['a@mail.ru', 'free', null],
  ['a@walla.co.il', 'free', null],
  ['a@web.de', 'free', null],
  ['a@mailinator.com', 'disposable', null],
  ['a@box.mailinator.com', 'disposable', null],
  ['a@yopmail.fr', 'disposable', null],
  ['a@acme.example', 'company', 'acme.example'],
  ['a@mail.acme.co.uk', 'company', 'acme.co.uk'],
  ['a@mygmail.com', 'company', 'mygmail.com'],
  ['a@orange.com', 'company', 'orange.com'],
])('%s is a %s address of %s', (email, emailKind, companyDomain) => {
  expect(profileOf([claim('email', email)])).toMatchObject({ emailKind, companyDomain })
})

test('a trait named like a prototype’s member is a trait', () => {
  const { traits } = profileOf([claim('__proto__', 'x'), claim('toString', 'y')])
  expect(Object.keys(traits)).toEqual(['__proto__', 'toString'])
})
