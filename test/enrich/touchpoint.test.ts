import { expect, test } from 'vitest'
import { campaignIn, originOf } from '../../collector/enrich/touchpoint.ts'

const from = (query: string, referrer: string | null = null) =>
  originOf(campaignIn(new URLSearchParams(query)), referrer, 'www.site.example')

test.each([
  ['', null, 'direct', null],
  ['', 'https://site.example/blog', 'direct', null],
  ['', 'https://www.google.co.uk/', 'organic_search', 'google'],
  ['', 'https://search.yahoo.co.jp/', 'organic_search', 'yahoo'],
  ['', 'https://yandex.ru/', 'organic_search', 'yandex'],
  ['', 'https://l.facebook.com/', 'organic_social', 'facebook'],
  ['', 'https://t.co/abc', 'organic_social', 'x'],
  ['', 'https://chatgpt.com/', 'ai_assistant', 'chatgpt'],
  ['', 'https://gemini.google.com/', 'ai_assistant', 'gemini'],
  ['', 'https://mail.google.com/', 'email', 'gmail'],
  ['', 'android-app://com.google.android.gm', 'email', 'gmail'],
  ['', 'https://www.partner.example/x', 'referral', 'partner.example'],
  ['', 'https://notfacebook.com/', 'referral', 'notfacebook.com'],
  ['', 'nonsense', 'direct', null],
  ['gclid=1', 'https://www.google.com/', 'paid_search', 'google'],
  ['fbclid=1', 'https://m.facebook.com/', 'organic_social', 'facebook'],
  ['utm_source=linkedin&utm_medium=cpc', null, 'paid_social', 'linkedin'],
  ['utm_source=google&utm_medium=cpc', null, 'paid_search', 'google'],
  ['utm_source=Google&utm_medium=Display', null, 'display', 'google'],
  ['utm_source=spring&utm_medium=Email', 'https://mail.google.com/', 'email', 'spring'],
  ['utm_source=newsletter', null, 'email', 'newsletter'],
  ['utm_source=partner&utm_medium=affiliate', null, 'affiliate', 'partner'],
  ['utm_source=ig', null, 'organic_social', 'instagram'],
  ['utm_campaign=fair', null, 'other', null],
  ['utm_source=constructor&utm_medium=toString', null, 'other', 'constructor'],
])('%s from %s is %s of %s', (query, referrer, channel, source) => {
  expect(from(query, referrer)).toEqual({ channel, source })
})

test('a campaign keeps what was given and the name of its click id', () => {
  expect(campaignIn(new URLSearchParams('utm_source=A&utm_term=&utm_content=b&x=1&msclkid=2'))).toEqual({
    utm: { source: 'A', content: 'b' },
    clickId: 'msclkid',
  })
})
