import Type, { type Static } from 'typebox'
import { EVENT_PROPS } from '../../shared/events.ts'
import type { Aside } from '../storage/quarantine-store.ts'
import { EventsParams } from './params.ts'
import { rfc3339 } from './rfc3339.ts'

export const QuarantineParams = Type.Pick(EventsParams, ['site', 'limit', 'cursor'])
export type QuarantineParams = Static<typeof QuarantineParams>

/** A quarantined event as the API shows it. */
export interface AsideShape {
  readonly id: string
  readonly receivedAt: string
  readonly code: string
  /** where inside the event, a JSON pointer */
  readonly path: string
  readonly message: string
  /** its type if that is one of the vocabulary's: another name may be anything */
  readonly type: string | null
  readonly visitor: string | null
  readonly session: string | null
  /** as it came, but for what may not be stored */
  readonly event: unknown
  /** the event was left out: the token lacks `leads:pii` */
  readonly redacted?: true
}

/** Of an event of unknown shape nobody can say which parts are personal: without `leads:pii` none is shown. */
export function asideShape(aside: Aside, inFull: boolean): AsideShape {
  const { id, receivedAt, code, path, message, body, came } = aside
  const event: unknown = JSON.parse(body)
  const type = typeIn(event)
  return {
    id,
    receivedAt: rfc3339(receivedAt),
    code,
    path: inFull ? path : knownPath(path),
    message,
    type: inFull || (type !== null && Object.hasOwn(EVENT_PROPS, type)) ? type : null,
    visitor: came?.visitor ?? null,
    session: came?.session ?? null,
    event: inFull ? event : null,
    ...(inFull ? {} : { redacted: true }),
  }
}

const typeIn = (event: unknown): string | null =>
  typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'
    ? event.type
    : null

/** Keys of an unknown object may be somebody's address: the path as far as the wire names it. */
const knownPath = (path: string): string => /^(?:\/[a-zA-Z]{1,12}(?![^/])){0,2}/.exec(path)?.[0] ?? ''
