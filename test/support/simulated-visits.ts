import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { download, engagement, form, pageView } from './facts.ts'
import type { Persona, PersonaKind, Writing } from './simulated-persona.ts'

const PERSON = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const BOT = 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)'

interface Habit {
  /** mean numbers: of visits, and of views in one beside the first */
  readonly visits: number
  readonly views: number
  /** chances in one visit: the price, a download, the newsletter, asking for a demo or a call, careers */
  readonly price: number
  readonly fetch: number
  readonly sign: number
  readonly ask: number
  readonly jobs: number
}

/** What people do, by what they are after and how much they want it. */
const HABITS: Readonly<Record<PersonaKind, (intent: number) => Habit>> = {
  bot: () => ({ visits: 3, views: 6, price: 0.3, fetch: 0.2, sign: 0, ask: 0, jobs: 0.1 }),
  sand: () => ({ visits: 0.3, views: 0.8, price: 0.06, fetch: 0.01, sign: 0.004, ask: 0.001, jobs: 0.02 }),
  reader: z => ({ visits: 6, views: 2, price: 0.05 + z * 0.3, fetch: 0.12, sign: 0.2, ask: 0.003, jobs: 0 }),
  student: () => ({ visits: 4, views: 3, price: 0.35, fetch: 0.4, sign: 0.3, ask: 0.03, jobs: 0.1 }),
  competitor: () => ({ visits: 5, views: 3, price: 0.8, fetch: 0.3, sign: 0.1, ask: 0.1, jobs: 0.1 }),
  job_seeker: () => ({ visits: 2, views: 2, price: 0.1, fetch: 0.05, sign: 0.05, ask: 0.01, jobs: 0.9 }),
  buyer: z => ({
    visits: 2 + 5 * z,
    views: 2,
    price: 0.15 + 0.6 * z,
    fetch: 0.2,
    sign: 0.25,
    ask: 0.02 + 0.1 * z,
    jobs: 0.01,
  }),
}

const PAGES = [
  '/',
  '/blog/ten-ideas',
  '/features',
  '/integrations/crm',
  '/customers/halden',
  '/about',
] as const
const MOST_VISITS = 60

/** Everything one browser sends, in order of occurrence. */
export function visitsOf(persona: Persona, startsAt: number, write: Writing): readonly Fact[] {
  const { random } = write
  const habit = HABITS[persona.kind](persona.intent)
  const visits = Math.min(MOST_VISITS, 1 + Math.floor(random.wait(habit.visits)))
  const facts: Fact[] = []
  let at = startsAt
  for (let visit = 0; visit < visits; visit += 1) {
    facts.push(...visitOf(persona, habit, { at, name: `${write.visitor}-${visit}` }, write))
    at = (facts.at(-1)?.occurredAt ?? at) + Math.floor(HOUR_MS + random.wait(6 * DAY_MS))
  }
  return facts
}

function visitOf(
  persona: Persona,
  habit: Habit,
  visit: { readonly at: number; readonly name: string },
  { random, nextId, visitor, site }: Writing,
): readonly Fact[] {
  const userAgent = persona.kind === 'bot' ? BOT : PERSON
  const facts: Fact[] = []
  let clock = visit.at
  const given = () => ({ site, visitor, subject: visitor, session: visit.name, userAgent, id: nextId() })
  const pass = (ms: number): number => {
    clock += Math.floor(ms)
    return clock
  }
  const view = (path: string): void => {
    const seen = pageView(pass(SECOND_MS + random.wait(MINUTE_MS)), path, given())
    const engagedMs = Math.floor(random.wait(path === '/pricing' ? 40_000 : 20_000))
    facts.push(seen)
    if (persona.kind !== 'bot') facts.push(engagement(pass(engagedMs), seen, engagedMs, given()))
  }
  const paths = Array.from({ length: 1 + Math.floor(random.wait(habit.views)) }, () => random.pick(PAGES))
  for (const path of paths) view(path)
  if (random.chance(habit.jobs)) view('/careers')
  if (random.chance(habit.price)) view('/pricing')
  if (random.chance(habit.fetch)) {
    facts.push(download(pass(SECOND_MS), random.pick(['10-strategies-guide.pdf', 'checklist.pdf']), given()))
  }
  if (random.chance(habit.sign)) {
    const more = random.chance(0.5) ? persona.traits : {}
    facts.push(form(pass(MINUTE_MS), 'newsletter', { email: persona.email, ...more }, given()))
  }
  if (random.chance(habit.ask)) {
    const traits = { email: persona.email, ...persona.traits }
    facts.push(form(pass(MINUTE_MS), random.pick(['demo-request', 'contact']), traits, given()))
  }
  return facts
}
