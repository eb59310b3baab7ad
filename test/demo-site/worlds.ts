import type { World } from './fake-collector.ts'

/** A visitor's story in three states, in the shapes of the API. */

const START = Date.parse('2026-03-02T14:02:00Z')
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString()

const page = (path: string, title: string, category: string | null) => ({
  url: `https://quartermark.example${path}`,
  path,
  title: `${title} · Quartermark`,
  category,
  referrer: null,
})

const event = (id: string, type: string, seconds: number, more: Record<string, unknown> = {}) => ({
  id,
  site: 'demo',
  type,
  visitor: 'visitor-0001',
  lead: 'person-1',
  session: 'session-0001',
  occurredAt: at(seconds),
  receivedAt: at(seconds),
  page: null,
  props: {},
  traits: {},
  traffic: { kind: 'human', evidence: null },
  ...more,
})

const reason = (rule: string, points: number, count: number, events: string[] = [], capped = 0) => ({
  rule,
  points,
  earned: points * count,
  capped,
  decayed: points * count - capped,
  count,
  events,
})

export const viewed = event('e1', 'page_view', 0, { page: page('/pricing', 'Pricing', 'pricing') })
const attended = event('e2', 'engagement', 12, { props: { view: 'e1', engagedMs: 12_400, scrollPct: 60 } })
const subscribed = event('e3', 'form_submit', 31, {
  page: page('/newsletter', 'Newsletter', null),
  props: { form: { id: 'newsletter' }, fields: [] },
  traits: { email: 'mira.petrova@northlight-software.example' },
})
const downloaded = event('e4', 'download', 58, {
  page: page('/resources', 'Guides and checklists', null),
  props: { url: '/assets/10-strategies-guide.pdf', file: '10-strategies-guide.pdf' },
})
const again = event('e5', 'page_view', 74, { page: page('/pricing', 'Pricing', 'pricing') })
const wrote = event('e6', 'form_submit', 120, {
  page: page('/contact', 'Contact', 'contact'),
  props: { form: { id: 'contact' }, fields: [] },
  traits: { fullName: 'Mira Petrova', jobTitle: 'Head of Marketing', industry: 'it', companySize: '50-200' },
})
const asked = event('e7', 'form_submit', 163, {
  page: page('/demo', 'Book a demo', 'demo'),
  props: { form: { id: 'demo-request' }, fields: [] },
  traits: { phone: '+35925550142' },
})

const lead = (more: Record<string, unknown>) => ({
  id: 'person-1',
  site: 'demo',
  stage: 'lead',
  email: 'mira.petrova@northlight-software.example',
  name: null,
  traits: {},
  account: null,
  fit: { score: 0, grade: 'D', matched: [], mismatched: [], unknown: ['marketing-head', 'it-company'] },
  engagement: { score: 0, asOf: at(0) },
  mql: { since: null, until: null, reasons: [], missing: [] },
  handoffs: [],
  ...more,
})

/** Page metrics, as many as wanted, later than everything in these stories. */
export const measured = (count: number) =>
  Array.from({ length: count }, (_, index) => event(`m${index}`, 'web_vital', 1000 - index))

export const EMPTY: World = { events: [], lead: null, score: null }

const growingReasons = [
  reason('pricing', 10, 2, ['e2', 'e5']),
  reason('guide', 15, 1, ['e4']),
  reason('newsletter', 5, 1, ['e3']),
]

export const GROWING: World = {
  events: [again, downloaded, subscribed, attended, viewed],
  lead: lead({
    engagement: { score: 40, asOf: at(74) },
    mql: {
      since: null,
      until: null,
      reasons: [],
      missing: [
        {
          condition: { fit: { from: 40 } },
          text: 'Fit is 0 and must be 40: job title and industry are not known',
        },
        { condition: { known: ['company'] }, text: 'The company is not known' },
      ],
    },
  }),
  score: { asOf: at(74), fit: { score: 0, reasons: [] }, engagement: { score: 40, reasons: growingReasons } },
}

const fitReasons = [reason('marketing-head', 25, 1), reason('it-company', 20, 1), reason('right-size', 20, 1)]
const fullReasons = [
  reason('demo', 50, 1, ['e7']),
  reason('pricing', 10, 4, ['e2', 'e5'], 10),
  reason('guide', 15, 1, ['e4']),
  reason('newsletter', 5, 1, ['e3']),
  reason('careers', -10, 1),
]

export const QUALIFIED: World = {
  events: [asked, wrote, again, downloaded, subscribed, attended, viewed],
  lead: lead({
    stage: 'mql',
    name: 'Mira Petrova',
    traits: {
      jobTitle: { value: 'Head of Marketing', source: 'form', at: at(120) },
      company: { value: 'Northlight Software', source: 'form', at: at(120) },
    },
    fit: {
      score: 65,
      grade: 'B',
      matched: ['marketing-head', 'it-company', 'right-size'],
      mismatched: [],
      unknown: [],
    },
    engagement: { score: 90, asOf: at(163) },
    mql: { since: at(163), until: null, reasons: [], missing: [] },
    handoffs: [
      {
        id: 'h1',
        at: at(164),
        status: 'told',
        reasons: [
          ...fullReasons.map(r => ({ ...r, axis: 'engagement' })),
          ...fitReasons.map(r => ({ ...r, axis: 'fit' })),
        ],
        fit: { score: 65, grade: 'B' },
        engagement: { score: 90 },
      },
    ],
  }),
  score: {
    asOf: at(163),
    fit: { score: 65, reasons: fitReasons },
    engagement: { score: 90, reasons: fullReasons },
  },
}
