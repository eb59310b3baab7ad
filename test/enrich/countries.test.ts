import { expect, test } from 'vitest'
import { countryNamed, countryOfHost } from '../../collector/enrich/countries.ts'

test.each([
  ['BG', 'BG'],
  ['bgr', 'BG'],
  ['DEU', 'DE'],
  ['USA', 'US'],
  ['U.S.A.', 'US'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['Czechia', 'CZ'],
  ['Česko', 'CZ'],
  ['Deutschland', 'DE'],
  ['Allemagne', 'DE'],
  ['Niemcy', 'DE'],
  ['Alemania', 'DE'],
  ['Германия', 'DE'],
  ['גרמניה', 'DE'],
  ['Duitsland', 'DE'],
  ['Alemanha', 'DE'],
  ['Magyarország', 'HU'],
  ['România', 'RO'],
  ['Ελλάδα', 'GR'],
  ['中国', 'CN'],
  ['Bulgaria (България)', 'BG'],
  ['Germany / Deutschland', 'DE'],
  ['Ireland', 'IE'],
  ['Georgia', 'GE'],
  ['German', 'German'],
  ['Europe', 'Europe'],
  ['Germany / France', 'Germany / France'],
  ['Atlantis', 'Atlantis'],
])('the country %s is %s', (text, code) => {
  expect(countryNamed(text)).toBe(code)
})

test.each([
  ['acme.bg', 'BG'],
  ['acme.co.uk', 'GB'],
  ['mail.ACME.de', 'DE'],
  ['acme.com.br', 'BR'],
  ['пример.рф', 'RU'],
  ['acme.xn--90ae', 'BG'],
  ['acme.com', null],
  ['acme.example', null],
  ['acme.io', null],
  ['acme.ai', null],
  ['acme.co', null],
  ['acme.me', null],
  ['acme.tv', null],
  ['acme.eu', null],
  ['localhost', null],
  ['de', null],
  ['acme.constructor', null],
])('the host %s is of %s', (host, code) => {
  expect(countryOfHost(host)).toBe(code)
})
