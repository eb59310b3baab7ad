import type { Channel } from '../../contracts/evidence.ts'

/** A place people come from: its kind, its hosts, and what utm_source calls it beside its name. */
export interface Source {
  readonly name: string
  readonly channel: Channel
  /** `brand.*` stands for the brand under any public suffix; subdomains of a host count as the host */
  readonly hosts: string
  readonly aliases?: string
}

export const SOURCES: readonly Source[] = [
  {
    name: 'google display',
    channel: 'display',
    hosts: 'doubleclick.net googlesyndication.com googleadservices.com',
  },
  { name: 'taboola', channel: 'display', hosts: 'taboola.com' },
  { name: 'outbrain', channel: 'display', hosts: 'outbrain.com' },
  { name: 'criteo', channel: 'display', hosts: 'criteo.com criteo.net' },

  { name: 'gmail', channel: 'email', hosts: 'mail.google.com inbox.google.com com.google.android.gm' },
  {
    name: 'outlook',
    channel: 'email',
    hosts: 'outlook.live.com outlook.office.com outlook.office365.com mail.live.com',
  },
  { name: 'yahoo mail', channel: 'email', hosts: 'mail.yahoo.com mail.yahoo.co.jp' },
  { name: 'icloud mail', channel: 'email', hosts: 'icloud.com' },
  { name: 'proton mail', channel: 'email', hosts: 'mail.proton.me' },
  { name: 'gmx', channel: 'email', hosts: 'gmx.* deref-gmx.*' },
  { name: 'web.de', channel: 'email', hosts: 'web.de' },
  { name: 'abv.bg', channel: 'email', hosts: 'abv.bg' },
  { name: 'mail.bg', channel: 'email', hosts: 'mail.bg' },
  { name: 'mail.ru mail', channel: 'email', hosts: 'e.mail.ru' },
  { name: 'yandex mail', channel: 'email', hosts: 'mail.yandex.ru mail.yandex.com' },
  { name: 'wp poczta', channel: 'email', hosts: 'poczta.wp.pl profil.wp.pl' },
  { name: 'onet poczta', channel: 'email', hosts: 'poczta.onet.pl' },
  {
    name: 'newsletter',
    channel: 'email',
    hosts: '',
    aliases: 'newsletter email e-mail mailchimp sendgrid brevo',
  },

  {
    name: 'chatgpt',
    channel: 'ai_assistant',
    hosts: 'chatgpt.com chat.openai.com',
    aliases: 'chatgpt.com openai',
  },
  { name: 'claude', channel: 'ai_assistant', hosts: 'claude.ai' },
  { name: 'perplexity', channel: 'ai_assistant', hosts: 'perplexity.ai' },
  { name: 'gemini', channel: 'ai_assistant', hosts: 'gemini.google.com bard.google.com' },
  { name: 'copilot', channel: 'ai_assistant', hosts: 'copilot.microsoft.com copilot.cloud.microsoft' },
  { name: 'deepseek', channel: 'ai_assistant', hosts: 'chat.deepseek.com' },
  { name: 'grok', channel: 'ai_assistant', hosts: 'grok.com x.ai' },
  { name: 'mistral', channel: 'ai_assistant', hosts: 'chat.mistral.ai' },
  { name: 'poe', channel: 'ai_assistant', hosts: 'poe.com' },
  { name: 'you.com', channel: 'ai_assistant', hosts: 'you.com' },
  { name: 'meta ai', channel: 'ai_assistant', hosts: 'meta.ai' },

  {
    name: 'google',
    channel: 'organic_search',
    hosts: 'google.* com.google.android.googlequicksearchbox',
    aliases: 'adwords googleads google-ads google_ads',
  },
  { name: 'bing', channel: 'organic_search', hosts: 'bing.com', aliases: 'bingads bing-ads microsoft' },
  { name: 'yahoo', channel: 'organic_search', hosts: 'search.yahoo.com search.yahoo.co.jp yahoo.*' },
  { name: 'duckduckgo', channel: 'organic_search', hosts: 'duckduckgo.com', aliases: 'ddg' },
  { name: 'ecosia', channel: 'organic_search', hosts: 'ecosia.org' },
  { name: 'qwant', channel: 'organic_search', hosts: 'qwant.com' },
  { name: 'startpage', channel: 'organic_search', hosts: 'startpage.com' },
  { name: 'brave', channel: 'organic_search', hosts: 'search.brave.com' },
  { name: 'kagi', channel: 'organic_search', hosts: 'kagi.com' },
  { name: 'swisscows', channel: 'organic_search', hosts: 'swisscows.com' },
  { name: 'yandex', channel: 'organic_search', hosts: 'yandex.* ya.ru' },
  { name: 'mail.ru', channel: 'organic_search', hosts: 'go.mail.ru' },
  { name: 'rambler', channel: 'organic_search', hosts: 'nova.rambler.ru' },
  { name: 'seznam', channel: 'organic_search', hosts: 'seznam.cz' },
  { name: 'baidu', channel: 'organic_search', hosts: 'baidu.com' },
  { name: 'sogou', channel: 'organic_search', hosts: 'sogou.com' },
  { name: 'so.com', channel: 'organic_search', hosts: 'so.com' },
  { name: 'naver', channel: 'organic_search', hosts: 'naver.com' },
  { name: 'daum', channel: 'organic_search', hosts: 'search.daum.net' },
  { name: 'aol', channel: 'organic_search', hosts: 'search.aol.com' },
  { name: 'ask', channel: 'organic_search', hosts: 'ask.com' },
  { name: 'mojeek', channel: 'organic_search', hosts: 'mojeek.com' },
  { name: 'onet', channel: 'organic_search', hosts: 'szukaj.onet.pl' },
  { name: 'walla', channel: 'organic_search', hosts: 'search.walla.co.il' },

  {
    name: 'facebook',
    channel: 'organic_social',
    hosts: 'facebook.com fb.com fb.me com.facebook.katana messenger.com',
    aliases: 'fb facebook-ads meta',
  },
  {
    name: 'instagram',
    channel: 'organic_social',
    hosts: 'instagram.com com.instagram.android',
    aliases: 'ig',
  },
  { name: 'threads', channel: 'organic_social', hosts: 'threads.net threads.com' },
  {
    name: 'linkedin',
    channel: 'organic_social',
    hosts: 'linkedin.com lnkd.in com.linkedin.android',
    aliases: 'li linkedin-ads',
  },
  {
    name: 'x',
    channel: 'organic_social',
    hosts: 'x.com twitter.com t.co com.twitter.android',
    aliases: 'twitter',
  },
  { name: 'youtube', channel: 'organic_social', hosts: 'youtube.com youtu.be', aliases: 'yt' },
  { name: 'tiktok', channel: 'organic_social', hosts: 'tiktok.com' },
  { name: 'pinterest', channel: 'organic_social', hosts: 'pinterest.* pin.it' },
  { name: 'reddit', channel: 'organic_social', hosts: 'reddit.com out.reddit.com com.reddit.frontpage' },
  { name: 'quora', channel: 'organic_social', hosts: 'quora.com' },
  { name: 'snapchat', channel: 'organic_social', hosts: 'snapchat.com' },
  {
    name: 'telegram',
    channel: 'organic_social',
    hosts: 't.me telegram.org web.telegram.org org.telegram.messenger',
    aliases: 'tg',
  },
  { name: 'whatsapp', channel: 'organic_social', hosts: 'whatsapp.com wa.me com.whatsapp' },
  { name: 'viber', channel: 'organic_social', hosts: 'viber.com' },
  { name: 'discord', channel: 'organic_social', hosts: 'discord.com' },
  { name: 'vk', channel: 'organic_social', hosts: 'vk.com vk.ru vkontakte.ru' },
  { name: 'odnoklassniki', channel: 'organic_social', hosts: 'ok.ru odnoklassniki.ru' },
  { name: 'xing', channel: 'organic_social', hosts: 'xing.com' },
  { name: 'bluesky', channel: 'organic_social', hosts: 'bsky.app go.bsky.app' },
  { name: 'mastodon', channel: 'organic_social', hosts: 'mastodon.social mastodon.online' },
  { name: 'tumblr', channel: 'organic_social', hosts: 'tumblr.com' },
  { name: 'vimeo', channel: 'organic_social', hosts: 'vimeo.com' },
  { name: 'hacker news', channel: 'organic_social', hosts: 'news.ycombinator.com', aliases: 'hackernews hn' },
  { name: 'wykop', channel: 'organic_social', hosts: 'wykop.pl' },
]

