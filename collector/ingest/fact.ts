import { isPlaceholderId } from '../../shared/placeholders.ts'
import type { WireEvent } from '../../shared/wire.ts'
import type { Came, Fact } from '../contracts/facts.ts'
import { networkOf } from './network.ts'
import { type Noting, notedOrNull } from './noting.ts'
import { isTooLate, occurredAt } from './occurrence.ts'

/** What all events of one request have in common. */
export interface Delivery {
  readonly site: string
  readonly origin: 'browser' | 'server'
  readonly receivedAt: number
  /** the sender's full address, or null */
  readonly ip: string | null
  readonly userAgent: string | null
  /** sent with the site's test key */
  readonly isTest: boolean
  /** the browser says it is one of our own */
  readonly optedOut: boolean
  /** what the collector knows of an address */
  readonly network: Noting['network']
}

/** Whose events they are, as their sender says it. */
export interface Doer {
  readonly visitor?: string | undefined
  readonly session?: string | undefined
  /** epoch ms by the sender's clock */
  readonly sentAt: number
  /** the customer's own id of the person */
  readonly user?: string | undefined
  /** another id that the customer had for that user */
  readonly formerUser?: string | undefined
}

const USER_AGENT_CHARS = 512

/**
 * Makes the facts of one delivery. Of a server's call neither address nor agent says anything about the visitor, unless
 * the server says what they were.
 */
export function factMaker(envelope: Doer, delivery: Delivery): (event: WireEvent) => Fact {
  const { session, sentAt } = envelope
  const { site, origin, receivedAt, isTest } = delivery
  const visitor = visitorOf(envelope)
  const senderOf = senders(envelope, delivery, visitor)
  return ({ id, type, at, page, props, context }) => {
    const occurred = occurredAt({ at, sentAt, receivedAt })
    const sender = senderOf(context)
    return {
      id,
      site,
      subject: subjectOf(
        visitor ?? (sender.noted?.user ? `user:${sender.noted.user}` : `fact:${id}`),
        isTest,
      ),
      visitor,
      session: session ?? null,
      type,
      occurredAt: occurred,
      receivedAt,
      page: page ?? null,
      props: props ?? {},
      origin,
      actor: null,
      ...sender,
      tooLate: origin === 'browser' && isTooLate(occurred, receivedAt),
    }
  }
}

/** How the events of one delivery came, whatever they are. */
export function cameOf(envelope: Doer, delivery: Delivery): Came {
  const { session = null, sentAt } = envelope
  const visitor = visitorOf(envelope)
  const sender = senders(envelope, delivery, visitor)(undefined)
  const user = sender.noted?.user
  const own = visitor ?? (user === undefined ? null : `user:${user}`)
  const subject = own === null ? null : subjectOf(own, delivery.isTest)
  return { origin: delivery.origin, subject, visitor, session, sentAt, ...sender }
}

const visitorOf = ({ visitor }: Doer): string | null =>
  visitor === undefined || isPlaceholderId(visitor) ? null : visitor

/** Who was at the other end, as far as it may be kept: a page's own request, or what a server says of one. */
function senders(
  { user, formerUser }: Doer,
  { site, origin, receivedAt, isTest, optedOut, network, ...own }: Delivery,
  visitor: string | null,
): (context: WireEvent['context']) => Pick<Fact, 'ip' | 'userAgent' | 'noted'> {
  const isLive = origin === 'browser'
  const whose = {
    ...(optedOut && { optedOut }),
    ...(isTest && { test: true as const }),
    ...(user !== undefined &&
      !isPlaceholderId(user) && { user, ...(formerUser !== undefined && { formerUser }) }),
  }
  const senderOf = ({ ip, userAgent }: Pick<Delivery, 'ip' | 'userAgent'>) => ({
    ip: networkOf(ip),
    userAgent: userAgent?.slice(0, USER_AGENT_CHARS) ?? null,
    noted: notedOrNull({
      ...(ip !== null && network({ site, address: ip, visitor, isLive, now: receivedAt })),
      ...whose,
    }),
  })
  if (isLive) {
    const sender = senderOf(own)
    return () => sender
  }
  return context => senderOf({ ip: context?.ip ?? null, userAgent: context?.userAgent ?? null })
}

/** What a test key sends is on timelines of its own: one browser may be tried out and used. */
const subjectOf = (own: string, isTest: boolean): string => (isTest ? `test:${own}` : own)
