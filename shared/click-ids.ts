/** Query parameters by which ad networks, shops and mailers mark a click. What each says: collector/enrich/lexicon/campaigns.ts. */
export const CLICK_ID_NAMES = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'gad_source',
  'msclkid',
  'yclid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'rdt_cid',
  'qclid',
  'epik',
  'ScCid',
  'tblci',
  'dicbo',
  'obclid',
  'awc',
  'cjevent',
  'irclickid',
  'fbclid',
  'igshid',
  'igsh',
  'ysclid',
  'srsltid',
  'mc_eid',
  '_hsenc',
  'mkt_tok',
] as const

export type ClickId = (typeof CLICK_ID_NAMES)[number]

/** Those whose value stands for a person: who a mail was sent to, or who shared a post. Only their name may be kept. */
export const PERSONAL_CLICK_IDS: ReadonlySet<string> = new Set<ClickId>([
  'igshid',
  'igsh',
  'mc_eid',
  '_hsenc',
  'mkt_tok',
])
