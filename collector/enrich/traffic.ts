import { isbot, isbotMatch } from 'isbot'
import type { Traffic, TraitClaim } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { filledTrap } from './fields.ts'
import type { ListTest } from './lists.ts'
import { memo } from './memo.ts'

/** The list of goldpan.yaml whose people are our own. */
export const STAFF_LIST = 'staff'

const HUMAN: Traffic = { kind: 'human', evidence: null }
const TOO_LATE: Traffic = { kind: 'too_late', evidence: 'arrived later than the wire accepts' }
const STAFF_EMAIL: Traffic = { kind: 'internal', evidence: `e-mail is on list ${STAFF_LIST}` }

/**
 * Who is behind each of one person's facts, in order. Once the person gave an address of our staff, what they do after is
 * internal too.
 */
export function startTraffic(staff: ListTest | null): (fact: Fact, traits: readonly TraitClaim[]) => Traffic {
  let isStaff = false
  return (fact, traits) => {
    isStaff ||= staff !== null && givesEmailOn(staff, traits)
    if (fact.tooLate) return TOO_LATE
    if (isAutomated(fact)) return botTraffic(fact.userAgent ?? '')
    if (isStaff) return STAFF_EMAIL
    const trap = trapOf(fact)
    if (trap !== null) return { kind: 'bot', evidence: `filled in a trap for robots, "${trap}"` }
    return staff === null ? HUMAN : byNetwork(staff, fact.ip)
  }
}

const trapOf = ({ origin, type, props }: Fact): string | null =>
  origin === 'browser' && type === 'form_submit' ? filledTrap(props) : null

const looksAutomated = memo(10_000, isbot)

/** A server or an operator speaks for a person: their own user agent proves nothing. */
const isAutomated = ({ origin, userAgent }: Fact): boolean =>
  origin === 'browser' && userAgent !== null && looksAutomated(userAgent)

const botTraffic = memo(
  10_000,
  (userAgent): Traffic => ({ kind: 'bot', evidence: `user agent contains "${isbotMatch(userAgent)}"` }),
)

const givesEmailOn = (staff: ListTest, traits: readonly TraitClaim[]): boolean =>
  traits.some(({ name, value }) => name === 'email' && typeof value === 'string' && staff.email(value))

const byNetwork = (staff: ListTest, network: string | null): Traffic =>
  network !== null && staff.network(network)
    ? { kind: 'internal', evidence: `network ${network} is on list ${STAFF_LIST}` }
    : HUMAN
