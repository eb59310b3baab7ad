import { beforeEach, describe, expect, test } from 'vitest'
import { bare, currentPage, cut } from '../../snippet/page.ts'

const KEPT =
  'utm_source utm_medium utm_campaign utm_term utm_content gclid fbclid msclkid gbraid wbraid dclid ttclid li_fat_id twclid yclid plan'

beforeEach(() => {
  document.head.innerHTML = '<base href="https://acme.example/docs/">'
  document.body.innerHTML = ''
})

const cutUrl = (href: string): string => cut(href).href

describe('cut', () => {
  test.each(KEPT.split(' '))('keeps %s', name => {
    expect(cutUrl(`https://acme.example/?${name}=1`)).toBe(`https://acme.example/?${name}=1`)
  })

  test.each(['email', 'q', 'token', 'gclidx', 'clid_token', 'UTM', 'plans', 'name[]', 'gad_source'])(
    'cuts %s',
    name => {
      expect(cutUrl(`https://acme.example/?${name}=1&utm_source=a&${name}=2`)).toBe(
        'https://acme.example/?utm_source=a',
      )
    },
  )

  test('cuts fragment and credentials, makes absolute', () => {
    expect(cutUrl('https://ann:secret@acme.example/a#top')).toBe('https://acme.example/a')
    expect(cutUrl('guide')).toBe('https://acme.example/docs/guide')
  })
})

test.each([
  ['#top', ''],
  ['#/pricing', '#/pricing'],
  ['#!/pricing', '#!/pricing'],
  ['#/reset?token=1', '#/reset'],
  ['#access_token=1', ''],
  ['#!top', ''],
])('of the fragment %s stays “%s”', (fragment, kept) => {
  expect(cutUrl(`https://acme.example/a${fragment}`)).toBe(`https://acme.example/a${kept}`)
})

test('bare keeps nothing of the query', () => {
  expect(bare('https://acme.example/a?gclid=1&x=?#y').href).toBe('https://acme.example/a')
  expect(bare('https://acme.example/?gclid=1#/a').href).toBe('https://acme.example/#/a')
})

test('a referrer says where from, not what was looked for', () => {
  expect(currentPage().referrer).toBe('')
  expect(currentPage('https://www.google.com/search?q=ann').referrer).toBe('https://www.google.com/search')
})
