import { expect, test } from 'vitest'
import { lastSegment, readUrl } from '../../collector/enrich/pages.ts'

test.each([
  ['https://App.example/Pricing/', 'app.example', '/pricing'],
  ['https://app.example/#/pricing', 'app.example', '/pricing'],
  ['https://app.example/index.html?utm_source=x#!/Pricing/Teams/', 'app.example', '/pricing/teams'],
  ['https://app.example/#/', 'app.example', '/'],
  ['https://app.example/#/%D1%86%D0%B5%D0%BD%D0%B8', 'app.example', '/цени'],
  ['https://app.example/docs#pricing', 'app.example', '/docs'],
  ['https://app.example/docs#!pricing', 'app.example', '/docs'],
  ['/docs#/pricing', '', '/pricing'],
])('%s is on %j the page %s', (url, host, path) => {
  expect(readUrl(url)).toMatchObject({ url, host, path })
})

test.each(['', 'pricing', '#/pricing', 'mailto:'])('%j is no page', url => {
  expect(readUrl(url)?.host ?? '').toBe('')
})

test('the campaign is read beside a route', () => {
  expect(readUrl('https://app.example/?utm_source=ads#/pricing')?.campaign.utm).toEqual({ source: 'ads' })
})

test('a route is no part of where a form is sent', () => {
  expect(lastSegment('/go/demo-request/?x=1#/pricing')).toBe('demo-request')
})
