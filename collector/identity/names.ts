import type { Claim, Claimed } from '../contracts/claim.ts'
import type { Span } from '../contracts/state.ts'
import type { Join } from './joins.ts'

/** All names in one claim. */
export const identifiersOf = ({ identifier, also }: Claim): readonly string[] => [identifier, ...also]

/** Of a claim with several names: which these are. Each is a tie of its own, by whatever names the person goes. */
const combinationOf = (claim: Claim): string => identifiersOf(claim).join(' ')

/** The combinations of names that claims of a component have. */
export const combinationsIn = (claimed: readonly Claimed[]): ReadonlySet<string> =>
  new Set(claimed.flatMap(({ claim }) => (claim.also.length > 0 ? combinationOf(claim) : [])))

/** Whether a claim ties names that were not tied before. */
export const tiesAnew = (claim: Claim, known: ReadonlySet<string>): boolean =>
  claim.also.length > 0 && !known.has(combinationOf(claim))

/**
 * Which names are one person's, as far as the claims were read: only the customer's server says so (its user 42 has this
 * address now, and had that one before). A person goes by the name that was known first.
 */
export interface Names {
  /** The name that an identifier goes by. */
  nameOf(identifier: string): string
  /** The name that an identifier went by when so many claims had been read. */
  nameAsOf(identifier: string, claims: number): string
  /** All identifiers that go by a name. */
  of(name: string): Iterable<string>
  /** Reads the next claim. */
  read(claimed: Claimed): void
  /** Who turned out to be somebody else's other name, in order. */
  readonly joins: readonly Join[]
}

/** @param idOf from a name to a lead's id */
export function openNames(idOf: (identifier: string) => string): Names {
  /** by identifier: what it came to go by, and after how many claims, in order */
  const keepers = new Map<string, { readonly keeper: string; readonly after: number }[]>()
  let claims = 0
  const groups = new Map<string, Set<string>>()
  const joins: Join[] = []
  const nameOf = (identifier: string): string => keepers.get(identifier)?.at(-1)?.keeper ?? identifier
  const order = (name: string): number => ages.get(name) ?? 0
  const ages = new Map<string, number>()

  function join(keeper: string, other: string, { fact }: Claimed): void {
    for (const name of groups.get(other) ?? [other]) {
      keepers.set(name, [...(keepers.get(name) ?? []), { keeper, after: claims }])
      groups.get(keeper)?.add(name)
    }
    groups.delete(other)
    joins.push({ word: fact, into: idOf(keeper), from: idOf(other) })
  }

  return {
    nameOf,
    nameAsOf: (identifier, upTo) =>
      keepers.get(identifier)?.findLast(({ after }) => after <= upTo)?.keeper ?? identifier,
    of: name => groups.get(name) ?? [name],
    joins,
    read(claimed) {
      claims += 1
      const names = identifiersOf(claimed.claim)
      for (const name of names) {
        if (ages.has(name)) continue
        ages.set(name, ages.size)
        groups.set(name, new Set([name]))
      }
      const [keeper = '', ...others] = [...new Set(names.map(nameOf))].sort((a, b) => order(a) - order(b))
      for (const other of others) join(keeper, other, claimed)
    },
  }
}

/** Two names that were ever called one person's are looked at together: spans on both leads carry one name. */
export function tiesOfNames(
  claimed: readonly Claimed[],
  idOf: (identifier: string) => string,
): readonly Span[] {
  const first = new Map<string, Claimed>()
  for (const one of claimed) {
    const key = combinationOf(one.claim)
    if (one.claim.also.length > 0 && !first.has(key)) first.set(key, one)
  }
  return [...first.values()].flatMap(({ fact: { id, occurredAt }, claim }) =>
    identifiersOf(claim).map(identifier => ({
      subject: idOf(identifier),
      startsAt: occurredAt,
      startsId: id,
      person: idOf(identifier),
      identifier: `${NAMES}${id}`,
    })),
  )
}

/** What the spans of two names of one person carry in the place of an identifier. */
export const NAMES = 'names:'
