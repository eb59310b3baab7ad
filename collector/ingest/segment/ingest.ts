import type { IngestAnswer } from '../../../shared/wire.ts'
import type { Flaw } from '../flaw.ts'
import {
  type FoundSite,
  type IngestDeps,
  type IngestRequest,
  keep,
  originObjection,
  type Unavailable,
} from '../ingest.ts'
import { isSecretKey, secretInPage, unknownKey } from '../keys.ts'
import { type Sorted, sortEvents } from '../sort.ts'
import { batchOf } from './batch.ts'
import type { Call } from './event.ts'
import { type OpenedMessages, openMessages } from './open.ts'

export interface SegmentRequest extends Omit<IngestRequest, 'secretKey'> {
  readonly call: Call | 'batch'
  /** of the Authorization header, whatever it is; null: none came */
  readonly headerKey: string | null
}

export type SegmentResult =
  | { readonly kind: 'answered'; readonly answer: IngestAnswer }
  | { readonly kind: 'refused'; readonly flaw: Flaw }
  | Unavailable

/**
 * What Segment's libraries send, by the way of all events: each message checked, scrubbed, recorded; all in one commit.
 *
 * Libraries read the status alone, and success for what is kept nowhere would be a lie: one refused message makes the answer a
 * refusal, as at Segment's own. What else the batch held is kept, and is known when it is sent again. For events of somebody
 * erased no answer fails: there is nothing to mend.
 */
export async function ingestSegment(deps: IngestDeps, request: SegmentRequest): Promise<SegmentResult> {
  const admitted = await admit(deps, request)
  if (admitted.kind === 'refused') {
    deps.watch?.turnedAway(null, admitted.flaw.code, 1)
    return admitted
  }
  const { arrived, sorted } = admitted
  const kept = await keep(deps, arrived, arrived.site, sorted)
  const flaw = kept.kind === 'answered' ? refusalIn(sorted, request.call) : null
  return flaw ? { kind: 'refused', flaw } : kept
}

type ArrivedSegment = Omit<IngestRequest, 'body'> & FoundSite

interface Admitted {
  readonly kind: 'admitted'
  readonly arrived: ArrivedSegment
  readonly sorted: Sorted
}

async function admit(
  deps: IngestDeps,
  request: SegmentRequest,
): Promise<Admitted | { readonly kind: 'refused'; readonly flaw: Flaw }> {
  const { opened, flaw } = openMessages(request.body, request.call)
  if (flaw) return { kind: 'refused', flaw }
  const keys = keysOf(opened, request)
  const exposed = secretInPage(keys.secretKey, keys.key, request.origin)
  if (exposed) return { kind: 'refused', flaw: exposed }
  if (keys.key === null) return { kind: 'refused', flaw: NO_KEY }
  const found = await deps.findSite(keys.key, keys.secretKey)
  if (!found) return { kind: 'refused', flaw: await strangerFlaw(deps, keys.key, keys.secretKey) }
  const arrived = { ...request, ...found, secretKey: keys.secretKey }
  const objection = originObjection(found.site, arrived)
  if (objection) return { kind: 'refused', flaw: objection }
  return { kind: 'admitted', arrived, sorted: sorted(deps, opened, arrived) }
}

/** The first message that is kept nowhere: of a batch with its place, and what became of the others. */
function refusalIn({ errors, asidePlaces }: Sorted, call: Call | 'batch'): Flaw | null {
  const aside = new Set(asidePlaces)
  const [first, ...more] = errors.filter(({ index }) => !aside.has(index))
  if (!first) return null
  const { index, code, path, message } = first
  if (call !== 'batch') return { code, path, message }
  const others =
    more.length === 0 ? 'All others are kept.' : `So are ${more.length} more; all others are kept.`
  return { code, path: `/batch/${index}${path}`, message: `${message} This message is refused. ${others}` }
}

function sorted(deps: IngestDeps, { messages, sentAt }: OpenedMessages, arrived: ArrivedSegment) {
  const sending = { isTrusted: arrived.secretKey !== null, sentAt, receivedAt: deps.clock() }
  return sortEvents(
    messages.map(message => batchOf(message, sending)),
    arrived,
    deps,
  )
}

/**
 * A library knows one key, its write key, and sends it in the header, in the body or in both. A server's is our secret key,
 * which alone names its site; beside it the body may name the test key.
 */
function keysOf(
  { writeKey }: OpenedMessages,
  { headerKey }: SegmentRequest,
): { readonly key: string | null; readonly secretKey: string | null } {
  const secretKey = [headerKey, writeKey].find(isSecretKey) ?? null
  return { key: writeKey ?? headerKey, secretKey }
}

/** Where a site is named by a write key. */
async function strangerFlaw({ findSite }: IngestDeps, key: string, secretKey: string | null): Promise<Flaw> {
  const flaw = await unknownKey(findSite, key, secretKey)
  return flaw.path === '' ? flaw : { ...flaw, path: '/writeKey' }
}

const NO_KEY: Flaw = {
  code: 'unknown_key',
  path: '/writeKey',
  message:
    'expected a key of the site, came none. Give it as `writeKey`, or as the user name of `Authorization: Basic`.',
}
