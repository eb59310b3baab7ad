import type { Claim, Claimed } from '../contracts/claim.ts'
import type { Fact } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'

/**
 * By which name each identifier goes: the one of its person that was known first. Only the customer's server says that two
 * names are one person's (its user 42 has this address now, and had that one before).
 * @param claimed in order of occurrence
 */
export function namesIn(claimed: readonly Claimed[]): (identifier: string) => string {
  const said = claimed.map(({ claim }) => identifiersOf(claim))
  const order = new Map([...new Set(said.flat())].map((name, index) => [name, index]))
  const keepers = new Map<string, string>()
  const nameOf = (identifier: string): string => {
    const keeper = keepers.get(identifier)
    return keeper === undefined ? identifier : nameOf(keeper)
  }
  const byAge = (a: string, b: string): number => (order.get(a) ?? 0) - (order.get(b) ?? 0)
  for (const names of said.filter(({ length }) => length > 1)) {
    const [keeper = '', ...others] = [...new Set(names.map(nameOf))].sort(byAge)
    for (const other of others) keepers.set(other, keeper)
  }
  return nameOf
}

/** Two names that were ever called one person's are looked at together: spans on both leads carry one name. */
export function tiesOfNames(
  claimed: readonly Claimed[],
  idOf: (identifier: string) => string,
  nameOf: (identifier: string) => string,
): readonly Span[] {
  const first = new Map<string, { readonly fact: Fact; readonly names: readonly string[] }>()
  for (const { fact, claim } of claimed.filter(({ claim }) => claim.also.length > 0)) {
    const names = identifiersOf(claim)
    const key = names.join(' ')
    if (!first.has(key)) first.set(key, { fact, names })
  }
  return [...first.values()].flatMap(({ fact: { id, occurredAt }, names }) =>
    names.map(identifier => ({
      subject: idOf(identifier),
      startsAt: occurredAt,
      startsId: id,
      person: idOf(nameOf(identifier)),
      identifier: `${NAMES}${id}`,
    })),
  )
}

/** All names in one claim. */
export const identifiersOf = ({ identifier, also }: Claim): readonly string[] => [identifier, ...also]

/** What the spans of two names of one person carry in the place of an identifier. */
export const NAMES = 'names:'
