import type { Envelope, IngestAnswer } from '../../shared/wire.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Fact } from '../contracts/facts.ts'
import type { Signals } from '../signals.ts'
import { type RecordOutcome, type Site, StoreError } from '../storage/store.ts'
import { answerOf } from './answer.ts'
import { openEnvelope } from './check.ts'
import type { Flaw } from './flaw.ts'
import type { GroupCommit } from './group-commit.ts'
import { secretInPage, unknownKey } from './keys.ts'
import type { Noting } from './noting.ts'
import { type Sorted, sortEvents } from './sort.ts'
import type { IngestWatch, SiteQuota } from './watch.ts'

export interface IngestDeps {
  readonly clock: Clock
  readonly commits: GroupCommit
  readonly signals: Signals
  /** the site an envelope names, when the secret key (if one came) is that site's; null: unknown */
  readonly findSite: (key: string, secretKey: string | null) => Promise<FoundSite | null>
  readonly noting: Noting
  /** how many seconds to wait before so much of a site may come; 0: it may. @default no limit */
  readonly siteQuota?: SiteQuota
  readonly watch?: IngestWatch
}

export interface FoundSite {
  readonly site: Site
  /** it was named by its test key */
  readonly isTest: boolean
  /** the names of custom events it has. @default they are not counted */
  readonly names?: ReadonlySet<string>
}

export interface IngestRequest {
  readonly body: string
  /** of the body, inflated */
  readonly bytes: number
  /** null: a public key alone, as browsers send */
  readonly secretKey: string | null
  /** Origin header, or null when none came (not a browser) */
  readonly origin: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  /** whether the browser carries the sign of our own people for the site of that public key */
  readonly optedOut: (publicKey: string) => boolean
  /** whether an address is the collector's own, as the sender knows it */
  readonly isOurs: (url: string) => boolean
}

/** What became of a request. Only `answered` is a 2xx, and only after the commit. */
export type IngestResult = Answered | { readonly kind: 'refused'; readonly flaw: Flaw } | Unavailable

export interface Answered {
  readonly kind: 'answered'
  readonly answer: IngestAnswer
  readonly site: Site
  /** null: none came, for the person may not be tracked */
  readonly visitor: string | null
  /** the last consent among the events is a refusal */
  readonly denied: boolean
}

export interface Unavailable {
  readonly kind: 'unavailable'
  readonly why: 'overloaded' | 'store' | 'full' | 'quota'
  readonly retryAfterS: number
}

/** One request's story: open → admit → check each event → scrub → record → only then answer. */
export async function ingest(deps: IngestDeps, request: IngestRequest): Promise<IngestResult> {
  const admitted = await admit(deps, request)
  if (admitted.kind === 'refused') {
    deps.watch?.turnedAway(null, admitted.flaw.code, 1)
    return admitted
  }
  const { envelope, site, sorted } = admitted
  const kept = await keep(deps, request, site, sorted)
  if (kept.kind === 'unavailable') return kept
  return { ...kept, site, visitor: envelope.visitor ?? null, denied: refuses(sorted.facts) }
}

/** Records what was sorted, all of it in one commit, and says what became of each event. */
export async function keep(
  deps: Pick<IngestDeps, 'commits' | 'signals' | 'siteQuota' | 'watch'>,
  { bytes, secretKey, ip }: Pick<IngestRequest, 'bytes' | 'secretKey' | 'ip'>,
  site: Site,
  sorted: Sorted,
): Promise<Pick<Answered, 'kind' | 'answer'> | Unavailable> {
  const { facts, places, errors, notices } = sorted
  const events = places.length + errors.length
  const retryAfterS = deps.siteQuota?.({ site: site.id, isServer: secretKey !== null, ip, events }) ?? 0
  const recorded: Recorded | Unavailable =
    retryAfterS > 0
      ? { kind: 'unavailable', why: 'quota', retryAfterS }
      : await record(deps.commits, sorted, bytes)
  if (recorded.kind === 'unavailable') {
    deps.watch?.turnedAway(site.id, recorded.why, events)
    return recorded
  }

  const outcomes = recorded.outcomes.slice(0, places.length)
  const asides = recorded.outcomes.slice(facts.length)
  const settled = { outcomes, places, asides, errors, notices }
  const answer = answerOf(settled, secretKey === null)
  deps.watch?.settled(site.id, answer)
  if (answer.accepted > 0) deps.signals.emit({ kind: 'recorded', site: site.id })
  return { kind: 'answered', answer }
}

