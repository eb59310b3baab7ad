import type { Fact } from '../contracts/facts.ts'
import type { Aside, QuarantineStore, Settled } from '../storage/quarantine-store.ts'
import type { RecordOutcome } from '../storage/store.ts'
import { ownIdOf, uuidFrom } from './aside-id.ts'
import { checkEvent } from './check.ts'
import { factMaker } from './fact.ts'
import type { Flaw } from './flaw.ts'
import type { Noting } from './noting.ts'
import { findDepth } from './outline.ts'
import { scrub } from './scrub.ts'
import { tolerate } from './tolerate.ts'

export interface ReleaseDeps {
  readonly store: QuarantineStore
  /** as ingest records; `overloaded`: nothing was taken */
  readonly record: (fact: Fact, bytes: number) => Promise<RecordOutcome | 'overloaded'>
  readonly network: Noting['network']
}

/** A quarantined event as a person has mended it. */
export interface ReleaseOrder {
  readonly site: string
  readonly id: string
  /** still unchecked; its own id is not read */
  readonly event: unknown
  /** query parameters the site's owner keeps */
  readonly params: readonly string[]
  readonly actor: string
  /** epoch ms */
  readonly now: number
}

export type Release =
  /** `outcome` of recording: a `duplicate` came by itself meanwhile, of an `erased` one nothing is kept */
  | { readonly kind: 'released'; readonly event: string; readonly outcome: RecordOutcome }
  | { readonly kind: 'unknown' | 'overloaded' }
  | { readonly kind: 'settled'; readonly settled: Settled }
  | { readonly kind: 'unsound'; readonly flaw: Flaw }

/**
 * Records the mended event as if it had been sound when it came: at its time of arrival, from the same sender (collector.md,
 * Promises). It gets one id whatever is sent, so that of two releases at once, or of one after a crash, one event remains.
 */
export async function release(deps: ReleaseDeps, order: ReleaseOrder): Promise<Release> {
  const { site, id, actor, now } = order
  const aside = await deps.store.asideById(site, id)
  if (!aside) return { kind: 'unknown' }
  if (aside.settled) return { kind: 'settled', settled: aside.settled }
  const tooDeep = findDepth(order.event)
  if (tooDeep) return { kind: 'unsound', flaw: tooDeep }
  const bytes = Buffer.byteLength(JSON.stringify(order.event) ?? '')
  const event = tolerate(withId(order.event, eventIdOf(aside)))
  const checked = checkEvent(event, bytes, aside.came?.origin ?? 'browser')
  if (checked.verdict !== 'sound') return { kind: 'unsound', flaw: checked.flaw }
  const fact = factAsItCame(aside, deps.network)(scrub(checked.event, order.params))
  const outcome = await deps.record(fact, bytes)
  if (outcome === 'overloaded') return { kind: 'overloaded' }
  const settled = await deps.store.settleAside(site, id, { as: 'released', at: now, actor })
  if (settled) return { kind: 'released', event: fact.id, outcome }
  const other = (await deps.store.asideById(site, id))?.settled
  return other ? { kind: 'settled', settled: other } : { kind: 'unknown' }
}

function factAsItCame(
  { site, receivedAt, came }: Aside,
  network: Noting['network'],
): ReturnType<typeof factMaker> {
  const { optedOut, test, user, formerUser, ...seen } = came?.noted ?? {}
  const envelope = {
    sentAt: came?.sentAt ?? receivedAt,
    visitor: came?.visitor ?? undefined,
    session: came?.session ?? undefined,
    user,
    formerUser,
  }
  const origin = came?.origin ?? 'browser'
  return factMaker(envelope, {
    site,
    origin,
    receivedAt,
    ip: came?.ip ?? null,
    userAgent: came?.userAgent ?? null,
    isTest: test ?? false,
    optedOut: optedOut ?? false,
    // of a page's own request all was noted while the address was whole
    network: origin === 'browser' ? () => seen : network,
  })
}

const withId = (event: unknown, id: string): unknown =>
  typeof event === 'object' && event !== null && !Array.isArray(event) ? { ...event, id } : event

/** By which it is known when it is sent again; else the id it came with, or one that follows from its place in quarantine. */
const eventIdOf = ({ eventId, site, id, body }: Aside): string =>
  eventId ?? ownIdOf(JSON.parse(body)) ?? uuidFrom(`released\0${site}\0${id}`)
