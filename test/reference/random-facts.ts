import type { Fact } from '../../collector/contracts/facts.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { decision, engagement, fact, form, pageView, wordOn } from '../support/facts.ts'
import { reclassified } from '../support/proofs.ts'
import type { Deed } from './random-deeds.ts'
import { click, leadOf, otherLeadOf, spree, userFact } from './random-proofs.ts'
import { emailOf, idAt, PATHS, PHONE, pick, sent } from './random-values.ts'

/** What three browsers, sometimes shared, send of four people, and what sales decides about them. */

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
  { company: 'Acme', lastName: 'Novák' },
  { message: 'We want to rebrand.' },
  { phone: PHONE },
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
/** When several links of a message are followed: by a scanner, or by somebody in a hurry. */
const CLICKS_MS = [
  [0, 400, SECOND_MS],
  [0, 400, SECOND_MS + 1],
  [0, SECOND_MS],
  [0, SECOND_MS + 1],
  [0, 5 * SECOND_MS, 10 * SECOND_MS],
  [0, 5 * SECOND_MS, 10 * SECOND_MS + 1],
  [0, 9 * SECOND_MS, 18 * SECOND_MS],
]
const SAID = ['bot', 'human', 'internal', 'auto', 'auto']

/**
 * The fact of a deed, or none: a report without a view.
 * @param views the page views that it may report on, one of the last two
 */
export function factsOf(done: Deed, at: number, place: number, views: readonly Fact[]): readonly Fact[] {
  const { kind, choice, other } = done
  const given = sent(done, at, place)
  const email = emailOf(done)
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
      return [decision(at, leadOf(done), pick(DECIDED, choice), pick(REASONS, other), { id: idAt(place) })]
    case 'click':
      return [click(done, at, place, email, 0)]
    case 'clicks':
      return pick(CLICKS_MS, other).map((ms, i) => click(done, at + ms, place + i, email, i))
    case 'user':
      return [userFact(done, at, email, idAt(place))]
    case 'callback':
      return [form(at, 'callback', choice % 2 === 0 ? { phone: PHONE } : { email, phone: PHONE }, given)]
    case 'merge':
    case 'unmerge':
      return [wordOn(at, kind, [leadOf(done), otherLeadOf(done)], { id: idAt(place) })]
    case 'reclassify':
      return [
        {
          ...reclassified(at, `visitor-${done.visitor}`, 'auto', { id: idAt(place) }),
          props: { kind: pick(SAID, other) },
        },
      ]
    case 'spree':
      return spree(done, at, place)
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
  const { visitor, subject, noted } = view
  const sender = { ...given, visitor, subject, noted: noted?.test ? noted : null }
  const made = engagement(at, view, pick(ENGAGED_S, other) * SECOND_MS, sender)
  return { ...made, props: { ...made.props, scrollPct: choice % 101 } }
}
