import { Compile } from 'typebox/compile'
import { CUSTOM_PROPS, EVENT_PROPS, RESERVED_TYPES } from '../../shared/events.ts'
import { LIMITS } from '../../shared/limits.ts'
import { type DropReason, Envelope, WIRE_VERSION, WireEvent } from '../../shared/wire.ts'
import type { Flaw } from './flaw.ts'
import { describeMismatch, kindOf, notJson } from './mismatch.ts'
import { findDepth, findExcess, growthOf, MOST_GROWTH } from './outline.ts'
import { listOf } from './tolerate.ts'

/** One event after its check: sound, kept aside (it may be mended and released), or not taken at all. */
export type Checked =
  | { readonly verdict: 'sound'; readonly event: WireEvent }
  | { readonly verdict: 'quarantined'; readonly flaw: Flaw }
  | { readonly verdict: 'refused'; readonly flaw: Flaw }

const envelopeSchema = Compile(Envelope)
const eventSchema = Compile(WireEvent)
const customProps = Compile(CUSTOM_PROPS)
const propsSchemas = new Map(Object.entries(EVENT_PROPS).map(([type, schema]) => [type, Compile(schema)]))

/** A request body as an envelope, its events still unchecked, or what is wrong with the whole of it. */
export type Opened =
  | { readonly envelope: Envelope; readonly flaw: null }
  | { readonly envelope: null; readonly flaw: Flaw }

export function openEnvelope(body: string): Opened {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { envelope: null, flaw: flaw('invalid_json', '', notJson(body)) }
  }
  if (typeof value === 'object' && value !== null && 'events' in value)
    value = { ...value, events: listOf(value.events) }
  return envelopeSchema.Check(value) && value.events.length <= LIMITS.eventsPerBatch
    ? { envelope: value, flaw: null }
    : { envelope: null, flaw: envelopeFlaw(value) }
}

function envelopeFlaw(value: unknown): Flaw {
  if (envelopeSchema.Check(value)) {
    const message = `expected at most ${LIMITS.eventsPerBatch} events, came ${value.events.length}. Send them in several requests.`
    return flaw('too_many_events', '/events', message)
  }
  if (typeof value === 'object' && value !== null && 'v' in value && value.v !== WIRE_VERSION) {
    const message = `expected ${WIRE_VERSION}, came ${kindOf(value.v)}. Use the snippet of this collector.`
    return flaw('unsupported_version', '/v', message)
  }
  const { path, message } = describeMismatch(value, envelopeSchema.Errors(value))
  return flaw('invalid_envelope', path, message)
}

/**
 * Checks one event of an envelope. Events too deep or too large to keep, and types that a browser may not send, are
 * refused; everything else that does not fit is quarantined.
 * @param origin only a server may say whose address and agent it was
 * @param maxBytes of the body it came in: spares small ones the measuring
 */
export function checkEvent(value: unknown, maxBytes: number, origin: 'browser' | 'server'): Checked {
  const depth = findDepth(value)
  if (depth) return { verdict: 'refused', flaw: depth }
  const bytes = mayBeTooLarge(value, maxBytes) ? Buffer.byteLength(JSON.stringify(value)) : 0
  if (bytes > LIMITS.eventBytes)
    return refused(
      'event_too_large',
      '',
      `expected at most ${LIMITS.eventBytes} bytes, came ${bytes}. Send less in it.`,
    )
  const excess = findExcess(value)
  if (excess) return { verdict: 'quarantined', flaw: excess }
  if (!eventSchema.Check(value)) return mismatch('invalid_event', '', value, eventSchema.Errors(value))
  if (RESERVED_TYPES.has(value.type))
    return refused(
      'reserved_type',
      '/type',
      `expected a visitor's event, came ${value.type}. Use ${ROUTES.get(value.type)}.`,
    )
  if (value.context && origin === 'browser')
    return refused(
      'secret_key_needed',
      '/context',
      'expected no context from a page, came one. Send it from your server, with the secret key.',
    )
  const schema = propsSchemas.get(value.type) ?? customProps
  const props = value.props ?? {}
  if (!schema.Check(props)) return mismatch('invalid_props', '/props', props, schema.Errors(props))
  return { verdict: 'sound', event: value }
}

/** Few events can outgrow the limit by how they are written: those alone are measured. */
const mayBeTooLarge = (event: unknown, maxBytes: number): boolean =>
  maxBytes * MOST_GROWTH > LIMITS.eventBytes &&
  (maxBytes > LIMITS.eventBytes || maxBytes + growthOf(event) > LIMITS.eventBytes)

/** Where a person says what no visitor may. */
const ROUTES: ReadonlyMap<string, string> = new Map([
  ['decision', 'POST /v1/leads/:id/transitions'],
  ['merge', 'POST /v1/leads/:id/merge'],
  ['unmerge', 'POST /v1/leads/:id/unmerge'],
  ['reclassify', 'POST /v1/visitors/:visitor/traffic'],
])

const flaw = (code: DropReason, path: string, message: string): Flaw => ({ code, path, message })

const refused = (code: DropReason, path: string, message: string): Checked => ({
  verdict: 'refused',
  flaw: flaw(code, path, message),
})

function mismatch(
  code: DropReason,
  at: string,
  value: unknown,
  errors: Parameters<typeof describeMismatch>[1],
): Checked {
  const { path, message } = describeMismatch(value, errors)
  return { verdict: 'quarantined', flaw: flaw(code, at + path, message) }
}