/**
 * Click ids by the query parameter that carries them. fbclid and others that links shared freely carry too say only where
 * from, so they are given as organic.
 */
export const CLICK_IDS: Readonly<Record<string, { readonly channel: Channel; readonly source: string }>> = {
  gclid: { channel: 'paid_search', source: 'google' },
  gbraid: { channel: 'paid_search', source: 'google' },
  wbraid: { channel: 'paid_search', source: 'google' },
  dclid: { channel: 'display', source: 'google' },
  msclkid: { channel: 'paid_search', source: 'bing' },
  yclid: { channel: 'paid_search', source: 'yandex' },
  ttclid: { channel: 'paid_social', source: 'tiktok' },
  twclid: { channel: 'paid_social', source: 'x' },
  li_fat_id: { channel: 'paid_social', source: 'linkedin' },
  rdt_cid: { channel: 'paid_social', source: 'reddit' },
  epik: { channel: 'paid_social', source: 'pinterest' },
  ScCid: { channel: 'paid_social', source: 'snapchat' },
  fbclid: { channel: 'organic_social', source: 'facebook' },
  igshid: { channel: 'organic_social', source: 'instagram' },
  mc_eid: { channel: 'email', source: 'mailchimp' },
  _hsenc: { channel: 'email', source: 'hubspot' },
  mkt_tok: { channel: 'email', source: 'marketo' },
}

/** What utm_medium says. `paid` is search or social by the source. */
export type Medium =
  | 'paid'
  | 'paid_search'
  | 'paid_social'
  | 'display'
  | 'email'
  | 'affiliate'
  | 'social'
  | 'search'
  | 'referral'

export const MEDIUMS: readonly { readonly medium: Medium; readonly names: string }[] = [
  { medium: 'paid_search', names: 'sem paidsearch paid_search paid-search search_ads' },
  { medium: 'paid_social', names: 'paidsocial paid_social paid-social social_paid social-paid social_ads' },
  { medium: 'paid', names: 'cpc ppc cpv cpa cpl paid ads ad retargeting remarketing paid_media adwords' },
  { medium: 'display', names: 'display banner banners cpm expandable interstitial programmatic native' },
  { medium: 'email', names: 'email e-mail e_mail newsletter news mail mailing edm drip' },
  { medium: 'affiliate', names: 'affiliate affiliates affiliation' },
  {
    medium: 'social',
    names: 'social social-network social-media social_media social_network sm smm post organic_social story',
  },
  { medium: 'search', names: 'organic seo organic_search' },
  { medium: 'referral', names: 'referral link partner app' },
]
