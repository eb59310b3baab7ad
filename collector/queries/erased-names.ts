import type { Fact } from '../contracts/facts.ts'
import { identifierIn } from '../enrich/claim.ts'
import { traitsOf } from '../enrich/traits.ts'
import type { IdOf } from '../identity/resolve.ts'

/** The identifiers a fact gives of its person, even one that came too late to claim anything. */
export function identifiersOf(fact: Fact): readonly string[] {
  const { user, formerUser, test, click } = fact.noted ?? {}
  const said = [
    identifierIn(traitsOf(fact)),
    user === undefined ? null : `user:${user}`,
    formerUser === undefined ? null : `user:${formerUser}`,
    click === undefined ? null : `email:${click.email}`,
  ]
  return said.flatMap(name => (name === null ? [] : test ? `test:${name}` : name))
}

/** By which names a fact belongs to somebody: what it says of them, and its timeline. */
export const namesOf = (fact: Fact): readonly string[] => [...identifiersOf(fact), timelineName(fact.subject)]

export const timelineName = (subject: string): string => `subject:${subject}`

/**
 * What tombstones are made of: a keyed hash, other than a lead's id, so that ids which somebody kept elsewhere do not tell
 * who was erased.
 */
export const tombstoneHash =
  (idOf: IdOf): IdOf =>
  name =>
    idOf(`erased:${name}`)
