import fc from 'fast-check'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import {
  decision,
  download,
  engagement,
  eventId,
  fact,
  form,
  identify,
  NOON,
  pageView,
  wordOn,
} from '../support/facts.ts'
import { ANNA, leadId } from '../support/history.ts'
import { clicked, namedUser, reclassified } from '../support/proofs.ts'

const BORIS = 'boris@acme.example'
const WHO = { jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }

interface Cast {
  /** who sits at which browsers; what is named more often comes more often */
  readonly visitors: readonly string[]
  readonly emails: readonly string[]
  /** what people say of the two leads */
  readonly words: readonly Word[]
}

/** What not every cast does. */
type Word = 'merge' | 'unmerge' | 'click' | 'user' | 'alias' | 'asUser' | 'callback' | 'reclassify'

/** Two people, one browser of which they share. */
export const TWO_PEOPLE: Cast = {
  visitors: [...Array.from({ length: 12 }, () => 'visitor-a'), 'visitor-b', 'visitor-c'],
  emails: [...Array.from({ length: 12 }, () => ANNA), BORIS],
  words: [],
}
export const ANNA_ALONE: Cast = { visitors: ['visitor-a'], emails: [ANNA], words: [] }
/** Two people who may be one. */
export const MERGED: Cast = {
  visitors: ['visitor-a', 'visitor-b'],
  emails: [ANNA, BORIS],
  words: ['merge', 'unmerge'],
}

/** One person on several devices, by several names, and another at one of them. */
export const DEVICES: Cast = {
  visitors: ['visitor-a', 'visitor-b', 'visitor-c'],
  emails: [ANNA, BORIS],
  words: ['click', 'click', 'user', 'user', 'alias', 'asUser', 'asUser', 'callback', 'reclassify', 'merge'],
}

/** What people do over some weeks; servers report; sales decides now and then. */
const action = ({ visitors, emails, words }: Cast) =>
  fc.record({
    what: fc.constantFrom(
      ...([
        'view',
        'pricing',
        'pricing',
        'pricing',
        'report',
        'guide',
        'careers',
        'newsletter',
        'demo',
      ] as const),
      ...([
        'profile',
        'profile',
        'phone',
        'identify',
        'webinar',
        'rival',
        'decision',
        'late',
        'bot',
      ] as const),
      ...words,
    ),
    visitor: fc.constantFrom(...visitors),
    email: fc.constantFrom(...emails),
    gapMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: HOUR_MS }),
      fc.integer({ min: 0, max: 9 * DAY_MS }),
    ),
    engagedMs: fc.integer({ min: 0, max: 30_000 }),
    session: fc.constantFrom('one', 'two', 'three', null),
    to: fc.constantFrom('mql', 'sal', 'nurturing', 'nurturing', 'nurturing', 'disqualified', 'lead'),
  })
type Action = ReturnType<typeof action> extends fc.Arbitrary<infer T> ? T : never

/** One of two users of the customer's. */
const userOf = ({ session }: Action): string => (session === 'one' ? '7' : '8')

const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

function factOf(one: Action, at: number, id: string, views: ReadonlyMap<string, Fact>): Fact {
  const { email } = one
  const given = { id, visitor: one.visitor, subject: one.visitor, session: one.session }
  const last = views.get(one.visitor)
  const deeds: Readonly<Record<Action['what'], () => Fact>> = {
    view: () => pageView(at, '/?utm_source=news&utm_medium=email', given),
    pricing: () => pageView(at, '/pricing', given),
    careers: () => pageView(at, '/careers', given),
    report: () => (last ? engagement(at, last, one.engagedMs, given) : pageView(at, '/pricing', given)),
    guide: () => download(at, 'guide.pdf', given),
    newsletter: () => form(at, 'newsletter', { email, message: 'our rebranding' }, given),
    profile: () => form(at, 'profile', { email, ...WHO }, given),
    demo: () => form(at, 'demo', { email }, given),
    phone: () => form(at, 'callback', { phone: '+359 88 123 4567' }, given),
    identify: () => identify(at, email, { firstName: 'A' }, given),
    rival: () => identify(at, email, { company: 'Rival' }, { ...given, origin: 'server' }),
    webinar: () =>
      fact({
        type: 'webinar_attended',
        occurredAt: at,
        ...given,
        origin: 'server',
        receivedAt: at + 9 * DAY_MS,
      }),
    click: () => clicked(at, email, given),
    user: () => namedUser(at, '7', one.to === 'lead' ? null : email, { id }),
    alias: () =>
      pageView(at, '/', { ...given, origin: 'server', noted: { user: '7', formerUser: userOf(one) } }),
    asUser: () => identify(at, email, {}, { ...given, origin: 'server', noted: { user: userOf(one) } }),
    callback: () => form(at, 'callback', { email, phone: '+359 88 123 4567' }, given),
    reclassify: () => reclassified(at, one.visitor, one.to === 'lead' ? 'bot' : 'auto', { id }),
    merge: () => wordOn(at, 'merge', [leadId(ANNA), leadId(BORIS)], { id }),
    unmerge: () => wordOn(at, 'unmerge', [leadId(ANNA), leadId(BORIS)], { id }),
    decision: () => decision(at, leadId(email), one.to, 'not_ready', { id }),
    late: () => form(at, 'demo', { email }, { ...given, tooLate: true }),
    bot: () => pageView(at, '/pricing', { ...given, userAgent: BOT }),
  }
  return deeds[one.what]()
}

/** Facts in order of occurrence, from `NOON` on. */
function factsOf(actions: readonly Action[]): readonly Fact[] {
  const views = new Map<string, Fact>()
  let at = NOON
  return actions.map((one, index) => {
    at += one.gapMs
    const made = factOf(one, at, eventId(index), views)
    if (made.type === 'page_view') views.set(one.visitor, made)
    return made
  })
}

export const streams = (cast: Cast, maxLength: number): fc.Arbitrary<readonly Fact[]> =>
  fc.array(action(cast), { minLength: 1, maxLength, size: 'max' }).map(factsOf)
