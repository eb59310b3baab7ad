import type { PersonState } from '../contracts/state.ts'
import { nextDue } from '../lifecycle/judge.ts'
import { type Followed, lifeAt } from './follow.ts'
import { standingOf } from './standing.ts'

/** Where a person who was followed stands at an instant: what is stored and shown of them. */
export function stateOf(
  { site, id, identifier }: Pick<PersonState, 'site' | 'id' | 'identifier'>,
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
