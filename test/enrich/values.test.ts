import { expect, test } from 'vitest'
import { countryNamed } from '../../collector/enrich/countries.ts'
import { traitValue } from '../../collector/enrich/values.ts'
import { spelling } from '../../collector/enrich/words.ts'

test.each([
  ['acme.example', 'acme.example'],
  ['https://acme.example/about', 'https://acme.example/about'],
  ['acme', null],
  ['.acme', null],
  ['acme.', null],
  ['acme example.com', null],
  ['jane@acme.example', null],
  [`${'.'.repeat(1_000_000)} b`, null],
])('the website %.40s is kept as %s', (written, kept) => {
  expect(traitValue('website', written)).toBe(kept)
})

test('names are looked up by the beginning of what was written', () => {
  expect(spelling('É a'.repeat(1_000)).length).toBeLessThanOrEqual(200)
  expect(countryNamed('Germany')).toBe('DE')
})

test.each([
  ['120', '120'],
  [120, 120],
  ['50-200', '50-200'],
  ['0-10', '0-10'],
  ['1.5k', '1.5k'],
  ['many', 'many'],
  ['120.5', null],
  [120.5, null],
  ['0', null],
  [0, null],
  [-3, null],
  ['0 employees', null],
  [true, null],
])('%j people are kept as %j', (written, kept) => {
  expect(traitValue('companySize', written)).toBe(kept)
})

test('no revenue is one', () => {
  expect(traitValue('revenue', 0)).toBe(0)
})

test.each(['Mr', 'mr.', 'Frau', 'Г-н', 'Dr.'])('%s is nobody’s first name', written => {
  expect(traitValue('firstName', written)).toBeNull()
})

test.each(['Pan', 'Don', 'Mrinal', 'Eng'])('%s is a first name', written => {
  expect(traitValue('firstName', written)).toBe(written)
})

test.each(['EU', 'European Union', 'Europe', '🇪🇺', 'Worldwide'])('%s is no country', written => {
  expect(traitValue('country', written)).toBeNull()
})