/** A request that may be taken, its events checked and understood as facts. */
export interface Admitted {
  readonly kind: 'admitted'
  readonly envelope: Envelope
  readonly site: Site
  readonly sorted: Sorted
}

/** Everything of `ingest` but the commit: what it returns is recorded nowhere. */
export async function admit(
  deps: Pick<IngestDeps, 'clock' | 'findSite' | 'noting'>,
  request: IngestRequest,
): Promise<Admitted | { readonly kind: 'refused'; readonly flaw: Flaw }> {
  const { envelope, flaw } = openEnvelope(request.body)
  if (flaw) return { kind: 'refused', flaw }
  const exposed = secretInPage(request.secretKey, envelope.site, request.origin)
  if (exposed) return { kind: 'refused', flaw: exposed }
  const found = await deps.findSite(envelope.site, request.secretKey)
  if (!found)
    return { kind: 'refused', flaw: await unknownKey(deps.findSite, envelope.site, request.secretKey) }
  const { site } = found
  const objection = originObjection(site, request) ?? userObjection(envelope, request)
  if (objection) return { kind: 'refused', flaw: objection }
  return { kind: 'admitted', envelope, site, sorted: sortEvents([envelope], { ...request, ...found }, deps) }
}

const refuses = (facts: readonly Fact[]): boolean =>
  facts.findLast(({ type }) => type === 'consent')?.props.state === 'denied'

/** Whether a browser's page may send for the site. A secret key speaks for itself; programs name no origin. */
export function originObjection(
  site: Site,
  { origin, secretKey }: Pick<IngestRequest, 'origin' | 'secretKey'>,
): Flaw | null {
  if (secretKey !== null || origin === null || site.origins.length === 0 || site.origins.includes(origin))
    return null
  return {
    code: 'origin_not_allowed',
    path: '',
    message: `expected a page of ${site.origins.join(', ')}, came ${origin.slice(0, 200)}. Add it to the site's origins.`,
  }
}

/** Whom a customer calls what is the customer's own server's to say (collector.md, Wire). */
function userObjection({ user }: Envelope, { secretKey }: IngestRequest): Flaw | null {
  if (user === undefined) return null
  if (secretKey === null) return USER_OF_A_PAGE
  return user.isWellFormed() ? null : HALF_A_CHARACTER
}

const USER_OF_A_PAGE: Flaw = {
  code: 'secret_key_needed',
  path: '/user',
  message: 'expected no user from a page, came one. Send it from your server, with the secret key.',
}

/** Mended, two users could become one. */
const HALF_A_CHARACTER: Flaw = {
  code: 'invalid_envelope',
  path: '/user',
  message:
    'expected whole characters, came half of one (a lone UTF-16 surrogate). Cut ids between characters.',
}

interface Recorded {
  readonly kind: 'recorded'
  readonly outcomes: readonly RecordOutcome[]
}

async function record(
  commits: GroupCommit,
  { facts, quarantined }: Sorted,
  bytes: number,
): Promise<Recorded | Unavailable> {
  if (facts.length + quarantined.length === 0) return { kind: 'recorded', outcomes: [] }
  const outcomes = commits.submit({ facts, quarantined }, bytes)
  if (outcomes === 'overloaded') return { kind: 'unavailable', why: 'overloaded', retryAfterS: 1 }
  try {
    return { kind: 'recorded', outcomes: await outcomes }
  } catch (error) {
    if (error instanceof StoreError)
      return error.code === 'full'
        ? { kind: 'unavailable', why: 'full', retryAfterS: 30 }
        : { kind: 'unavailable', why: 'store', retryAfterS: 5 }
    throw error
  }
}
