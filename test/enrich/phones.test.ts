import { expect, test } from 'vitest'
import { countryOfPhone, phoneFrom, phoneOf } from '../../collector/enrich/phones.ts'

test.each([
  ['+359 88 123 4567'],
  ['00359 88 1234567'],
  ['+359(0)88 123 45 67'],
  ['+359 (0) 88/123-45-67'],
  ['00359 (0)88 1234567'],
  ['  +359.88.123.4567 '],
  ['+ 359 88 1234567'],
  ['Tel.: +359 88 123 4567'],
  ['+359 88 123 4567 ext. 12'],
  ['+359 88 123 4567 / +359 2 987 6543'],
  ['＋３５９ ８８ １２３ ４５６７'],
])('%s is one and the same number', written => {
  expect(phoneOf(written)).toBe('+359881234567')
})

test.each([
  ['0888 123 456', '0888123456'],
  ['8 (495) 123-45-67', '84951234567'],
  ['050-1234567', '0501234567'],
  ['030/1234567', '0301234567'],
  ['+49 (0)171 1234567', '+491711234567'],
  ['+39 06 1234567', '+39061234567'],
  ['+99912345678', '+99912345678'],
])('%s is kept as %s', (written, kept) => {
  expect(phoneOf(written)).toBe(kept)
})

test.each([
  '0000000',
  '5555555',
  '1111111111',
  '1234567890',
  '0123456789',
  '12345678',
  '9876543210',
  '123123123',
  '121212',
  '+1 234 567 890',
  '+359 000 000 000',
  '+1 555 555 5555',
  'call me',
  '12',
  '1234567890123456789',
  'ada1978654@acme.example',
  '',
])('%s reaches nobody', written => {
  expect(phoneOf(written)).toBeNull()
})

test.each([
  ['+359881234567', 'BG'],
  ['+48600700800', 'PL'],
  ['+74951234567', 'RU'],
  ['+77172123456', 'KZ'],
  ['+972501234567', 'IL'],
  ['+12133734253', 'US'],
  ['+16135550123', 'CA'],
  ['0888123456', null],
  ['+99912345678', null],
])('%s is a number of %s', (phone, country) => {
  expect(countryOfPhone(phone)).toBe(country)
})

test.each([
  ['٠٨٨٨١٢٣٤٥٦', '0888123456'],
  ['+٣٥٩ ٨٨ ١٢٣ ٤٥٦٧', '+359881234567'],
  ['۰۲۱۱۲۳۴۵۶۷۸', '02112345678'],
])('%s in Arabic digits is kept as %s', (written, kept) => {
  expect(phoneOf(written)).toBe(kept)
})

test.each([
  ['blanks', `a${' '.repeat(1_000_000)}b`],
  ['plus signs and blanks', `${'+ '.repeat(500_000)}b`],
  ['short runs behind a long one', `${'1'.repeat(500_000)}${'a1'.repeat(250_000)}`],
])('a million %s hold no number', (_what, text) => {
  expect(phoneOf(text)).toBeNull()
})

test.each([
  ['0888 777 001', 'BG', '+359888777001'],
  ['888 777 001', 'BG', '+359888777001'],
  ['359 888 777 001', 'BG', '+359888777001'],
  ['020 7946 0958', 'GB', '+442079460958'],
  ['8 (495) 123-45-67', 'RU', '+74951234567'],
  ['06 1234 5678', 'IT', '+390612345678'],
  ['22 123 45 67', 'PL', '+48221234567'],
  ['03-123-4567', 'IL', '+97231234567'],
  ['(212) 555-0177', 'US', '+12125550177'],
  ['1 212 555 0177', 'US', '+12125550177'],
  ['011 359 888 777 001', 'US', '+359888777001'],
  ['8 10 359 888 777 001', 'RU', '+359888777001'],
  ['(0)30 123456', 'DE', '+4930123456'],
])('%s from %s is %s', (written, country, number) => {
  expect(phoneFrom(country, phoneOf(written) ?? '')).toBe(number)
})

test.each([
  ['what has a country of its own', '+359888777001', 'US', '+359888777001'],
  ['what is no number there', '123456', 'BG', '123456'],
  ['a country without numbers', '0888777001', 'AQ', '0888777001'],
  ['what may begin with the code or with an area', '491711234567', 'DE', '491711234567'],
  ['one digit over and over behind the trunk prefix', '0888888888', 'BG', null],
])('%s: %s from %s is %s', (_what, kept, country, number) => {
  expect(phoneFrom(country, kept)).toBe(number)
})
