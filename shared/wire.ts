import Type, { type Static } from 'typebox'
import { Page } from './events.ts'
import { CLIENT_ID_PATTERN, EVENT_ID_PATTERN } from './ids.ts'
import { LIMITS } from './limits.ts'

/** Version of the envelope. */
export const WIRE_VERSION = 1

/** The query parameter by which a page's address says which signed e-mail link led to it; never stored. */
export const CLICK_PARAMETER = 'utm_goldpan'

/** The query parameter by which one of the company's own people marks their visitor as such; never stored. */
export const OWN_PARAMETER = 'utm_goldpan_own'

/** One event on the wire. Times are epoch milliseconds of the sender's clock; `seq` counts the events of one page. */
export const WireEvent = Type.Object(
  {
    id: Type.String({ pattern: EVENT_ID_PATTERN }),
    type: Type.String({ minLength: 1, maxLength: LIMITS.nameChars }),
    at: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 }),
    seq: Type.Optional(Type.Integer({ minimum: 0 })),
    page: Type.Optional(Page),
    props: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** of the visitor a server speaks for; with a secret key alone */
    context: Type.Optional(
      Type.Object(
        {
          ip: Type.Optional(Type.String({ maxLength: 45 })),
          userAgent: Type.Optional(Type.String({ maxLength: LIMITS.stringChars })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type WireEvent = Static<typeof WireEvent>

/**
 * `POST /v1/events`: what one visitor did. `visitor` and `session` are absent when the person did not consent to
 * tracking. Each of `events` is checked on its own, so that one broken event never costs its neighbours.
 */
export const Envelope = Type.Object({
  v: Type.Literal(WIRE_VERSION),
  site: Type.String({ minLength: 1, maxLength: 64 }),
  sentAt: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 }),
  visitor: Type.Optional(Type.String({ pattern: CLIENT_ID_PATTERN })),
  session: Type.Optional(Type.String({ pattern: CLIENT_ID_PATTERN })),
  /** the customer's own id of the person; with a secret key alone */
  user: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.userChars })),
  events: Type.Array(Type.Unknown(), { minItems: 1 }),
})
export type Envelope = Static<typeof Envelope>

/** The envelope as the snippet builds it: its events typed. */
export type TypedEnvelope = Omit<Envelope, 'events'> & { readonly events: readonly WireEvent[] }

/** Why an event was refused (not stored) or quarantined (kept aside). A closed list: tests and docs enumerate it. */
export const DROP_REASONS = [
  'invalid_json',
  'unsupported_encoding',
  'invalid_envelope',
  'unsupported_version',
  'unknown_key',
  'key_mismatch',
  'secret_key_exposed',
  'secret_key_needed',
  'origin_not_allowed',
  'batch_too_large',
  'too_many_events',
  'event_too_large',
  'reserved_type',
  'invalid_event',
  'invalid_props',
  'too_deep',
  'too_many_keys',
  'too_many_items',
  'number_too_large',
  'string_too_long',
  'too_many_names',
  'erased',
] as const
export type DropReason = (typeof DROP_REASONS)[number]

/** What was wrong with one event: where (index in the batch, path inside the event) and how to mend it. */
export interface WireError {
  readonly index: number
  readonly code: DropReason
  readonly path: string
  readonly message: string
}

/** How what is kept may differ from what came, though the event is kept. A closed list. */
export const NOTICE_CODES = ['cut', 'rounded'] as const

/** What of one event is kept otherwise than it came: nothing is changed in silence. */
export interface WireNotice {
  readonly index: number
  /** `cut`: too long, the rest is not kept; `rounded`: a whole number beyond what a double holds */
  readonly code: (typeof NOTICE_CODES)[number]
  readonly path: string
  readonly message: string
}

/** The 202 answer. The four counts are disjoint and add up to the events sent. */
export interface IngestAnswer {
  readonly accepted: number
  readonly duplicate: number
  readonly quarantined: number
  readonly refused: number
  readonly errors: readonly WireError[]
  /** of accepted and quarantined events alike; left out when there are none */
  readonly notices?: readonly WireNotice[]
}
