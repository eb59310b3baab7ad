import type { WireError, WireEvent, WireNotice } from '../../shared/wire.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Came, Fact, Quarantined } from '../contracts/facts.ts'
import type { Site } from '../storage/store.ts'
import { asideIdOf } from './aside-id.ts'
import { type Checked, checkEvent } from './check.ts'
import { cameOf, type Delivery, type Doer, factMaker } from './fact.ts'
import type { Flaw } from './flaw.ts'
import { roomForNames } from './names.ts'
import { noticesOf } from './notices.ts'
import { clickOf, markedOwn, type Noting } from './noting.ts'
import { scrub, scrubName, scrubUnknown } from './scrub.ts'
import { tolerate } from './tolerate.ts'

/** What one visitor did, unchecked. */
export interface Batch extends Doer {
  readonly events: readonly unknown[]
  /** what is wrong with them in words that their sender understands better than what the check would say */
  readonly flaw?: Flaw
}

/** How events came, and for which site. */
export interface Arrived {
  readonly site: Site
  /** with the site's test key */
  readonly isTest: boolean
  /** the names of custom events that the site has; undefined: they are not counted */
  readonly names?: ReadonlySet<string>
  /** of the body, inflated */
  readonly bytes: number
  /** null: a public key alone, as browsers send */
  readonly secretKey: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  readonly optedOut: (publicKey: string) => boolean
  readonly isOurs: (url: string) => boolean
}

/** Places count through all batches of the request. */
export interface Sorted {
  /** what was sent, then the clicks that page views prove */
  readonly facts: readonly Fact[]
  /** of what was sent: the place in the request */
  readonly places: readonly number[]
  readonly quarantined: readonly Quarantined[]
  /** of what is in quarantine: the place in the request; every other error is a refusal */
  readonly asidePlaces: readonly number[]
  readonly errors: readonly WireError[]
  /** what is kept otherwise than it came */
  readonly notices: readonly WireNotice[]
}

/** Checks each event by itself: a fact, an event kept aside, or an error. */
export function sortEvents(
  batches: readonly Batch[],
  arrived: Arrived,
  { clock, noting }: { readonly clock: Clock; readonly noting: Noting },
): Sorted {
  const { site } = arrived
  const delivery = deliveryOf(arrived, clock(), noting)
  const { origin, receivedAt } = delivery
  const facts: Fact[] = []
  const places: number[] = []
  const clicks: Fact[] = []
  const quarantined: Quarantined[] = []
  const asidePlaces: number[] = []
  const errors: WireError[] = []
  const notices: WireNotice[] = []
  const named = nameCheck(roomForNames(arrived.names, origin))
  const sent = batches.flatMap(batch => {
    const toFact = factMaker(batch, delivery)
    return batch.events.map(came => ({ came, event: tolerate(came), toFact, batch }))
  })
  for (const [index, { came, event, toFact, batch }] of sent.entries()) {
    const checked = named(inWordsOf(batch, checkEvent(event, arrived.bytes, origin)))
    notices.push(...noticesAt(index, checked, came, event))
    if (checked.verdict === 'sound') {
      const [fact, click] = factsOf(checked.event, toFact, arrived, noting)
      facts.push(fact)
      places.push(index)
      if (click) clicks.push(click)
      continue
    }
    errors.push({ index, ...checked.flaw })
    if (checked.verdict === 'refused') continue
    asidePlaces.push(index)
    quarantined.push({ ...keptAside(event, site, cameOf(batch, delivery)), ...checked.flaw, receivedAt })
  }
  return { facts: [...facts, ...clicks], places, quarantined, asidePlaces, errors, notices }
}

const noticesAt = (
  index: number,
  { verdict }: Checked,
  came: unknown,
  kept: unknown,
): readonly WireNotice[] =>
  verdict === 'refused' ? [] : noticesOf(came, kept).map(notice => ({ index, ...notice }))

const nameCheck =
  (roomFor: (name: string) => Flaw | null) =>
  (checked: Checked): Checked => {
    const flaw = checked.verdict === 'sound' ? roomFor(scrubName(checked.event.type)) : null
    return flaw ? { verdict: 'quarantined', flaw } : checked
  }

const inWordsOf = ({ flaw }: Batch, checked: Checked): Checked =>
  flaw && checked.verdict !== 'refused' ? { verdict: 'quarantined', flaw } : checked

/** An event of whatever shape, as far as it may be kept. */
function keptAside(
  event: unknown,
  { id, params }: Site,
  came: Came,
): Pick<Quarantined, 'site' | 'eventId' | 'body' | 'came'> {
  const kept = scrubUnknown(event, params)
  return { site: id, eventId: asideIdOf(kept, came), body: JSON.stringify(kept), came }
}

const deliveryOf = (
  { site, isTest, secretKey, ip, userAgent, optedOut }: Arrived,
  receivedAt: number,
  { network }: Noting,
): Delivery => ({
  site: site.id,
  origin: secretKey === null ? 'browser' : 'server',
  receivedAt,
  ip,
  userAgent,
  isTest,
  optedOut: secretKey === null && optedOut(site.publicKey),
  network,
})

function factsOf(
  event: WireEvent,
  toFact: (event: WireEvent) => Fact,
  { site, isOurs }: Arrived,
  noting: Noting,
): readonly [fact: Fact, click: Fact | null] {
  const url = event.page?.url
  const fact = markedOwn(toFact(scrub(event, site.params)), url, noting, isOurs)
  return [fact, clickOf(fact, url, noting)]
}
