import { randomBytes } from 'node:crypto'
import { vi } from 'vitest'
import type { FormField } from '../../shared/events.ts'
import { randomId, uuidV7Maker } from '../../shared/ids.ts'
import { SESSION_GAP_MS } from '../../shared/limits.ts'
import { DAY_MS, MINUTE_MS, parseDuration, SECOND_MS } from '../../shared/time.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { type Lead, readLead } from './story-lead.ts'
import {
  BEGINNING,
  type Json,
  openStoryWorld,
  PAGES_ORIGIN,
  type Sender,
  type StoryWorld,
} from './story-world.ts'

// A real collector, a real file and dozens of requests: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 30_000 })

/** What people and programs do, told day by day; every word of it goes over the wire or the API. */
export interface Story {
  readonly world: StoryWorld
  /** Moves the clock to nine in the morning of a day; the story begins on day 0. It never goes back. */
  day(number: number): void
  /** Moves the clock on by `2h`, `30s`, `14d`. */
  after(duration: string): void
  /** A new browser, as the tag sees it; a robot's names itself. What it says of itself may be told. */
  browser(userAgent?: string, said?: Said): Browser
  /** A program of the company's with the secret key, sending for one of its contacts, or for a visitor of the site. */
  program(contact: string): Program
  /** The customer's own server, speaking of one of its users. */
  server(user: string): Program
  /** Everything the API says of a lead. @throws when there is none of that address */
  lead(email: string): Promise<Lead>
  /** Sales moves a lead. */
  sales(email: string, move: { readonly to: string; readonly reason: string }): Promise<void>
}

/** What a browser's requests say beside its agent. */
type Said = Pick<Sender, 'visitor' | 'forwardedFor' | 'cookie' | 'isTest'>

export interface Browser {
  readonly visitor: string
  /** Opens a page, looks at it for a while, and leaves. */
  visits(path: string, how?: { readonly engaged?: string; readonly from?: string }): Promise<void>
  downloads(file: string, from?: string): Promise<void>
  /** Opens the page of a form, fills it in, by the labels of its fields, and sends it; `@age` is a field marked so. */
  submits(form: string, answers: Readonly<Record<string, string>>): Promise<void>
  /** Anything else the tag or the page records. */
  does(type: string, props?: Json): Promise<void>
  /** From here on the tag keeps what it records, until the browser comes back and sends it all. */
  losesTheNet(): void
  comesBack(): Promise<void>
}

export interface Program {
  identifies(traits: Json): Promise<void>
  sends(type: string, props?: Json): Promise<void>
}

/** @param model path from the root; `edit` may change its text */
export async function beginStory(model: string, edit = (text: string) => text): Promise<Story> {
  const world = await openStoryWorld(model, edit)
  const moveTo = (instant: number) => {
    if (instant < world.now) throw new Error('A story does not go back.')
    world.now = instant
  }
  return {
    world,
    day: number => moveTo(BEGINNING + number * DAY_MS),
    after: duration => moveTo(world.now + millis(duration)),
    browser: (userAgent, said) => browserIn(world, { ...said, ...(userAgent && { userAgent }) }),
    program: contact => programIn(world, { visitor: contact }),
    server: user => programIn(world, { user }),
    lead: async email => {
      await world.settle()
      return readLead(world, email)
    },
    sales: async (email, move) => {
      await world.settle()
      const { id } = await readLead(world, email)
      const { status, body } = await world.post(`/v1/leads/${id}/transitions`, move)
      if (status !== 201) throw new Error(`sales may not: ${JSON.stringify(body)}`)
    },
  }
}

function millis(duration: string): number {
  const ms = parseDuration(duration)
  if (ms === null) throw new Error(`not a duration: ${duration}`)
  return ms
}

export const newId = () => randomId(randomBytes)
export const nextEventId = uuidV7Maker(randomBytes)

/** The time that passes while somebody fills in a form. */
const FILLING = '40s'

interface Batch {
  readonly session: string
  readonly events: readonly WireEvent[]
}

function browserIn(world: StoryWorld, said: Omit<Sender, 'by'>): Browser {
  const { visitor = newId() } = said
  let session = { id: newId(), lastAt: world.now }
  let page = { url: `${PAGES_ORIGIN}/`, title: 'Company', referrer: '' }

  const event = (type: string, props: Json, at = world.now): WireEvent => ({
    id: nextEventId(at),
    type,
    at,
    page,
    props,
  })
  let kept: Batch[] | null = null
  const deliver = ({ session, events }: Batch) =>
    world.send({ ...said, by: 'browser', visitor, session }, events)
  const send = async (...events: readonly WireEvent[]) => {
    const [first] = events
    if (first && first.at - session.lastAt >= SESSION_GAP_MS) session = { id: newId(), lastAt: first.at }
    session.lastAt = world.now
    const batch = { session: session.id, events }
    if (kept) kept.push(batch)
    else await deliver(batch)
  }
  /** A view with its running totals: after five seconds, every minute, and when it is left. */
  const look = (path: string, engagedMs: number, referrer: string): readonly WireEvent[] => {
    page = { url: PAGES_ORIGIN + encodeURI(path), title: path, referrer }
    const opened = event('page_view', {})
    const report = (ms: number) =>
      event('engagement', { view: opened.id, engagedMs: ms, scrollPct: 60 }, opened.at + ms)
    const reports = reportTimes(engagedMs).map(report)
    world.now += engagedMs
    return [opened, ...reports]
  }

  return {
    visitor,
    visits: (path, { engaged = '20s', from = '' } = {}) => send(...look(path, millis(engaged), from)),
    downloads: async (file, from = '/resources') => {
      const seen = look(from, 10 * SECOND_MS, '')
      await send(...seen, event('download', { url: `${PAGES_ORIGIN}/files/${encodeURI(file)}`, file }))
    },
    submits: async (form, answers) => {
      const seen = look(`/${form}`, millis(FILLING), '')
      const props = { form: { id: form, action: `/${form}` }, fields: fieldsOf(answers), traps: [] }
      await send(...seen, event('form_submit', props))
    },
    does: (type, props = {}) => send(event(type, props)),
    losesTheNet: () => {
      kept = []
    },
    comesBack: async () => {
      const batches = kept ?? []
      kept = null
      for (const batch of batches) await deliver(batch)
    },
  }
}

function reportTimes(engagedMs: number): readonly number[] {
  const minutes = Array.from({ length: Math.floor(engagedMs / MINUTE_MS) }, (_, n) => (n + 1) * MINUTE_MS)
  return [...new Set([5 * SECOND_MS, ...minutes, engagedMs])].filter(ms => ms > 0 && ms <= engagedMs)
}

/** Controls as the tag describes them; nothing but label and type says what they are. */
export const fieldsOf = (answers: Readonly<Record<string, string>>): readonly FormField[] =>
  Object.entries(answers).map(([label, value], index) => ({
    name: `field-${index + 1}`,
    type: typeOf(value),
    ...(label.startsWith('@') ? { 'data-goldpan-field': label.slice(1) } : { label }),
    value,
  }))

function typeOf(value: string): string {
  if (value.includes('@')) return 'email'
  return value.split(' ').length > 5 ? 'textarea' : 'text'
}

function programIn(world: StoryWorld, whom: Pick<Sender, 'visitor' | 'user'>): Program {
  const send = (type: string, props: Json) =>
    world.send({ by: 'server', ...whom }, [{ id: nextEventId(world.now), type, at: world.now, props }])
  return {
    identifies: ({ email, ...traits }) => send('identify', { email, traits }),
    sends: (type, props = {}) => send(type, props),
  }
}
