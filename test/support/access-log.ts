import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { type Random, randomFrom } from './random.ts'

/** An access log as a small company's server writes one: people, robots, what belongs to pages, and doors rattled. */
export interface LogStory {
  /** lines in order of time, in the combined format */
  readonly lines: readonly string[]
  /** what a careful reader finds in it */
  readonly people: { readonly visitors: number; readonly sessions: number; readonly pageViews: number }
  readonly downloads: number
  /** page views of programs, by what they call themselves */
  readonly robots: Readonly<Record<string, number>>
}

/** Wednesday, in the zone of the log. */
export const LOG_DAY = Date.UTC(2026, 2, 4)

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36 Edg/133.0.0.0',
] as const

export const ROBOTS = {
  Googlebot:
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/133.0.0.0 Safari/537.36',
  GPTBot:
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot',
  Slackbot: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  curl: 'curl/8.5.0',
} as const

const PAGES = ['/', '/pricing', '/cases/logistics', '/blog/node.js-tips?page=2', '/contact', '/цени'] as const
const ASSETS: readonly string[] = [
  '/assets/app.css',
  '/assets/app.js?v=3',
  '/img/hero.webp',
  '/fonts/inter.woff2',
]
const SOURCES = [
  '-',
  '-',
  'https://www.google.com/',
  'https://www.linkedin.com/feed/',
  'https://chatgpt.com/',
] as const

interface Hit {
  readonly at: number
  readonly address: string
  readonly agent: string
  readonly target: string
  readonly status?: number
  readonly referrer?: string
  readonly method?: string
}

/** The same story for the same seed, some 300 lines for 20 people. */
export function accessLog(seed: number, people = 20, days = 1): LogStory {
  const random = randomFrom(seed)
  const hits: Hit[] = []
  const counts = { visitors: 0, sessions: 0, pageViews: 0 }
  let downloads = 0
  for (let person = 0; person < people; person += 1) {
    const visit = visitOf(random, person, days)
    hits.push(...visit.hits)
    counts.visitors += 1
    counts.sessions += visit.sessions
    counts.pageViews += visit.pageViews
    downloads += visit.downloads
  }
  const robots = Object.fromEntries(
    Object.entries(ROBOTS).map(([name, agent], index) => {
      const visit = crawlOf(random, { agent, address: `66.249.${index + 1}.7`, pages: 3 + people / 10, days })
      hits.push(...visit)
      return [
        name,
        visit.filter(({ target, status }) => status === undefined && target !== '/robots.txt').length,
      ]
    }),
  )
  hits.push(...rattledDoors(random, days))
  const lines = hits.sort((a, b) => a.at - b.at).map(combinedLine)
  return { lines, people: counts, downloads, robots }
}

/** One or two sittings of a person on one day, between eight and twenty. */
function visitOf(random: Random, person: number, days: number) {
  const agent = random.pick(BROWSERS)
  const isOnSix = person % 9 === 0
  const address = isOnSix ? `2a01:5a8:302:${person.toString(16)}::${random.whole(1, 99)}` : addressOf(person)
  const day = LOG_DAY + random.whole(0, days - 1) * DAY_MS
  const sittings = Array.from({ length: random.chance(0.25) ? 2 : 1 }, (_, session) => {
    const at = day + (8 + session * 6) * 60 * MINUTE_MS + random.whole(0, 240) * MINUTE_MS
    return sittingOf(random, { at, address, agent })
  })
  const hits = sittings.flat()
  const downloads = hits.filter(({ target }) => target.endsWith('.pdf')).length
  const pageViews = hits.filter(({ target }) => !ASSETS.includes(target)).length - downloads
  return { hits, sessions: sittings.length, pageViews, downloads }
}

function sittingOf(
  random: Random,
  { at: startsAt, ...who }: Pick<Hit, 'at' | 'address' | 'agent'>,
): readonly Hit[] {
  const hits: Hit[] = []
  let at = startsAt
  let referrer: string = random.pick(SOURCES)
  for (let views = random.whole(1, 5); views > 0; views -= 1) {
    const target = encodeURI(random.pick(PAGES))
    hits.push({ ...who, at, target, referrer, status: random.chance(0.15) ? 304 : 200 })
    referrer = `https://www.acme.example${target}`
    for (const asset of ASSETS) hits.push({ ...who, at: at + SECOND_MS, target: asset, referrer })
    at += random.whole(10, 600) * SECOND_MS
  }
  if (random.chance(0.2)) hits.push({ ...who, at, target: '/downloads/buyers-guide.pdf', referrer })
  return hits
}

const addressOf = (person: number): string =>
  `${80 + (person % 9)}.${(person >> 8) % 250}.${person % 250}.${(person * 7) % 250}`

function crawlOf(
  random: Random,
  { agent, address, pages, days }: { agent: string; address: string; pages: number; days: number },
): readonly Hit[] {
  const at = () => LOG_DAY + random.whole(0, days * 24 * 60 - 1) * MINUTE_MS
  const seen = Array.from({ length: Math.floor(pages) }, (_, index) => ({
    ...{ at: at(), address, agent, target: encodeURI(PAGES[index % PAGES.length] ?? '/') },
  }))
  return [
    { at: LOG_DAY, address, agent, target: '/robots.txt' },
    ...seen,
    { at: at(), address, agent, target: '/old-page', status: 404 },
  ]
}

function rattledDoors(random: Random, days: number): readonly Hit[] {
  const agent = 'Mozilla/5.0 zgrab/0.x'
  const at = () => LOG_DAY + random.whole(0, days * 24 * 60 - 1) * MINUTE_MS
  return Array.from({ length: 4 * days }, (_, index) => [
    { at: at(), address: `45.148.10.${index % 250}`, agent, target: '/wp-login.php', status: 404 },
    { at: at(), address: `45.148.10.${index % 250}`, agent, target: '/.env', status: 403 },
    { at: at(), address: '10.0.0.5', agent: 'check', target: '/', method: 'HEAD' },
    { at: at(), address: addressOf(index), agent: BROWSERS[0], target: '/contact', method: 'POST' },
    { at: at(), address: addressOf(index), agent: BROWSERS[1], target: '/home', status: 301 },
  ]).flat()
}

const two = (number: number): string => String(number).padStart(2, '0')

/** `04/Mar/2026:10:00:00 +0200`, of an instant given as the log's own clock shows it. */
function logTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split(/[T.]/)
  const [year, month, day] = date.split('-')
  const name = new Date(at).toLocaleString('en', { month: 'short', timeZone: 'UTC' })
  return `${two(Number(day))}/${name || month}/${year}:${time} +0200`
}

export const combinedLine = ({
  at,
  address,
  agent,
  target,
  status = 200,
  referrer = '-',
  method = 'GET',
}: Hit): string =>
  `${address} - - [${logTime(at)}] "${method} ${target} HTTP/1.1" ${status} ${status === 304 ? '-' : 5120} "${referrer}" "${agent}"`
