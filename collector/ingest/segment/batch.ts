import { LIMITS } from '../../../shared/limits.ts'
import type { WireEvent } from '../../../shared/wire.ts'
import type { Flaw } from '../flaw.ts'
import { kindOf } from '../mismatch.ts'
import { isTooDeep } from '../outline.ts'
import type { Batch } from '../sort.ts'
import { CALLS, type Call, SAID_BY } from './event.ts'
import { eventIdOf, isAnonymousId, userOf, visitorOf } from './ids.ts'
import { claimedTime, type Fields, fieldsIn, isFields, textIn, timeIn } from './message.ts'
import { MESSAGE_DEPTH } from './open.ts'
import { pageOf } from './page.ts'

/** What is the same for all messages of a request. */
export interface Sending {
  /** of a secret key: it may say who the user is, and whose address and agent it was */
  readonly isTrusted: boolean
  /** epoch ms by the sender's clock; undefined: it said nothing */
  readonly sentAt: number | undefined
  /** epoch ms */
  readonly receivedAt: number
}

/** A message as what one visitor did. What is no message, or too deep to be looked at, is left to the check as it came. */
export function batchOf(message: unknown, sending: Sending): Batch {
  const sentAt = sending.sentAt ?? (isFields(message) ? timeIn(message, 'sentAt') : undefined)
  const known = { sentAt: sentAt ?? sending.receivedAt }
  if (!isFields(message) || isTooDeep(message, MESSAGE_DEPTH)) return { ...known, events: [message] }
  const call = CALLS.find(name => name === message.type)
  if (call === undefined) return { ...known, events: [message], flaw: unknownCall(message.type) }
  const at = claimedTime(message) ?? known.sentAt
  const event: WireEvent = {
    ...saidIn(message, call),
    id: eventIdOf(message),
    at,
    ...(sending.isTrusted && contextOf(message)),
  }
  return { ...known, ...whose(message, call, sending.isTrusted), events: [event] }
}

const ONE_OF = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(CALLS)
/** A name that a program gives, not something that a person typed: it may be repeated. */
const NAME = /^[A-Za-z_]{1,20}$/

const unknownCall = (type: unknown): Flaw => ({
  code: 'invalid_event',
  path: '/type',
  message: `expected ${ONE_OF}, came ${typeof type === 'string' && NAME.test(type) ? type : kindOf(type)}. Send one of these.`,
})

function saidIn(message: Fields, call: Call): Pick<WireEvent, 'type' | 'props' | 'page'> {
  const isPage = call === 'page' || call === 'screen'
  const page = pageOf(message, isPage ? fieldsIn(message, 'properties') : null)
  return { ...SAID_BY[call](message), ...(page && { page }) }
}

/** A page is not believed who its user is (collector.md, Wire): what it calls them stays among the traits it gives. */
function whose(
  message: Fields,
  call: Call,
  isTrusted: boolean,
): Pick<Batch, 'visitor' | 'user' | 'formerUser'> {
  const anonymous = textIn(message, 'anonymousId')
  if (!isTrusted) return { visitor: visitorOf(anonymous) }
  const user = userOf(textIn(message, 'userId'))
  const previous = call === 'alias' ? textIn(message, 'previousId') : undefined
  if (previous === undefined) return { visitor: visitorOf(anonymous), user }
  return {
    visitor: visitorOf(isAnonymousId(previous) ? previous : anonymous),
    user,
    formerUser: userOf(previous),
  }
}

/** As long as an IPv6 address can be. */
const IP_CHARS = 45

/** The visitor's address and agent, as a server tells them. */
function contextOf(message: Fields): Pick<WireEvent, 'context'> {
  const context = fieldsIn(message, 'context')
  const [ip, userAgent] = [textIn(context, 'ip'), textIn(context, 'userAgent')]
  return {
    context: {
      ...(ip !== undefined && ip.length <= IP_CHARS && { ip }),
      ...(userAgent !== undefined && { userAgent: userAgent.slice(0, LIMITS.stringChars) }),
    },
  }
}
