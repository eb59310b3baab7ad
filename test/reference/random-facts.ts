import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { decision, engagement, eventId, fact, form, pageView } from '../support/facts.ts'
import { leadId } from '../support/history.ts'
import type { Deed } from './random-deeds.ts'

/** What three browsers, sometimes shared, send of four people, and what sales decides about them. */

const EMAILS = ['ann@acme.example', 'bob@gmail.com', 'cat@rival.example', 'dan@mailinator.com']
const PATHS = ['/pricing', '/pricing/teams?utm_source=ads', '/customers/one', '/careers', '/blog/news', '/']
const TITLES = ['Prices', '', 'Our price list']
const FILES = ['big-guide.pdf', 'checklist.pdf', 'price-list.pdf']
const FORMS = ['newsletter', 'demo-request', 'contact']
const TOPICS = ['CRM', 'sales']
const ENGAGED_S = [3, 5, 12, 31, 45, 70]
const TRAITS: readonly Readonly<Record<string, string>>[] = [
  {},
  { industry: 'IT' },
  { industry: 'Retail', companySize: '100' },
  { companySize: '5' },
  { companySize: 'many', jobTitle: 'Developer' },
  { jobTitle: 'Head of Marketing' },
  { jobTitle: 'Intern' },
  { company: 'Rival Ltd', jobTitle: 'Sales Director' },
  { message: 'We want to rebrand.' },
  { phone: '+359 88 123 4567' },
]
const DECIDED = [
  'sal',
  'mql',
  'nurturing',
  'nurturing',
  'nurturing',
  'lead',
  'sales_qualified',
  'disqualified',
]
const REASONS = ['not_ready', 'no_budget', 'wrong']
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

/** Ids do not ascend with the order of happening, so that chance decides ties. */
const idAt = (place: number): string => eventId(((place + 1) * 7919) % 10_007)

function sent({ visitor, odd }: Deed, at: number, place: number): Partial<Fact> {
  return {
    id: idAt(place),
    visitor: `visitor-${visitor}`,
    subject: `visitor-${visitor}`,
    session: odd === 'no_session' ? null : `session-${visitor}-${Math.floor(at / (6 * HOUR_MS))}`,
    ip: visitor === 2 ? '203.0.113.0' : '198.51.100.0',
    userAgent: odd === 'bot' ? GOOGLEBOT : null,
    tooLate: odd === 'too_late',
    noted: null,
    ...(odd === 'import' ? { origin: 'server', receivedAt: at + 3 * DAY_MS } : {}),
  }
}

function pick<T>(items: readonly T[], choice: number): T {
  const [picked] = items.slice(choice % items.length)
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

/**
 * The fact of a deed, or none: a report without a view.
 * @param views the page views that it may report on, one of the last two
 */
export function factsOf(done: Deed, at: number, place: number, views: readonly Fact[]): readonly Fact[] {
  const { kind, choice, other } = done
  const given = sent(done, at, place)
  const email = pick(EMAILS, done.odd === 'other_name' ? other : done.visitor)
  const traits = pick(TRAITS, other)
  const make = (type: string, props: Fact['props']) => fact({ type, occurredAt: at, props, ...given })
  switch (kind) {
    case 'view':
      return [titled(pageView(at, pick(PATHS, choice), given), pick(TITLES, other))]
    case 'report':
      return views
        .slice(-2)
        .slice(choice % 2, (choice % 2) + 1)
        .map(view => report(view, done, at, given))
    case 'download':
      return [make('download', { file: pick(FILES, choice) })]
    case 'form':
      return [form(at, pick(FORMS, choice), contactIn(traits, email, choice), given)]
    case 'identify':
      return [make('identify', { email, traits: { ...traits, team: choice % 9 } })]
    case 'webinar':
      return [make('webinar', { topic: pick(TOPICS, choice), minutes: other % 40 })]
    case 'decision':
      return [decision(at, leadId(email), pick(DECIDED, choice), pick(REASONS, other), { id: idAt(place) })]
    default:
      return [make(kind, {})]
  }
}

const titled = (view: Fact, title: string): Fact =>
  title !== '' && view.page ? { ...view, page: { ...view.page, title } } : view

/** A form without contact data, with a phone alone, or with all that is known. */
function contactIn(
  traits: Readonly<Record<string, string>>,
  email: string,
  choice: number,
): Record<string, string> {
  if (choice % 5 === 0) return {}
  return traits.phone !== undefined && choice % 2 === 0 ? { phone: traits.phone } : { email, ...traits }
}

function report(view: Fact, { choice, other }: Deed, at: number, given: Partial<Fact>): Fact {
  const { visitor, subject } = view
  const made = engagement(at, view, pick(ENGAGED_S, other) * SECOND_MS, { ...given, visitor, subject })
  return { ...made, props: { ...made.props, scrollPct: choice % 101 } }
}
