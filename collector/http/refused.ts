import { LIMITS } from '../../shared/limits.ts'
import type { DropReason } from '../../shared/wire.ts'
import type { Flaw } from '../ingest/flaw.ts'
import type { Unavailable } from '../ingest/ingest.ts'
import type { IngestWatch } from '../ingest/watch.ts'
import { StoreError } from '../storage/store.ts'
import { type Body, TAKEN_ENCODINGS } from './body.ts'
import { DROP_HEADER, FOR_OTHER_SITES, sendersCors } from './cors.ts'
import { problem } from './problem.ts'
import { quotaExceeded } from './quota.ts'
import type { Handle } from './route.ts'

const TITLES: Readonly<Partial<Record<DropReason, readonly [status: number, title: string]>>> = {
  unsupported_encoding: [415, 'The Content-Encoding is another'],
  unknown_key: [401, 'Unknown key'],
  key_mismatch: [403, 'The secret key is of another site'],
  secret_key_exposed: [403, 'A page has the secret key'],
  secret_key_needed: [403, 'This needs the secret key'],
  origin_not_allowed: [403, 'This page may not send'],
  batch_too_large: [413, 'The body is too large'],
  too_many_events: [413, 'Too many events'],
}

/** What a refusal of some status must or may say besides. */
const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  // RFC 9110, 15.5.2; to Bearer no browser asks for a password
  401: { 'www-authenticate': 'Bearer' },
  413: { connection: 'close' },
  415: TAKEN_ENCODINGS,
}

/** Nothing of a request is taken: where in the body what is wrong, and how to mend it, for a page to read, too. */
export function refused({ code, path, message }: Flaw, origin: string | null): Response {
  const [status, title] = TITLES[code] ?? [400, 'The request cannot be read']
  // A page that may not send may not read the answer either.
  const cors = code === 'origin_not_allowed' ? {} : sendersCors(origin)
  const detail = path === '' ? message : `${path}: ${message}`
  return problem(status, code, title, detail, {
    members: path === '' ? {} : { path },
    headers: { ...FOR_OTHER_SITES, ...cors, ...HEADERS[status], [DROP_HEADER]: code },
  })
}

/**
 * Why a body was not read.
 * @param watch where it counts as a delivery that was turned away
 */
export function unreadable(
  why: Exclude<Body['kind'], 'read'>,
  origin: string | null,
  watch?: IngestWatch,
): Response {
  // who hung up was not turned away
  if (why !== 'gone') watch?.turnedAway(null, why === 'busy' ? 'overloaded' : UNREADABLE[why].code, 1)
  return why === 'busy'
    ? unavailable('overloaded', 1, origin)
    : refused({ ...UNREADABLE[why], path: '' }, origin)
}

const UNREADABLE: Readonly<Record<Exclude<Body['kind'], 'read' | 'busy'>, Omit<Flaw, 'path'>>> = {
  too_large: {
    code: 'batch_too_large',
    message: `expected at most ${LIMITS.batchBytes} bytes, inflated, came more. Send several requests.`,
  },
  unknown_encoding: {
    code: 'unsupported_encoding',
    message: 'expected a plain or gzip body, came another Content-Encoding. Send it plain.',
  },
  broken_gzip: {
    code: 'invalid_json',
    message: 'expected gzip as Content-Encoding says, came bytes that do not inflate. Send the body plain.',
  },
  gone: {
    code: 'invalid_json',
    message: 'expected a whole body, came a part of one. Send it again.',
  },
}

/** A handler of deliveries: where the store fails before one is recorded (its site is looked for), it was turned away, too. */
export const countingFailures =
  (watch: IngestWatch | undefined, handle: Handle): Handle =>
  async c => {
    try {
      return await handle(c)
    } catch (error) {
      if (error instanceof StoreError) watch?.turnedAway(null, error.code === 'full' ? 'full' : 'store', 1)
      throw error
    }
  }

const CAUSES = {
  overloaded: ['overloaded', 'Too much at once'],
  store: ['store_unavailable', 'The store cannot commit'],
  full: ['disk_full', 'The disk of the store has too little room'],
} as const satisfies Record<Exclude<Unavailable['why'], 'quota'>, readonly [string, string]>

export function unavailable(why: Unavailable['why'], retryAfterS: number, origin: string | null): Response {
  if (why === 'quota')
    return quotaExceeded('for this site', { retryAfterS }, { ...FOR_OTHER_SITES, ...sendersCors(origin) })
  const [code, cause] = CAUSES[why]
  const detail = `${cause}: nothing of this request was kept. Send it again, with the same ids, in ${retryAfterS} s.`
  const headers = {
    ...FOR_OTHER_SITES,
    ...sendersCors(origin),
    'retry-after': String(retryAfterS),
    connection: 'close',
  }
  return problem(503, code, 'Not now', detail, { headers })
}
