import type { Fact } from '../../collector/contracts/facts.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'
import type { Behaviour } from './behaviour.ts'

/** Who a fact says it is. */
export interface Claim {
  readonly fact: Fact
  /** `email:…`, `phone:…`, `user:…`: the name it gives first, then others of the same person */
  readonly names: readonly [string, ...string[]]
  /** a signed link was followed, or the customer's server says so: not a page alone */
  readonly isProof: boolean
  /** `phone:…` given beside an e-mail or a user's id: it names nobody then */
  readonly phone: string | null
}

/** What the facts claim, in order. What came too late claims nothing, and a program that follows a link confirms nothing. */
export const claimsIn = (facts: readonly Fact[], behaviour: Behaviour): readonly Claim[] =>
  facts.flatMap(fact => (fact.tooLate || isVoidClick(fact, behaviour) ? [] : claimOf(fact)))

export const isVoidClick = (fact: Fact, behaviour: Behaviour): boolean =>
  fact.noted?.click !== undefined && behaviour.isProgram(fact)

function claimOf(fact: Fact): readonly Claim[] {
  const traits = traitsOf(fact)
  const given = (name: string) =>
    traits.filter(trait => trait.name === name).map(({ value }) => `${name}:${value}`)
  const users = [fact.noted?.user, fact.noted?.formerUser].flatMap(id =>
    id === undefined ? [] : `user:${id}`,
  )
  const [phone = null] = given('phone').map(ofKey(fact))
  const [name = phone, ...others] = [...given('email'), ...users].map(ofKey(fact))
  if (name === null) return []
  const isProof = fact.origin !== 'browser' || fact.noted?.click !== undefined
  return [{ fact, names: [name, ...others], isProof, phone: name === phone ? null : phone }]
}

/** Whoever tries the site with its test key has names of their own. */
const ofKey =
  ({ noted }: Fact) =>
  (name: string): string =>
    noted?.test ? `test:${name}` : name

export const isPhone = (name: string): boolean => name.replace('test:', '').startsWith('phone:')
