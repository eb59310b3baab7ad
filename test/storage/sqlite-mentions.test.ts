import { describe, expect, it } from 'vitest'
import { mentionsOf } from '../../collector/storage/sqlite/mentions.ts'

const blotted = (name: string, said: unknown): unknown =>
  JSON.parse(mentionsOf([name]).blottedJson(JSON.stringify(said)))
const isNamed = (name: string, said: unknown): boolean => mentionsOf([name]).areIn(JSON.stringify(said))

const IVAN = 'иван@пример.бг'
const PHONE = '+359888123456'

describe('an address', () => {
  it.each([
    [IVAN, IVAN],
    [IVAN, 'ИВАН@Пример.БГ'],
    ['йордан@пример.бг', 'ЙОРДАН@ПРИМЕР.БГ'.normalize('NFD')],
    ['josé@acme.example', 'Jose\u0301@acme.example'],
    ['josé@acme.example', 'JOSE\u0301@ACME.EXAMPLE'],
    ['i\u0307stanbul@acme.example', 'İstanbul@acme.example'],
    ['γιώργος@acme.example', 'ΓΙΏΡΓΟΣ@acme.example'],
  ])('%s is named by %s', (name, written) => {
    expect(isNamed(name, { message: `line\n${written}.` })).toBe(true)
    expect(blotted(name, { [written]: [`line\n${written}, she said`] })).toEqual({
      '[erased]': ['line\n[erased], she said'],
    })
  })

  it.each([
    'joanna@acme.example',
    'mary-anna@acme.example',
    'mary.anna@acme.example',
    'anna@acme.example.org',
    'anna@acme.examples',
    'anna@acmeXexample',
  ])('anna@acme.example is not named by %s', written => {
    expect(isNamed('anna@acme.example', { message: written })).toBe(false)
    expect(blotted('anna@acme.example', { message: written })).toEqual({ message: written })
  })

  it('with ß is not the one with ss', () => {
    expect(isNamed('straße@acme.example', 'STRASSE@acme.example')).toBe(false)
  })
})

describe('a number', () => {
  it.each([
    PHONE,
    '+359 888 123 456',
    '00359 (888) 123-456',
    '+359\t888\u00a0123\u2011456',
    '+359 (0)888/123.456',
    '+359888123456',
    '359 888 123456',
  ])('is named by %s', written => {
    expect(isNamed(PHONE, { message: `call ${written}, please` })).toBe(true)
    expect(blotted(PHONE, { message: `call ${written}, please` })).toEqual({
      message: 'call [erased], please',
    })
  })

  it('may stand in no text', () => {
    expect(isNamed(PHONE, { phone: 359888123456 })).toBe(true)
    expect(blotted(PHONE, { phone: 359888123456, at: 1_700_000_000_000 })).toEqual({
      phone: '[erased]',
      at: 1_700_000_000_000,
    })
  })

  it.each(['+359888123457', '+3598881234567', '1359888123456', '+359 888 123'])(
    'is not named by %s',
    written => {
      expect(isNamed(PHONE, { message: written })).toBe(false)
    },
  )
})

it('reads what is no JSON as a text', () => {
  expect(mentionsOf([IVAN]).areIn('{"cut short": "ИВАН@ПРИМЕР.БГ')).toBe(true)
})
