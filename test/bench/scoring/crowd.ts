import type { Fact } from '../../../collector/contracts/facts.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

/** Leads without end, made from their number alone: each looked around, read a price and left an address. */

export const SITE = 'bench'

/** Spread over a fortnight before it. */
export const CROWD_UNTIL = Date.UTC(2026, 5, 1)

/** Ids ascend with time, as browsers make them (UUIDv7): the store's indexes are built for that. */
const idAt = (at: number, number: number): string => {
  const time = at.toString(16).padStart(12, '0')
  const tail = number.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`
}

const TITLES = ['Head of Marketing', 'Sales Director', 'Student', 'CTO', 'Marketing Manager', 'Accountant']
const INDUSTRIES = ['IT', 'Software', 'Retail', 'Banking', 'Logistics']
const PATHS = ['/', '/features', '/pricing', '/blog/ten-ways', '/customers/halden', '/integrations']

const pick = <T>(all: readonly T[], number: number): T => all[number % all.length] as T

const facts = (lead: number, at: number, given: Pick<Fact, 'type' | 'props'> & Partial<Fact>): Fact => ({
  id: idAt(at, lead),
  site: SITE,
  subject: `visitor-${lead}`,
  visitor: `visitor-${lead}`,
  session: `session-${lead}-${Math.floor(at / DAY_MS)}`,
  occurredAt: at,
  receivedAt: at + 100,
  page: { url: `https://acme.example${pick(PATHS, lead)}` },
  origin: 'browser',
  actor: null,
  ip: '192.0.2.0',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  tooLate: false,
  noted: null,
  ...given,
})

/** What a lead did before the benchmark begins: four facts. */
export function historyOf(lead: number): readonly Fact[] {
  const at = CROWD_UNTIL - 14 * DAY_MS + (lead % 10_000) * 2 * MINUTE_MS
  const view = facts(lead, at, { type: 'page_view', props: {} })
  const fields = [
    { name: 'email', type: 'email', value: `lead-${lead}@company-${lead % 5_000}.example` },
    { name: 'job-title', label: 'Job title', value: pick(TITLES, lead) },
    { name: 'industry', label: 'Industry', value: pick(INDUSTRIES, lead) },
  ]
  return [
    view,
    facts(lead, at + 20 * SECOND_MS, {
      type: 'engagement',
      props: { view: view.id, engagedMs: 20_000, scrollPct: 60 },
    }),
    facts(lead, at + 30 * SECOND_MS, {
      type: 'page_view',
      props: {},
      page: { url: 'https://acme.example/pricing' },
    }),
    facts(lead, at + 60 * SECOND_MS, {
      type: 'form_submit',
      props: { form: { id: pick(['newsletter', 'demo', 'contact'], lead) }, fields },
    }),
  ]
}

/** The next thing a lead does, later than all before. */
export const nextOf = (lead: number, at: number): Fact =>
  facts(lead, at, { type: 'page_view', props: {}, page: { url: `https://acme.example${pick(PATHS, at)}` } })
