import type { AccountLink } from '../contracts/account.ts'
import type { PersonState } from '../contracts/state.ts'
import { accountOf } from '../enrich/account.ts'
import { buyingRolesOf } from '../enrich/buying-roles.ts'
import type { IdOf } from '../identity/resolve.ts'
import { nextDue } from '../lifecycle/judge.ts'
import type { Book } from './book.ts'
import { type Followed, lifeAt } from './follow.ts'
import { standingOf } from './standing.ts'

/** Where a person who was followed stands at an instant: what is stored and shown of them. */
export function stateOf(
  { site, id, identifier, idOf }: Pick<PersonState, 'site' | 'id' | 'identifier'> & { readonly idOf: IdOf },
  followed: Followed,
  at: number,
): PersonState {
  const { book, asOf } = followed
  const life = lifeAt(followed, at)
  const standing = standingOf(book)
  return {
    id,
    site,
    stage: life.stage,
    identifier,
    subjects: [...book.subjects].sort(),
    visitors: [...book.visitors].sort(),
    ...standing,
    account: accountLink(book, idOf),
    mql: life.mql,
    transitions: life.transitions,
    firstTouch: book.firstTouch,
    lastTouch: book.lastTouch,
    firstSeenAt: book.firstSeenAt ?? 0,
    lastSeenAt: book.lastSeenAt ?? 0,
    model: book.version.version,
    nextDueAt: nextDue(life, standing, book.version.model, asOf),
  }
}

function accountLink({ who, company }: Book, idOf: IdOf): AccountLink | null {
  const account = accountOf(who, company)
  if (account === null) return null
  const { key, domain, name, by } = account
  return { id: idOf(`account:${key}`), domain, name, by, roles: buyingRolesOf(who) }
}
