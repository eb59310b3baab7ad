import type { ClickId } from '../../../shared/click-ids.ts'
import type { Channel } from '../../contracts/evidence.ts'

export interface Medium {
  /** where nothing else says it */
  readonly channel: Channel
  /**
   * how the source, when it is known, decides: `paid`, what its visitors are when they are paid for; `free`, what they
   * are anyway
   */
  readonly bySource?: 'paid' | 'free'
  /** lower case, words joined by a hyphen */
  readonly names: string
}

/** What utm_medium says. A value of several words that is not listed is what the first of these says it is. */
export const MEDIUMS: readonly Medium[] = [
  { channel: 'paid_search', names: 'sem paid-search paidsearch search-ads search-ad ppc-search cpc-search' },
  {
    channel: 'paid_social',
    names: 'paid-social paidsocial social-paid social-ads social-ad social-cpc cpc-social',
  },
  { channel: 'paid_search', bySource: 'paid', names: 'cpc ppc adwords' },
  { channel: 'display', bySource: 'paid', names: 'retargeting remarketing cpm cpv programmatic' },
  {
    channel: 'other',
    bySource: 'paid',
    names: 'paid ads ad advert advertising cpa cpl paid-media paid-video sponsored',
  },
  { channel: 'display', names: 'display banner banners expandable interstitial native gdn' },
  {
    channel: 'email',
    names: 'email e-mail emails newsletter newsletters news mail mailing edm drip nurture',
  },
  { channel: 'affiliate', names: 'affiliate affiliates affiliation' },
  {
    channel: 'organic_social',
    names:
      'social social-network social-media sm smm post posts organic-social story stories bio video organic-video',
  },
  { channel: 'organic_search', bySource: 'free', names: 'organic seo organic-search' },
  { channel: 'referral', bySource: 'free', names: 'referral referrer link partner partners app' },
]

/** What a source's visitors are when somebody pays for them; a channel that is not here stays what the medium says. */
export const PAID: Readonly<Partial<Record<Channel, Channel>>> = {
  organic_search: 'paid_search',
  organic_social: 'paid_social',
  display: 'display',
  affiliate: 'affiliate',
}

/** Sources that say themselves that they are paid for: `facebook-ads`, `bingads`. The first group is the place. */
export const AD_SOURCE = /^(.+?)-?(?:ads?|adwords|cpc|ppc|paid)$/
export const AD_NAMES: ReadonlySet<string> = new Set(['adwords'])

/**
 * Click ids by the query parameter that carries them. fbclid and others that links shared freely carry too say only where
 * from, so they are given as organic.
 */
export const CLICK_IDS: Readonly<Record<ClickId, { readonly channel: Channel; readonly source: string }>> = {
  gclid: { channel: 'paid_search', source: 'google' },
  gbraid: { channel: 'paid_search', source: 'google' },
  wbraid: { channel: 'paid_search', source: 'google' },
  dclid: { channel: 'display', source: 'google' },
  gad_source: { channel: 'paid_search', source: 'google' },
  msclkid: { channel: 'paid_search', source: 'bing' },
  yclid: { channel: 'paid_search', source: 'yandex' },
  ttclid: { channel: 'paid_social', source: 'tiktok' },
  twclid: { channel: 'paid_social', source: 'x' },
  li_fat_id: { channel: 'paid_social', source: 'linkedin' },
  rdt_cid: { channel: 'paid_social', source: 'reddit' },
  qclid: { channel: 'paid_social', source: 'quora' },
  epik: { channel: 'paid_social', source: 'pinterest' },
  ScCid: { channel: 'paid_social', source: 'snapchat' },
  tblci: { channel: 'display', source: 'taboola' },
  dicbo: { channel: 'display', source: 'outbrain' },
  obclid: { channel: 'display', source: 'outbrain' },
  awc: { channel: 'affiliate', source: 'awin' },
  cjevent: { channel: 'affiliate', source: 'cj' },
  irclickid: { channel: 'affiliate', source: 'impact' },
  fbclid: { channel: 'organic_social', source: 'facebook' },
  igshid: { channel: 'organic_social', source: 'instagram' },
  igsh: { channel: 'organic_social', source: 'instagram' },
  ysclid: { channel: 'organic_search', source: 'yandex' },
  srsltid: { channel: 'organic_search', source: 'google' },
  mc_eid: { channel: 'email', source: 'mailchimp' },
  _hsenc: { channel: 'email', source: 'hubspot' },
  mkt_tok: { channel: 'email', source: 'marketo' },
}
