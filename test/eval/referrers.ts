import type { Channel } from '../../collector/contracts/evidence.ts'
import { ALIASES, PLACES } from '../../collector/enrich/lexicon/sources.ts'
import { campaignIn, originOf } from '../../collector/enrich/touchpoint.ts'
import { cutUrl } from '../../collector/ingest/cut-url.ts'
import { corpusRows, type Row, textOf } from './rows.ts'
import type { Section } from './section.ts'
import { accuracyLine, type Verdict, verdictLines } from './verdicts.ts'

/** What another tool calls a channel: ours, and others that are as right. */
type Ours = readonly [Channel, ...Channel[]]

/** Snowplow's and Matomo's media, and the kinds of the source cases. */
const MEDIA: Readonly<Record<string, Ours>> = {
  search: ['organic_search'],
  social: ['organic_social'],
  email: ['email'],
  ai: ['ai_assistant'],
  chatbot: ['ai_assistant'],
  direct: ['direct'],
  referral: ['referral'],
  // ad networks, by host: what was clicked there may have been a search ad, which the host does not tell
  paid: ['display', 'paid_search', 'affiliate'],
  // known hosts of no class of theirs, Google's maps and sign-in among them: returning from a sign-in is no origin with us
  unknown: ['referral', 'direct'],
}

/** Plausible's channels. */
const CHANNELS: Readonly<Record<string, Ours>> = {
  Direct: ['direct'],
  'Organic Search': ['organic_search'],
  'Paid Search': ['paid_search'],
  'Organic Social': ['organic_social'],
  'Paid Social': ['paid_social'],
  // we have no class for video: YouTube and Vimeo are social
  'Organic Video': ['organic_social'],
  'Paid Video': ['paid_social'],
  // nor for shops: who comes from one follows a link there
  'Organic Shopping': ['referral'],
  // shopping ads are bought by click, as search ads are
  'Paid Shopping': ['paid_search', 'other'],
  Display: ['display'],
  Email: ['email'],
  Affiliates: ['affiliate'],
  'AI Assistants': ['ai_assistant'],
  Referral: ['referral'],
  // paid for, and we have no class for where
  'Paid Other': ['other'],
  // no classes for messages, sound and bundles of several networks
  SMS: ['other'],
  'Mobile Push Notifications': ['other'],
  Audio: ['other'],
  'Cross-network': ['other', 'paid_search'],
}

const SITE = 'www.site.example'

/** `referrers*.ndjson`: cases of four tools, then hosts of two lists. The cases are what counts. */
export const referrers: Section = {
  name: 'referrers',
  evaluate: folder => {
    const { rows, notes } = corpusRows(folder, 'referrers', verdictOf)
    const cases = rows.filter(({ group }) => group !== HOSTS)
    const hosts = rows.filter(({ group }) => group === HOSTS)
    return [
      ...notes,
      accuracyLine('Referrers, all cases', cases),
      ...verdictLines('Referrers', [...cases, ...hosts]),
    ]
  },
}

const HOSTS = 'lists of hosts'

function verdictOf(row: Row): Verdict | null {
  if (textOf(row, 'domain')) return hostVerdict(row)
  if (textOf(row, 'channel')) return channelVerdict(row)
  if (textOf(row, 'kind') || textOf(row, 'medium')) return caseVerdict(row)
  return textOf(row, 'utm_source') ? sourceVerdict(row) : null
}

const judged = (group: string, subject: string, expected: Ours | undefined, got: Channel): Verdict | null =>
  expected ? { group, subject, expected: expected[0], alsoRight: expected.slice(1), got } : null

/** Lists write `{}` for any suffix, or any subdomain. */
function hostVerdict(row: Row): Verdict | null {
  const domain = textOf(row, 'domain').replace(/^\{\}/, 'www').replace('{}', 'com')
  return judged(HOSTS, domain, MEDIA[textOf(row, 'medium')], from('', `https://${domain}`))
}

function caseVerdict(row: Row): Verdict | null {
  const [url, referrer] = [textOf(row, 'url'), textOf(row, 'referrer')]
  const host = url ? new URL(url).hostname : SITE
  const label = textOf(row, 'kind') || textOf(row, 'medium')
  const { channel } = originOf(
    campaignIn(url ? new URL(cutUrl(url)).searchParams : new URLSearchParams()),
    referrer,
    host,
  )
  return judged(
    url || textOf(row, 'kind') ? 'source cases' : 'Snowplow',
    `${referrer} (${label})`,
    MEDIA[label],
    channel,
  )
}

function channelVerdict(row: Row): Verdict | null {
  const query = new URLSearchParams()
  for (const key of ['utm_source', 'utm_medium', 'utm_campaign'])
    if (textOf(row, key)) query.set(key, textOf(row, key))
  if (textOf(row, 'click_id')) query.set(textOf(row, 'click_id'), '1')
  const source = textOf(row, 'referrer_source')
  // a source that only repeats the tag was read from it
  const referrer = source && source !== textOf(row, 'utm_source') ? `https://${hostOf(source)}/` : null
  const expected = CHANNELS[textOf(row, 'channel')]
  return judged('Plausible', `${source} ?${query}`, expected, from(query.toString(), referrer))
}

/** Only the source is told: whether we call it by that name. */
function sourceVerdict(row: Row): Verdict {
  const tag = textOf(row, 'utm_source')
  const { source } = originOf(campaignIn(new URLSearchParams({ utm_source: tag })), null, SITE)
  return {
    group: 'source names',
    subject: tag,
    expected: textOf(row, 'source').toLowerCase(),
    got: source ?? 'none',
  }
}

const from = (query: string, referrer: string | null): Channel =>
  originOf(campaignIn(new URL(cutUrl(`https://${SITE}/?${query}`)).searchParams), referrer, SITE).channel

/** Plausible's cases give a referrer by its name: the first host of ours of that name, else one nobody knows. */
function hostOf(source: string): string {
  const name = source.toLowerCase().replace(/!$/, '')
  if (name.includes('.')) return name
  const hosts = PLACES.flatMap(({ places }) => places[ALIASES[name] ?? name] ?? [])[0]
  return hosts?.split(' ')[0]?.replace('*', 'com') ?? `${name.replace(/\W+/g, '-')}.example`
}
