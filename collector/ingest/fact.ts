import type { Envelope, WireEvent } from '../../shared/wire.ts'
import type { Fact } from '../contracts/facts.ts'
import { networkOf } from './network.ts'
import { isTooLate, occurredAt } from './occurrence.ts'

/** What all events of one request have in common. */
export interface Delivery {
  readonly site: string
  readonly origin: 'browser' | 'server'
  readonly receivedAt: number
  /** the sender's full address, or null */
  readonly ip: string | null
  readonly userAgent: string | null
}

const USER_AGENT_CHARS = 512

/** Makes the facts of one delivery. Of a server's call neither address nor agent says anything about the visitor. */
export function factMaker(envelope: FromEnvelope, delivery: Delivery): (event: WireEvent) => Fact {
  const { visitor, session, sentAt } = envelope
  const { site, origin, receivedAt } = delivery
  const isBrowser = origin === 'browser'
  const ip = isBrowser ? networkOf(delivery.ip) : null
  const userAgent = isBrowser ? (delivery.userAgent?.slice(0, USER_AGENT_CHARS) ?? null) : null
  return ({ id, type, at, page, props }) => {
    const occurred = occurredAt({ at, sentAt, receivedAt })
    return {
      id,
      site,
      subject: visitor ?? `fact:${id}`,
      visitor: visitor ?? null,
      session: session ?? null,
      type,
      occurredAt: occurred,
      receivedAt,
      page: page ?? null,
      props: props ?? {},
      origin,
      actor: null,
      ip,
      userAgent,
      tooLate: isBrowser && isTooLate(occurred, receivedAt),
    }
  }
}

type FromEnvelope = Pick<Envelope, 'visitor' | 'session' | 'sentAt'>
