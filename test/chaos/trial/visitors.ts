import { randomBytes } from 'node:crypto'
import type { FormField } from '../../../shared/events.ts'
import { randomId, uuidV7Maker } from '../../../shared/ids.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { WIRE_VERSION, type WireEvent } from '../../../shared/wire.ts'
import type { Random } from '../../support/random.ts'

/** What one browser sends at once, to be sent again with the same ids until it is answered. */
export interface Batch {
  readonly ids: readonly string[]
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** the address of whom it makes an MQL; null: it makes nobody one */
  readonly makesMql: string | null
}

/** One browser that goes its way through the site, batch after batch. */
export interface Visitor {
  /** @param now epoch ms, of the browser's clock. @returns null when it has done all it came for */
  next(now: number): Batch | null
}

/** Endlessly many visitors, each with a browser and an address of its own. */
export interface Visitors {
  come(): Visitor
  /** Somebody who looks around, asks for a demo, and looks on. */
  comeToBuy(): Visitor
}

/** A person's browser; a program's name would be taken for a robot's. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const ORIGIN = 'https://www.company.example'

/** @param run keeps the people of one run apart from those of others in the same database */
export function visitorsOf(site: string, random: Random, run = randomBytes(4).toString('hex')): Visitors {
  const nextId = uuidV7Maker(randomBytes)
  let count = 0
  const visit = (planned: Planned): Visitor => visitor({ site, nextId, address: addressOf(random), planned })
  return {
    come: () => {
      count += 1
      return visit(stepsOf(run, count, random.whole(1, count), random))
    },
    comeToBuy: () => {
      count += 1
      const email = emailOf(run, count)
      return visit({
        steps: [looks('/'), looks('/pricing'), asksForDemo(email, count), looks('/customers/halden')],
        demo: { step: 2, email },
      })
    },
  }
}

/** A step of a visit: events without what every event has. */
type Step = readonly { readonly type: string; readonly path: string; readonly props: WireEvent['props'] }[]

interface Planned {
  readonly steps: readonly Step[]
  /** which of them makes the MQL, and of whom */
  readonly demo: { readonly step: number; readonly email: string } | null
}

/** Most buy, some read, some are another browser of who came before. */
function stepsOf(run: string, nth: number, earlier: number, random: Random): Planned {
  const own = emailOf(run, nth)
  const reading = [looks('/'), looks('/features'), looks('/customers/halden')].slice(random.whole(0, 2))
  const kind = random.next()
  if (kind < 0.25) return { steps: [...reading, subscribes(own)], demo: null }
  if (kind < 0.4)
    return { steps: [...reading, subscribes(emailOf(run, earlier)), looks('/blog/one')], demo: null }
  const steps = [...reading, looks('/pricing'), asksForDemo(own, nth), looks('/customers/halden')]
  return { steps, demo: { step: reading.length + 1, email: own } }
}

const emailOf = (run: string, nth: number): string => `ada@company-${run}-${nth}.example`

const looks = (path: string): Step => [
  { type: 'page_view', path, props: {} },
  { type: 'engagement', path, props: { engagedMs: 20 * SECOND_MS, scrollPct: 60 } },
]

const subscribes = (email: string): Step => [
  { type: 'page_view', path: '/newsletter', props: {} },
  { type: 'form_submit', path: '/newsletter', props: form('newsletter', { 'Work e-mail': email }) },
]

const asksForDemo = (email: string, nth: number): Step => {
  const answers = {
    'Work e-mail': email,
    'Job title': 'Head of Marketing',
    Industry: 'Software',
    Company: `Company ${nth}`,
  }
  return [
    { type: 'page_view', path: '/demo', props: {} },
    { type: 'form_submit', path: '/demo', props: form('demo-request', answers) },
  ]
}

function form(id: string, answers: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const fields: readonly FormField[] = Object.entries(answers).map(([label, value], index) => ({
    name: `field-${index}`,
    type: value.includes('@') ? 'email' : 'text',
    ...{ label, value },
  }))
  return { form: { id, action: `/${id}` }, fields, traps: [] }
}

/** Of the public Internet: private ones are never a crowd. */
const addressOf = ({ whole }: Random): string =>
  `${whole(20, 90)}.${whole(0, 255)}.${whole(0, 255)}.${whole(1, 254)}`

interface Given {
  readonly site: string
  readonly nextId: (now: number) => string
  readonly address: string
  readonly planned: Planned
}

function visitor({ site, nextId, address, planned: { steps, demo } }: Given): Visitor {
  const [visitor, session] = [randomId(randomBytes), randomId(randomBytes)]
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'user-agent': BROWSER,
    'x-forwarded-for': address,
    origin: ORIGIN,
  }
  let at = 0
  return {
    next: now => {
      const step = steps[at]
      if (!step) return null
      const events = eventsOf(step, now, nextId)
      const body = JSON.stringify({ v: WIRE_VERSION, site, sentAt: now, visitor, session, events })
      const makesMql = demo?.step === at ? demo.email : null
      at += 1
      return { ids: events.map(({ id }) => id), body, headers, makesMql }
    },
  }
}

/** Running totals name the view that they are of: the first of the step. */
function eventsOf(step: Step, now: number, nextId: (now: number) => string): readonly WireEvent[] {
  const ids = step.map(() => nextId(now))
  return step.map(({ type, path, props }, index) => ({
    id: ids[index] ?? '',
    type,
    at: now,
    page: { url: ORIGIN + path, title: path, referrer: '' },
    props: type === 'engagement' ? { view: ids[0], ...props } : { ...props },
  }))
}
