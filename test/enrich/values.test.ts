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
