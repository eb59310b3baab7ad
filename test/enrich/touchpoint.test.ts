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
  ['utm_campaign=fair', 'https://partner.example/', 'referral', 'partner.example'],
  ['utm_source=partner.example', null, 'referral', 'partner.example'],
  ['utm_source=chatgpt.com', null, 'ai_assistant', 'chatgpt'],
  ['utm_source=www.linkedin.com', null, 'organic_social', 'linkedin'],
  ['utm_source=Stack%20Overflow', null, 'organic_social', 'stackoverflow'],
  ['utm_source=google-ads', null, 'paid_search', 'google'],
  ['utm_source=facebook_ads', null, 'paid_social', 'facebook'],
  ['utm_source=bingads', null, 'paid_search', 'bing'],
  ['utm_source=adwords', null, 'paid_search', 'google'],
  ['utm_source=leads', null, 'other', 'leads'],
  ['utm_source=linkedin&utm_medium=Paid+Social', null, 'paid_social', 'linkedin'],
  ['utm_source=linkedin&utm_medium=linkedin-paid', null, 'paid_social', 'linkedin'],
  ['utm_source=linkedin&utm_medium=referral', null, 'organic_social', 'linkedin'],
  ['utm_source=facebook&utm_medium=organic', null, 'organic_social', 'facebook'],
  ['utm_source=facebook&utm_medium=retargeting', null, 'paid_social', 'facebook'],
  ['utm_source=spring&utm_medium=retargeting', null, 'display', 'spring'],
  ['utm_source=spring&utm_medium=cpc', null, 'paid_search', 'spring'],
  ['utm_source=spring&utm_medium=paid', null, 'other', 'spring'],
  ['utm_source=spring&utm_medium=email-blast', null, 'email', 'spring'],
  ['utm_source=spring&utm_medium=unheard-of', null, 'other', 'spring'],
  ['awc=1_2', 'https://blog.example/', 'affiliate', 'awin'],
  ['dclid=1', null, 'display', 'google'],
  ['li_fat_id=1', 'https://www.linkedin.com/', 'paid_social', 'linkedin'],
  ['utm_source=constructor&utm_medium=toString', null, 'other', 'constructor'],
])('%s from %s is %s of %s', (query, referrer, channel, source) => {
  expect(from(query, referrer)).toEqual({ channel, source })
})

test.each([
  ['https://search.acme.example/', 'organic_search', 'search.acme.example'],
  ['https://suche.t-online.de/', 'organic_search', 't-online'],
  ['https://research.acme.example/', 'referral', 'research.acme.example'],
  ['https://www.searchenginenews.example/', 'referral', 'searchenginenews.example'],
  ['https://acme-executive-search.com/', 'referral', 'acme-executive-search.com'],
  ['https://webmail.acme.example/', 'email', 'webmail.acme.example'],
  ['https://mail2.acme.example/', 'email', 'mail2.acme.example'],
  ['https://email.t-online.de/', 'email', 't-online'],
  ['https://mailing-house.example/', 'referral', 'mailing-house.example'],
  ['https://eur01.safelinks.protection.outlook.com/', 'email', 'outlook'],
  ['https://www.google.com.br/', 'organic_search', 'google'],
  ['https://maps.google.co.uk/', 'referral', 'google'],
  ['https://docs.google.com/', 'referral', 'google'],
  ['https://copilot.microsoft.com/', 'ai_assistant', 'copilot'],
  ['https://www.perplexity.ai/', 'ai_assistant', 'perplexity'],
  ['android-app://com.openai.chatgpt', 'ai_assistant', 'chatgpt'],
  ['android-app://com.linkedin.android/', 'organic_social', 'linkedin'],
  ['android-app://com.acme.reader/', 'referral', 'com.acme.reader'],
  ['https://out.reddit.com/', 'organic_social', 'reddit'],
  ['https://lnkd.in/abc', 'organic_social', 'linkedin'],
  ['https://acme.social/', 'organic_social', 'acme.social'],
  ['https://googleads.g.doubleclick.net/', 'display', 'google display'],
  ['https://www.awin1.com/', 'affiliate', 'awin'],
])('who comes from %s comes by %s from %s', (referrer, channel, source) => {
  expect(from('', referrer)).toEqual({ channel, source })
})

test.each([
  ['the site itself', 'https://www.site.example/pricing'],
  ['its subdomain', 'https://shop.site.example/'],
  ['its domain', 'https://site.example/'],
  ['a payment page', 'https://checkout.stripe.com/c/pay/1'],
  ['a payment page nobody listed', 'https://pay.acme.example/'],
  ['a sign-in', 'https://accounts.google.com/'],
  ['a sign-in in another country', 'https://accounts.google.bg/'],
  ['a sign-in with Microsoft', 'https://login.microsoftonline.com/'],
  ['a tenant of a sign-in service', 'https://acme.eu.auth0.com/'],
])('who returns from %s comes from nowhere new', (_what, referrer) => {
  expect(from('', referrer)).toEqual({ channel: 'direct', source: null })
})

test.each([
  ['a site under the same suffix', 'www.site.co.uk', 'https://other.co.uk/'],
  ['another customer of one host', 'site.github.io', 'https://other.github.io/'],
  ['a site that calls itself login', 'www.site.example', 'https://login.example/'],
])('%s is an origin', (_what, host, referrer) => {
  expect(originOf({ utm: {}, clickId: null }, referrer, host).channel).toBe('referral')
})

test('hosts without a domain are one site only when they are the same', () => {
  const channelFrom = (referrer: string, host: string) =>
    originOf({ utm: {}, clickId: null }, referrer, host).channel
  expect(channelFrom('http://localhost:3000/', 'localhost')).toBe('direct')
  expect(channelFrom('http://192.0.2.7/', '192.0.2.8')).toBe('referral')
  expect(channelFrom('https://partner.example/', '')).toBe('referral')
})

test('a campaign keeps what was given and the name of its click id', () => {
  expect(
    campaignIn(
      new URLSearchParams('utm_source=A&utm_term=&utm_content=b&utm_id=7&utm_other=8&x=1&msclkid=2'),
    ),
  ).toEqual({
    utm: { source: 'A', content: 'b', id: '7' },
    clickId: 'msclkid',
  })
})
