import fc from 'fast-check'
import { expect, test } from 'vitest'
import { automatedBy } from '../../collector/enrich/user-agents.ts'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const DESKTOP = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/150.0.0.0 Safari/537.36`
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const android = (model: string): string =>
  `Mozilla/5.0 (Linux; Android 13; ${model}) ${WEBKIT} Chrome/150.0.0.0 Mobile Safari/537.36`

test.each([
  ['GPTBot/1.2', 'ai_crawler', 'user agent names GPTBot, an AI crawler'],
  [
    `Mozilla/5.0 ${WEBKIT}; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)`,
    'ai_crawler',
    'user agent names ClaudeBot, an AI crawler',
  ],
  [
    `${DESKTOP} (compatible; ChatGPT-User/1.0)`,
    'ai_crawler',
    'user agent names ChatGPT-User, an AI assistant',
  ],
  [
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'link_preview',
    'user agent names Slackbot-LinkExpanding, which previews links',
  ],
  [
    'facebookexternalhit/1.1;line-poker/1.0',
    'link_preview',
    'user agent names facebookexternalhit, which previews links',
  ],
  [
    'http.rb/5.1.1 (Mastodon/4.3.0; +https://acme.example/)',
    'link_preview',
    'user agent names Mastodon, which previews links',
  ],
  ['WhatsApp/2.24.9 A', 'link_preview', 'user agent names WhatsApp, which previews links'],
  ['AcmeChat UnfurlService/3', 'link_preview', 'user agent speaks of previews of links, "Unfurl"'],
  [
    DESKTOP.replace('Chrome/', 'HeadlessChrome/'),
    'headless',
    'user agent names HeadlessChrome, a browser that a program drives',
  ],
  [`${DESKTOP} Playwright/1.50`, 'headless', 'user agent names Playwright, a browser that a program drives'],
  [
    `${DESKTOP} Barracuda Sentinel (EE)`,
    'mail_scanner',
    'user agent names Barracuda, which scans links in e-mails',
  ],
  [
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'bot',
    'user agent names Googlebot, a crawler of a search engine',
  ],
  ['curl/8.5.0', 'bot', 'user agent names curl, a tool or library of programmers'],
])('%s is known by name: %s', (userAgent, kind, evidence) => {
  expect(automatedBy(userAgent)).toEqual({ kind, evidence })
})

test.each([
  ['a web address', `${DESKTOP} (+https://acme.example/about)`],
  ['an e-mail address', `${DESKTOP} ops@acme.example`],
  ['the name of a site', `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} acme.io/2.0 Safari/537.36`],
  ['a word for what robots do', `${DESKTOP} AcmeFetcher/1`],
  [
    'a name without a version, on a server’s system',
    `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/150.0.0.0 Safari/537.36 Acme`,
  ],
  ['a word isbot knows', `${DESKTOP} AcmeBot/1`],
  ['no device or system', 'Mozilla/5.0 (compatible; Acme/2.0; rev:7)'],
  ['a name and a version alone', 'acme-sync/0.3'],
  ['nothing but Mozilla', 'Mozilla/5.0'],
  ['nothing', ''],
  ['blanks', '   '],
  ['no words', '-'],
  ['what scripts leave unset', 'undefined'],
  [
    'a robot where a phone would be',
    'Mozilla/5.0 (Linux; Android 13; AcmeBot/2.0) Chrome/150 Mobile Safari/537.36',
  ],
])('%s makes a robot', (_what, userAgent) => {
  expect(automatedBy(userAgent)).toMatchObject({
    kind: 'bot',
    evidence: expect.stringMatching(/^user agent /),
  })
})

