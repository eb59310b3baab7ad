import { checkEvent } from '../../collector/ingest/check.ts'
import { scrub } from '../../collector/ingest/scrub.ts'
import { tolerate } from '../../collector/ingest/tolerate.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'

/** What came of hostile requests: all but `requests` and the counts of outcomes should be empty. */
export interface Harm {
  requests: number
  accepted: number
  quarantined: number
  refused: number
  /** what was asked, and the status or that it did not answer */
  readonly failed: string[]
  /** fields that came back other than they were sent, scrubbed as documented */
  readonly changed: string[]
}

export interface Target {
  readonly url: string
  readonly publicKey: string
  /** of every scope */
  readonly authorization: string
}

export const noHarm = (): Harm => ({
  requests: 0,
  accepted: 0,
  quarantined: 0,
  refused: 0,
  failed: [],
  changed: [],
})

const PATIENCE_MS = 20_000

/** Asks, and takes down when the answer is a failure of the collector, or none. @returns null when nothing was sent */
export async function ask(
  harm: Harm,
  { url }: Target,
  path: string,
  init: RequestInit = {},
): Promise<Response | null> {
  harm.requests += 1
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await fetch(url + path, { redirect: 'manual', signal, ...init })
    if (answer.status >= 500) harm.failed.push(`${path.slice(0, 80)}: ${answer.status}`)
    return answer
  } catch (error) {
    harm.failed.push(`${path.slice(0, 80)}: ${inWords(error)}`)
    return null
  }
}

/** What fetch says is only that it failed: why stands behind it. */
const inWords = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error)

/** A text as every string of every type of event. */
export function eventsWith(text: string): readonly WireEvent[] {
  const page = { url: text, title: text, referrer: text }
  const form = { id: text, name: text, action: text }
  const field = {
    name: text,
    id: text,
    type: text,
    autocomplete: text,
    label: text,
    placeholder: text,
    value: text,
  }
  const props: readonly (readonly [type: string, props: Readonly<Record<string, unknown>>])[] = [
    ['page_view', { [text]: text, in: { [text]: [text] } }],
    ['engagement', { view: text, engagedMs: 1 }],
    ['download', { url: text, file: text }],
    ['download', { url: `https://a.example/${text}` }],
    ['outbound_click', { url: text }],
    ['form_start', { form }],
    ['form_abandon', { form }],
    ['form_submit', { form, fields: [field, { name: 'message', value: text }], traps: [text] }],
    ['form_submit', { form, fields: [{ name: 'email', value: `${text}@a.example` }] }],
    ['identify', { email: text, phone: text, traits: { [text]: text, firstName: text, company: text } }],
    ['group', { group: text, traits: { name: text, [text]: text } }],
    ['web_vital', { name: text, value: 1, rating: text }],
    ['consent', { state: 'granted', text }],
    ['consent', { state: text }],
    ['search', { query: text }],
    [text, { text }],
  ]
  return [
    ...props.map(([type, given]) => eventOf({ type, props: given, page })),
    eventOf({ page: { url: `https://a.example/${text}?${text}#${text}` } }),
    { ...eventOf(), id: text },
    eventOf({ context: { ip: text, userAgent: text } }),
  ]
}

/** Sends a text as every field of the wire, and compares what is stored with what was sent. */
export async function sendEverywhere(
  harm: Harm,
  target: Target,
  text: string,
  visitor: string,
): Promise<void> {
  const events = eventsWith(text)
  const envelope = { ...envelopeOf(events, target.publicKey), visitor }
  const post = (body: unknown, path = '/v1/events') =>
    ask(harm, target, path, { method: 'POST', body: JSON.stringify(body) })
  const answer = await (await post(envelope))?.json()
  for (const outcome of ['accepted', 'quarantined', 'refused'] as const)
    harm[outcome] += answer?.[outcome] ?? 0
  await post(envelope, '/v1/validate')
  for (const part of ['site', 'visitor', 'session', 'user']) await post({ ...envelope, [part]: text })
  for (const path of ['/v1/link', '/v1/link/redeem', '/v1/profile/unknown'])
    await post({ site: target.publicKey, visitor: text, token: text, fields: [text] }, path)
  const { authorization } = target
  const listed = await ask(harm, target, `/v1/events?visitor=${visitor}&limit=200`, {
    headers: { authorization },
  })
  compare(harm, events, (await listed?.json())?.data ?? [])
}

interface Shown {
  readonly id: string
  readonly type: string
  readonly props: unknown
  readonly page: {
    readonly url: string
    readonly title: string | null
    readonly referrer: string | null
  } | null
}

function compare(harm: Harm, events: readonly WireEvent[], shown: readonly Shown[]): void {
  const byId = new Map(shown.map(one => [one.id, one]))
  for (const event of events) {
    const found = byId.get(event.id)
    const checked = checkEvent(tolerate(event), 0, 'browser')
    if (!found || checked.verdict !== 'sound') continue
    const { type, props = {} } = scrub(checked.event)
    if (found.type === type && JSON.stringify(found.props) === JSON.stringify(props)) continue
    harm.changed.push(
      `${JSON.stringify([type, props]).slice(0, 120)} came back ${JSON.stringify(found.props)}`,
    )
  }
}

const PARAMETERS = ['site', 'q', 'cursor', 'stage', 'type', 'visitor', 'account', 'since'] as const
const PATHS = [
  '/v1/leads',
  '/v1/events',
  '/v1/accounts',
  '/v1/handoffs',
  '/v1/quarantine',
  '/v1/opt-out',
] as const
const HEADERS = [
  'authorization',
  'origin',
  'x-forwarded-for',
  'cookie',
  'user-agent',
  'last-event-id',
  'if-match',
] as const

const LONE_SURROGATES = /\p{Surrogate}/gu

/** Asks with a text as a parameter, a part of a path and a header of what the API answers. */
export async function askEverywhere(harm: Harm, target: Target, text: string): Promise<void> {
  const value = encodeURIComponent(text.replace(LONE_SURROGATES, '\ufffd'))
  const headers = { authorization: target.authorization }
  for (const [nth, parameter] of PARAMETERS.entries())
    await ask(harm, target, `${PATHS[nth % PATHS.length]}?${parameter}=${value}`, { headers })
  for (const path of ['/v1/c/', '/v1/leads/', '/v1/accounts/', '/v1/model/versions/', '/', '/v1/projects/'])
    await ask(harm, target, path + value, { headers })
  for (const name of HEADERS) {
    const given = headerOf(name, text)
    if (given)
      await ask(harm, target, name === 'authorization' ? '/v1/leads' : '/v1/opt-out', { headers: given })
  }
}

const VISIBLE = /^[\t\x20-\x7e\x80-\xff]*$/

/** Null for what no client can send as a header. */
function headerOf(name: string, text: string): Headers | null {
  if (!VISIBLE.test(text)) return null
  try {
    return new Headers([[name, text]])
  } catch {
    return null
  }
}
