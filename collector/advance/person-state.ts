import type { AccountLink } from '../contracts/account.ts'
import type { PersonState, Suspicion } from '../contracts/state.ts'
import { accountOf } from '../enrich/account.ts'
import { buyingRolesOf } from '../enrich/buying-roles.ts'
import type { Whose } from '../identity/arrival.ts'
import type { IdOf } from '../identity/resolve.ts'
import { nextDue } from '../lifecycle/judge.ts'
import type { Book } from './book.ts'
import { type Followed, lifeAt } from './follow.ts'
import { standingOf } from './standing.ts'

interface Person extends Omit<Whose, 'names'> {
  readonly site: string
  readonly idOf: IdOf
}

/** Where a person who was followed stands at an instant: what is stored and shown of them. */
export function stateOf({ site, idOf, ...whose }: Person, followed: Followed, at: number): PersonState {
  const { book, asOf } = followed
  const life = lifeAt(followed, at)
  const standing = standingOf(book)
  return {
    id: whose.id,
    site,
    stage: life.stage,
    identifier: whose.identifier,
    subjects: [...book.subjects].sort(),
    visitors: [...book.visitors].sort(),
    ...standing,
    account: accountLink(book, idOf),
    claims: whose.claims,
    unconfirmed: whose.unconfirmed,
    suspicions: suspicionsOf(book, whose),
    isTest: [...book.subjects].some(subject => subject.startsWith('test:')),
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

/** More people than share a computer (our choice): colleagues at a reception do, a script that tries addresses does more. */
const MANY_PEOPLE = 4

function suspicionsOf(
  { contradicted }: Book,
  { addressesOnOneBrowser }: Pick<Whose, 'addressesOnOneBrowser'>,
): readonly Suspicion[] {
  const suspicions: Suspicion[] = []
  if (contradicted.size > 0) suspicions.push('contradiction')
  if (addressesOnOneBrowser >= MANY_PEOPLE) suspicions.push('many_people')
  return suspicions
}

/** Made anew when somebody has said something: a hash for every event would cost more than the rest of this. */
function accountLink({ who, company }: Book, idOf: IdOf): AccountLink | null {
  const known = links.get(who)
  if (known?.company === company) return known.link
  const link = linkOf(who, company, idOf)
  links.set(who, { company, link })
  return link
}

const links = new WeakMap<
  Book['who'],
  { readonly company: Book['company']; readonly link: AccountLink | null }
>()

function linkOf(who: Book['who'], company: Book['company'], idOf: IdOf): AccountLink | null {
  const account = accountOf(who, company)
  if (account === null) return null
  const { key, domain, name, by } = account
  return { id: idOf(`account:${key}`), domain, name, by, roles: buyingRolesOf(who) }
}
