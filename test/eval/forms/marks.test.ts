import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readForms } from './corpus.ts'
import { marksIn, valueFor } from './marks.ts'

const field = (expect: 'sensitive' | 'ignore' | 'email' | 'phone', words: string) => ({
  idx: 0,
  expect,
  isHoneypot: false,
  words,
})
const text = { type: 'text', inForm: true }

describe('a mark', () => {
  test.each([
    ['email', 'E-mail'],
    ['phone', 'Phone'],
    ['ignore', 'Fax'],
    ['ignore', 'Favourite colour'],
    ['sensitive', 'Card number'],
    ['sensitive', 'SSN'],
    ['sensitive', 'csrf_token'],
    ['sensitive', 'PIN'],
  ] as const)('of a field %s, %s, is found again, and is no other field’s', (expected, words) => {
    for (const manner of ['plain', 'realistic'] as const) {
      const [one, other] = [7, 8].map(n => valueFor(field(expected, words), text, n, manner))
      const marks = marksIn(one ?? '')
      expect(marks.length).toBeGreaterThan(0)
      expect(marksIn(JSON.stringify({ value: one }))).toEqual(marks)
      expect(marksIn(other ?? '').filter(mark => marks.includes(mark))).toEqual([])
    }
  })

  test('a card number passes for one', () => {
    const digits = valueFor(field('sensitive', 'Card number'), text, 7, 'realistic').replaceAll(' ', '')
    const sum = [...digits].reverse().reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 1 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
    expect([digits.length, sum % 10]).toEqual([16, 0])
  })
})

test('forms are read with the labels of others in our words, and what is unknown is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-eval-'))
  writeFileSync(
    join(folder, 'forms-a.ndjson'),
    [
      '{"id":"b2b-1","form_kind":"lead","html":"<form></form>","fields":[{"idx":2,"name":"fn","expect":"first_name"},{"idx":3,"expect":"shoe_size"},{"idx":4,"expect":"ignore","flag":"honeypot"}]}',
      '{"expect":"company_size","html":"<input>"}',
      '{"something":"else"}',
      'no JSON',
    ].join('\n'),
  )
  writeFileSync(join(folder, 'pages.ndjson'), '{}')
  const notes: string[] = []
  const forms = readForms(folder, line => notes.push(line))
  expect(forms.map(({ group, fields }) => [group, ...fields.map(({ expect: label }) => label)])).toEqual([
    ['B2B', 'firstName', 'other', 'ignore'],
    ['single fields', 'companySize'],
  ])
  expect(forms[0]?.fields.map(({ isHoneypot }) => isHoneypot)).toEqual([false, false, true])
  expect(notes).toEqual(['forms-a.ndjson: skipped 2 rows of another shape (line 3 …)'])
})
