import type { Traffic, TrafficKind, TraitClaim } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { Behaviour } from './behaviour.ts'
import { filledTrap } from './fields.ts'
import type { ListTest } from './lists.ts'
import { automatedBy } from './user-agents.ts'

/** A list of goldpan.yaml that tells who is behind traffic. */
export interface TrafficList {
  readonly name: string
  readonly kind: 'internal' | 'competitor'
  readonly test: ListTest
}

/** The lists of goldpan.yaml whose people are our own, and those who only want to know what we do. */
export const TRAFFIC_LISTS = { staff: 'internal', competitors: 'competitor' } as const

const HUMAN: Traffic = { kind: 'human', evidence: null }
const TEST: Traffic = { kind: 'test', evidence: 'sent with the test key' }
const TOO_LATE: Traffic = { kind: 'too_late', evidence: 'arrived later than the wire accepts' }
const OPTED_OUT: Traffic = { kind: 'internal', evidence: 'the browser is marked as one of our own' }

/**
 * Who is behind each of one person's facts, in order. Once the person gave an address of our staff, what they do after is
 * internal too; a browser that was marked as our own stays so.
 */
export function startTraffic(
  lists: readonly TrafficList[],
  behaviour: Behaviour,
): (fact: Fact, traits: readonly TraitClaim[]) => Traffic {
  let byEmail: Traffic | null = null
  return (fact, traits) => {
    if (fact.tooLate) return TOO_LATE
    byEmail ??= listedEmail(lists, traits)
    return (
      behaviour.saidOf(fact) ??
      machineBehind(fact, behaviour) ??
      trapped(fact) ??
      (fact.noted?.test ? TEST : null) ??
      (behaviour.isOwn(fact) ? OPTED_OUT : null) ??
      byEmail ??
      listedNetwork(lists, fact) ??
      HUMAN
    )
  }
}

/** Kinds that no person is behind. */
const MACHINES: ReadonlySet<TrafficKind> = new Set<TrafficKind>([
  'bot',
  'ai_crawler',
  'link_preview',
  'headless',
  'mail_scanner',
])

/** The program that a fact was made by, as its agent, its address or its timeline shows; null: none, as far as we see. */
export function machineBehind(fact: Fact, behaviour: Behaviour): Traffic | null {
  const said = behaviour.saidOf(fact)
  if (said) return MACHINES.has(said.kind) ? said : null
  const { origin, userAgent, noted } = fact
  // an operator's own agent proves nothing about the visitor; a server's is the visitor's (fact.ts)
  const automaton = origin === 'operator' || userAgent === null ? null : automatedBy(userAgent)
  if (automaton) return automaton
  return behaviour.against(fact) ?? (noted?.crowd ? crowded(noted.crowd) : null)
}

const crowded = (visitors: number): Traffic => ({
  kind: 'bot',
  evidence: `one of ${visitors} visitors from one address within ten minutes`,
})

function trapped({ origin, type, props }: Fact): Traffic | null {
  const trap = origin === 'browser' && type === 'form_submit' ? filledTrap(props) : null
  return trap === null ? null : { kind: 'bot', evidence: `filled in a trap for robots, "${trap}"` }
}

function listedEmail(lists: readonly TrafficList[], traits: readonly TraitClaim[]): Traffic | null {
  const emails = traits.flatMap(({ name, value }) =>
    name === 'email' && typeof value === 'string' ? value : [],
  )
  const on = lists.find(({ test }) => emails.some(test.email))
  return on ? { kind: on.kind, evidence: `e-mail is on list ${on.name}` } : null
}

function listedNetwork(lists: readonly TrafficList[], { ip, noted }: Fact): Traffic | null {
  if (ip === null) return null
  const on = lists.find(({ name, test }) => test.network(ip, noted?.lists?.includes(name)))
  return on ? { kind: on.kind, evidence: `network ${ip} is on list ${on.name}` } : null
}
