import type { Fact } from '../contracts/facts.ts'
import type { PersonState } from '../contracts/state.ts'
import { withoutHistory } from '../identity/arrival.ts'
import { type EngagementFold, engagementAt } from '../scoring/engagement.ts'
import { fold } from './advance.ts'
import type { ExplainInput } from './explain.ts'
import { type Followed, followOn } from './follow.ts'
import { stateOf } from './person-state.ts'

/** Where one person stood at an instant, and what would become of them. */
export interface Standpoint {
  readonly state: PersonState
  /** what the policy reads rules and windows from: all the person did, or for a recycled lead what they did since */
  readonly counting: EngagementFold
  /** engagement earned since the latest recycling; null: never recycled */
  readonly newPoints: number | null
  /** The person after further facts of theirs, in order, later than all that is known. Nothing of it remains. */
  readonly suppose: (facts: readonly Fact[]) => PersonState
}

/** @returns null when there was no such person yet */
export function standpointOf(input: ExplainInput): Standpoint | null {
  const { at, facts, idOf, site, versions } = input
  const known = { ...input, facts: facts.filter(({ occurredAt }) => occurredAt <= at) }
  const judging = versions.filter(({ publishedAt }) => publishedAt <= at)
  // The first version judges all time before it, too.
  const folded = fold({ ...known, versions: judging.length > 0 ? judging : versions.slice(0, 1), now: at })
  const person = folded.persons.get(input.person)
  if (!person) return null
  const { whose, followed } = person
  const { sinceRecycling, whole } = followed.book
  return {
    state: stateOf({ site, idOf, ...whose }, followed, at),
    counting: sinceRecycling ?? whole,
    newPoints: sinceRecycling && engagementAt(sinceRecycling, at),
    suppose: further => {
      const branch = branchOf(followed)
      for (const fact of further) followOn(branch, withoutHistory(fact))
      return stateOf({ site, idOf, ...whose }, branch, further.at(-1)?.occurredAt ?? at)
    },
  }
}

/**
 * A copy that can be taken further by itself. How facts are read stays shared: it remembers views and sessions by id, so
 * supposed ones need ids of their own each time.
 */
function branchOf(followed: Followed): Followed {
  const { book } = followed
  return {
    ...followed,
    book: {
      ...book,
      whole: copyOf(book.whole),
      sinceRecycling: book.sinceRecycling && copyOf(book.sinceRecycling),
      claims: new Map(book.claims),
      contradicted: new Set(book.contradicted),
      networks: new Set(book.networks),
      notedLists: new Set(book.notedLists),
      needs: new Set(book.needs),
      subjects: new Set(book.subjects),
      visitors: new Set(book.visitors),
    },
  }
}

const copyOf = (engagement: EngagementFold): EngagementFold => ({
  ...engagement,
  rules: engagement.rules.map(({ rule, state }) => ({
    rule,
    state: {
      ...state,
      events: [...state.events],
      views: new Set(state.views),
      units: new Map(state.units),
    },
  })),
})
