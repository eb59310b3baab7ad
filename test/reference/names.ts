import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { Claim } from './claims.ts'
import { allOf } from './joinings.ts'

/** All names of the person of a name, by what the customer's server had said up to a fact; null: by all it ever said. */
export type NamesAt = (name: string, by: Fact | null) => ReadonlySet<string>

export function namesIn(claims: readonly Claim[]): NamesAt {
  const said = claims.filter(({ names }) => names.length > 1)
  return (name, by) => {
    const known = by === null ? said : said.filter(({ fact }) => byOccurrence(fact, by) <= 0)
    return allOf(
      name,
      known.map(({ names }) => names),
    )
  }
}

/** Whose other name somebody turned out to be, in order: the one whose name was known first goes on. */
export const renamingsIn = (claims: readonly Claim[]): readonly (readonly [Fact, string, string])[] =>
  claims.flatMap(({ fact, names }, i) => {
    const before = namesIn(claims.slice(0, i))
    const goneBy = names.map(name => firstOf(before(name, null), claims))
    const keeper = firstOf(new Set(goneBy), claims)
    return goneBy.filter(name => name !== keeper).map(name => [fact, keeper, name] as const)
  })

/** The name that was known first: the person goes by it. */
export const firstOf = (names: ReadonlySet<string>, claims: readonly Claim[]): string =>
  claims.flatMap(claim => claim.names).find(name => names.has(name)) ?? ''
