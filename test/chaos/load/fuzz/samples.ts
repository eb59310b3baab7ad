import type { EVENT_PROPS } from '../../../../shared/events.ts'
import { WIRE_VERSION } from '../../../../shared/wire.ts'
import type { Random } from '../../../support/random.ts'

export interface Saying {
  readonly random: Random
  /** epoch ms */
  readonly now: number
  readonly publicKey: string
}

/** As many browsers as a middling site sees in a day: each comes again and again. */
const VISITORS = 20_000
const PATHS = [
  '/',
  '/pricing',
  '/blog/ten-ideas',
  '/customers/halden',
  '/features',
  '/careers',
  '/цени',
] as const
const DIGITS = '0123456789abcdef'

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => DIGITS[random.whole(0, 15)]).join('')

/** A UUIDv7 that the seed and the place give, so that a body can be sent again by its number. */
const idOf = ({ random, now }: Saying): string => {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-9${hex(random, 3)}-${hex(random, 12)}`
}

type Props = (said: Saying, person: number) => Readonly<Record<string, unknown>>

const email = (person: number): string => `person-${person}@company-${person % 997}.example`
const phone = (person: number): string => `+3598881${String(person).padStart(5, '0')}`
const form = { id: 'demo-request', name: 'demo', action: '/thanks' }

const PROPS = {
  page_view: () => ({ experiment: 'b' }),
  engagement: said => ({ view: idOf(said), engagedMs: said.random.whole(0, 60_000), scrollPct: 80 }),
  download: () => ({
    url: 'https://a.example/files/10-strategies-guide.pdf',
    file: '10-strategies-guide.pdf',
  }),
  outbound_click: () => ({ url: 'https://other.example/' }),
  form_start: () => ({ form }),
  form_abandon: () => ({ form }),
  form_submit: (_, person) => ({
    form,
    fields: [
      { name: 'email', id: 'e', type: 'email', autocomplete: 'email', label: 'E-mail', value: email(person) },
      { name: 'jobTitle', placeholder: 'Your job', value: 'Head of Marketing' },
      {
        name: 'message',
        'data-goldpan-field': 'message',
        value: 'We look for a rebranding, call +359 88 812 3456.',
      },
    ],
    traps: [],
  }),
  identify: (_, person) => ({
    email: email(person),
    phone: phone(person),
    traits: { firstName: 'Mara', company: 'Acme', industry: 'IT', companySize: 120 },
  }),
  group: (_, person) => ({ group: `company-${person % 997}`, traits: { name: 'Acme', plan: 'trial' } }),
  web_vital: () => ({ name: 'LCP', value: 1234.5, rating: 'good' }),
  consent: () => ({ state: 'granted', text: 'I agree to be tracked.' }),
  decision: () => ({ to: 'sal', reason: 'accepted', note: 'called', amount: 1, currency: 'EUR' }),
  merge: () => ({ lead: 'somebody' }),
  unmerge: () => ({ lead: 'somebody' }),
  reclassify: () => ({ kind: 'bot', reason: 'seen' }),
} as const satisfies Record<keyof typeof EVENT_PROPS, Props>

/** Every type there is, and one of a site's own. */
const TYPES: readonly (readonly [type: string, props: Props])[] = [
  ...Object.entries(PROPS),
  ['search', () => ({ query: 'rebranding', results: 3 })],
]
const RESERVED = 4

function eventIn(said: Saying, person: number): Readonly<Record<string, unknown>> {
  const { random, now } = said
  // what only people may say is refused whatever is in it: seldom
  const types = random.chance(0.05)
    ? TYPES
    : TYPES.filter((_, nth) => nth < TYPES.length - RESERVED - 1 || nth === TYPES.length - 1)
  const [type, props] = types[random.whole(0, types.length - 1)] ?? ['page_view', () => ({})]
  return {
    id: idOf(said),
    type,
    at: now - random.whole(0, 60_000),
    seq: random.whole(0, 9),
    page: {
      url: `https://a.example${random.pick(PATHS)}?utm_source=news`,
      title: 'A',
      referrer: 'https://b.example/',
    },
    props: props(said, person),
  }
}

/** A sound envelope as our tag sends it, with any type of event. */
export function envelopeSample(said: Saying): Readonly<Record<string, unknown>> {
  const { random, now, publicKey } = said
  const person = random.whole(0, VISITORS - 1)
  const visitor = `visitor-${person}-of-many`
  const events = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => eventIn(said, person))
  return { v: WIRE_VERSION, site: publicKey, sentAt: now, visitor, session: `${visitor}-1`, events }
}

export const SEGMENT_CALLS = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const
type SegmentCall = (typeof SEGMENT_CALLS)[number]

/** A message as Segment's libraries send it, with all that any call has. */
function messageIn(said: Saying, call: SegmentCall): Readonly<Record<string, unknown>> {
  const { random, now } = said
  const person = random.whole(0, VISITORS - 1)
  const time = new Date(now - random.whole(0, 60_000)).toISOString()
  return {
    ...{
      type: call,
      messageId: idOf(said),
      timestamp: time,
      sentAt: time,
      anonymousId: `anonymous-${person}`,
    },
    ...{ userId: `user-${person}`, event: 'Signed Up', name: 'Home', category: 'Docs', groupId: 'acme' },
    ...{
      previousId: `anonymous-${person}`,
      properties: { url: 'https://a.example/pricing', plan: 'pro', n: 1 },
    },
    traits: { email: email(person), phone: phone(person), company: { name: 'Acme', employees: 120 } },
    context: {
      page: { url: 'https://a.example/pricing', path: '/pricing', title: 'A', referrer: '', search: '' },
      ...{
        userAgent: 'Mozilla/5.0',
        ip: '203.0.113.9',
        library: { name: 'analytics.js', version: '1.84.3' },
      },
    },
    integrations: { All: true },
  }
}

export function segmentSample(said: Saying, call: SegmentCall | 'batch'): Readonly<Record<string, unknown>> {
  if (call !== 'batch') return { ...messageIn(said, call), writeKey: said.publicKey }
  const batch = Array.from({ length: said.random.whole(1, 3) }, () =>
    messageIn(said, said.random.pick(SEGMENT_CALLS)),
  )
  return {
    batch,
    writeKey: said.publicKey,
    sentAt: new Date(said.now).toISOString(),
    context: { locale: 'bg' },
  }
}
