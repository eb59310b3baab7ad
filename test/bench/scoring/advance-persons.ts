import type { Fact } from '../../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

/** Numbers in [0, 1), the same for the same seed (mulberry32, public domain). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

const EPOCH = Date.UTC(2026, 0, 12, 8)

const PATHS = [
  ['/', 10],
  ['/pricing', 6],
  ['/features', 4],
  ['/features/reports', 3],
  ['/integrations', 3],
  ['/integrations/slack', 2],
  ['/customers/acme', 3],
  ['/careers', 1],
  ['/contact', 2],
  ['/about', 2],
  ['/docs/start', 3],
  ['/bg/ceni', 1],
] as const
const POSTS = 60
const AGENTS = 40
const TITLES = ['Head of Marketing', 'Marketing Manager', 'Директор продажби', 'Software Engineer', 'Student']
const INDUSTRIES = ['IT', 'Software', 'Retail', 'Education']
const FILES = ['10-strategies-guide.pdf', 'crm-ebook.pdf', 'launch-checklist.pdf']

/** Writes the facts of one visitor, event after event. */
interface Pen {
  readonly facts: Fact[]
  readonly random: () => number
  readonly visitor: string
  readonly userAgent: string
  readonly ip: string
  at: number
  session: string
  /** query of the landing page, then none */
  query: string
}

const pick = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

const WEIGHTED = PATHS.flatMap(([path, weight]) => Array.from({ length: weight }, () => path))

let written = 0

function write(pen: Pen, type: string, props: Fact['props'], url: string): Fact {
  written += 1
  const fact: Fact = {
    id: `0190a000-0000-7000-8000-${written.toString(16).padStart(12, '0')}`,
    site: 'site',
    subject: pen.visitor,
    visitor: pen.visitor,
    session: pen.session,
    type,
    occurredAt: pen.at,
    receivedAt: pen.at + 80,
    page: { url, title: 'A page of the site', referrer: 'https://www.google.com/' },
    props,
    origin: 'browser',
    actor: null,
    ip: pen.ip,
    userAgent: pen.userAgent,
    tooLate: false,
    noted: null,
  }
  pen.facts.push(fact)
  return fact
}

function viewPage(pen: Pen): void {
  const { random } = pen
  const blog = random() < 0.25
  const path = blog ? `/blog/post-${Math.floor(random() * POSTS)}` : pick(WEIGHTED, random)
  const url = `https://www.example.com${path}${pen.query}`
  pen.query = ''
  const view = write(pen, 'page_view', {}, url)
  const reports = random() < 0.8 ? 1 + Math.floor(random() * 2) : 0
  let engagedMs = 0
  for (let report = 0; report < reports; report++) {
    const ms = Math.floor((2 + random() * 40) * SECOND_MS)
    pen.at += ms
    engagedMs += ms
    write(pen, 'engagement', { view: view.id, engagedMs, scrollPct: Math.floor(random() * 100) }, url)
  }
  pen.at += Math.floor(random() * 20 * SECOND_MS)
}

const field = (name: string, value: string) => ({ name, type: 'text', label: name, value })

function submitForm(pen: Pen, id: string, traits: Readonly<Record<string, string>>): void {
  const fields = Object.entries(traits).map(([name, value]) => field(name, value))
  write(pen, 'form_submit', { form: { id }, fields }, 'https://www.example.com/contact')
}

interface Identity {
  readonly email: string
  /** gives contact data at all */
  readonly named: boolean
}

/** Beside the pages of a visit: a download, or, of those who give contact data, a form or an identify call. */
function actOnce(pen: Pen, { email, named }: Identity): void {
  const { random } = pen
  const chance = random()
  if (chance < 0.25) {
    const file = pick(FILES, random)
    write(pen, 'download', { url: `/files/${file}`, file }, 'https://www.example.com/resources')
  }
  if (!named || chance < 0.25) return
  const about = { jobTitle: pick(TITLES, random), industry: pick(INDUSTRIES, random), company: 'Acme' }
  if (chance < 0.55) submitForm(pen, 'newsletter-footer', { email })
  else if (chance < 0.7) submitForm(pen, random() < 0.3 ? 'demo-request' : 'profile', { email, ...about })
  else if (chance < 0.8) write(pen, 'identify', { email, traits: about }, 'https://www.example.com/')
}

/**
 * What a believable visitor does: visits of some pages with their reports of engaged time over a few weeks, and between
 * them a download, a form, an identify call.
 * @param size about how many events
 * @param namedShare of visitors who give contact data sooner or later
 */
export function visitorFacts(
  index: number,
  size: number,
  random: () => number,
  namedShare: number,
): readonly Fact[] {
  const visitor = `visitor-${index}`
  const browser = 100 + (index % AGENTS)
  const pen: Pen = {
    facts: [],
    random,
    visitor,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64; rv:${browser}.0) Gecko/20100101 Firefox/${browser}.0`,
    ip: `198.51.${index % 200}.0`,
    at: EPOCH + Math.floor(random() * 7 * DAY_MS),
    session: `${visitor}-0`,
    query: random() < 0.3 ? `?utm_source=google&utm_medium=cpc&gclid=${index}` : '',
  }
  const identity = { email: `lead${index}@company${index % 5_000}.example`, named: random() < namedShare }
  for (let visits = 1; pen.facts.length < size; visits++) {
    const leaves = Math.min(size, pen.facts.length + 4 + Math.floor(random() * 10))
    while (pen.facts.length < leaves) viewPage(pen)
    actOnce(pen, identity)
    pen.session = `${visitor}-${visits}`
    pen.at += Math.floor(30 * MINUTE_MS + random() * 6 * DAY_MS + HOUR_MS)
  }
  return pen.facts
}

/** As a store would hand them out: every text a new one, whose hash nobody has worked out yet. */
export const decoded = (facts: readonly Fact[]): readonly Fact[] => JSON.parse(JSON.stringify(facts))

/** Processor time that this program has used, on all its threads. */
export const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}