test.each([
  ['a desktop', DESKTOP],
  [
    'a desktop with Linux',
    `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/150.0.0.0 Safari/537.36 OPR/130.0`,
  ],
  [
    'a TV set that does not know its screen',
    'Mozilla/5.0 (Unknown; Linux armv7l) AppleWebKit/538.2 LG Browser/8.00',
  ],
  ['a phone', android('SM-S926B')],
  ['a CUBOT phone', android('CUBOT X30')],
  ['a CUBOT phone, named otherwise', android('KINGKONG_CUBOT')],
  ['a phone with a word of robots in its name', android('Discovery II Build/TP1A')],
  ['a hand scanner of a warehouse', android('ScanPal EDA51')],
  ['Google’s own phone of old', android('Google Nexus 5X Build/OPM7')],
  ['the Facebook app', `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/490.0.0.38.108;FBDV/iPhone15,3;FBLC/bg_BG]`],
  ['the Instagram app', `${IPHONE} Mobile/15E148 Instagram 350.0.0.20.90 (iPhone15,3; iOS 18_1; bg_BG; bg)`],
  ['the Google app', `${IPHONE} GSA/340.0.700 Mobile/15E148 Safari/604.1`],
  ['the LinkedIn app', `${IPHONE} Mobile/15E148 [LinkedInApp]/9.30.1`],
  ['Line', `${IPHONE} Mobile/15E148 Safari Line/14.7.1`],
  ['a news app', `${IPHONE} Mobile/15E148 SmartNews/9.2`],
  ['a news app of another name', `${android('TECNO KG5; wv')} PhoenixNews/1`],
  ['a page in the Tumblr app', `${IPHONE} Mobile/15E148 Tumblr/33.1`],
  ['a page in a Mastodon app', `${IPHONE} Mobile/15E148 Mastodon/1.4`],
  [
    'an old Samsung',
    'Mozilla/5.0 (SAMSUNG; SAMSUNG-GT-S8500/S8500XXJF8; U; Bada/1.0; nl-nl) AppleWebKit/533.1',
  ],
  ['Slack’s own window', `${DESKTOP} Slack_SSB/4.41.0`],
  ['a Samsung TV', `Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) ${WEBKIT} SamsungBrowser/2.1 TV Safari/537.36`],
  ['a TV set of another make', `Opera/9.80 (Linux armv7l; U; CE-HTML/1.0; en) Presto/2.12.407 Version/12.51`],
  [
    'a TV set that leaves its bracket empty',
    'Opera/9.80 (Linux mips; U; en) Presto/2.10 Version/11.60 HbbTV/1.1.1 ()',
  ],
  [
    'a Windows phone',
    'Mozilla/5.0 (compatible; MSIE 9.0; Windows Phone OS 7.5; Trident/5.0; IEMobile/9.0; HTC; Radar C110e)',
  ],
  ['a Java phone', 'LG-GU230/V10 Obigo/WAP2.0 Java MIDP-2.0 CLDC-1.1'],
  [
    'an app that says which shop it came from',
    `${android('SM-A127F')} AcmeApp/3 store/google_play com.google.android.acme/3`,
  ],
  ['a Wii', 'Opera/9.30 (Nintendo Wii; U; ; 2071; Wii Shop Channel/1.0; en)'],
  ['a PlayStation', 'Mozilla/5.0 (PLAYSTATION 3; 1.00)'],
  ['an old phone', 'Nokia6230i/2.0 (03.25) Profile/MIDP-2.0 Configuration/CLDC-1.1'],
  ['an old phone of few words', 'BlackBerry9700'],
  ['Internet Explorer 6', 'Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)'],
  ['Lynx', 'Lynx/2.9.0dev.12 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.0'],
  ['a header copied with its name', `User-Agent: ${DESKTOP}`],
])('%s is a person’s', (_what, userAgent) => {
  expect(automatedBy(userAgent)).toBeNull()
})

test('names are looked for as words', () => {
  expect(automatedBy(`${DESKTOP} Cypressy/1.0`)).toBeNull()
  expect(automatedBy(`${DESKTOP} Cypress/1.0`)?.kind).toBe('headless')
})

test.each([
  ['words that apps for news bear', 'news'.repeat(128)],
  ['those behind a sign of a browser in an app', `; wv) ${'anewsa '.repeat(72)}`],
  ['words that a telephone’s maker bears', 'x cubo'.repeat(85)],
  ['versions of nothing', 'a-'.repeat(250)],
])('%s, over and over, are no riddle', (_what, userAgent) => {
  expect(automatedBy(userAgent)).toMatchObject({ kind: 'bot' })
})

test('what stands behind the 512th character of a user agent is not read', () => {
  expect(automatedBy(`${DESKTOP}${' '.repeat(512 - DESKTOP.length)}AcmeBot/1`)).toBeNull()
})

test('a reader of news that says it is an app only afterwards is a robot', () => {
  expect(automatedBy('NewsBot/1.0 (Linux; Android 13; wv)')).toMatchObject({ kind: 'bot' })
})

test('whatever a client sends has an answer, the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
      expect(automatedBy(text)).toEqual(automatedBy(text))
    }),
  )
})
