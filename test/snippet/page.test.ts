import { beforeEach, describe, expect, test } from 'vitest'
import { bareUrl, currentPage, cutUrl } from '../../snippet/page.ts'

const KEPT =
  'utm_source utm_medium utm_campaign utm_term utm_content gclid fbclid msclkid gbraid wbraid dclid ttclid li_fat_id twclid gad_source'

beforeEach(() => {
  document.head.innerHTML = '<base href="https://acme.example/docs/">'
  document.body.innerHTML = ''
})

describe('cutUrl', () => {
  test.each(KEPT.split(' '))('keeps %s', name => {
    expect(cutUrl(`https://acme.example/?${name}=1`)).toBe(`https://acme.example/?${name}=1`)
  })

  test.each(['email', 'q', 'token', 'mygclid', 'gclidx', 'clid', 'UTM', 'utm_', 'name[]'])(
    'cuts %s',
    name => {
      expect(cutUrl(`https://acme.example/?${name}=1&utm_source=a&${name}=2`)).toBe(
        'https://acme.example/?utm_source=a',
      )
    },
  )

  test('cuts fragment and credentials, makes absolute, keeps within the wire', () => {
    expect(cutUrl('https://ann:secret@acme.example/a#top')).toBe('https://acme.example/a')
    expect(cutUrl('guide')).toBe('https://acme.example/docs/guide')
    expect(cutUrl(`/${'a'.repeat(2_000)}`)).toHaveLength(1_024)
  })
})

test('bareUrl keeps nothing of the query', () => {
  expect(bareUrl('https://acme.example/a?gclid=1&x=?#y')).toBe('https://acme.example/a')
})

describe('currentPage', () => {
  test('has a referrer only where there is one', () => {
    document.title = ''
    expect(Object.keys(currentPage(''))).toEqual(['url', 'title'])
    document.title = 't'.repeat(2_000)
    const page = currentPage('https://www.google.com/search?q=ann')
    expect(page.title).toHaveLength(1_024)
    expect(page.referrer).toBe('https://www.google.com/search')
  })
})
