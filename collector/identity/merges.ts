import { byOccurrence, type Fact, isWord } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'
import type { Arrival, ResolvedPerson } from './arrival.ts'
import { NAMES } from './names.ts'

/** One lead joined to another by a person's word that nobody took back. */
export interface Merge {
  readonly word: Fact
  /** id of the lead that goes on */
  readonly into: string
  /** id of the lead that is it, too */
  readonly from: string
}

/**
 * The merges that stand, in order. An unmerge undoes the merges of its two leads before it, and then it is as if they had
 * never been (collector.md, Identity).
 * @param facts in order of occurrence
 */
export function mergesIn(facts: readonly Fact[]): readonly Merge[] {
  const standing = new Map<string, Merge>()
  for (const word of facts) {
    const from = word.props.lead
    if (typeof from !== 'string' || from === word.subject) continue
    const pair = `${word.subject} ${from}`
    if (word.type === 'unmerge') standing.delete(pair)
    if (word.type === 'merge' && !standing.has(pair)) standing.set(pair, { word, into: word.subject, from })
  }
  return [...standing.values()].sort((a, b) => byOccurrence(a.word, b.word))
}

const TIE = 'merge:'

/** Two leads that a merge ever spoke of are looked at together: its spans on both carry one name. */
export function tieOf({ id, type, subject, occurredAt, props }: Fact): readonly Span[] {
  if (type !== 'merge' || typeof props.lead !== 'string') return []
  return [...new Set([subject, props.lead])].map(lead => ({
    subject: lead,
    startsAt: occurredAt,
    startsId: id,
    person: lead,
    identifier: `${TIE}${id}`,
  }))
}

/** Whether a span only connects: its subject may have no timeline yet. */
export const isTie = ({ identifier }: Span): boolean =>
  identifier !== null && (identifier.startsWith(TIE) || identifier.startsWith(NAMES))

/**
 * Joins the people of each merge in turn: what the one did before the word arrives with it, as history; what comes later
 * at its own time. Decisions stay with the lead they addressed, so those on the other are not this lead's.
 * @returns who goes on for whom: by id of a lead that was joined to another
 */
export function joinMerged(
  persons: Map<string, ResolvedPerson>,
  merges: readonly Merge[],
): ReadonlyMap<string, string> {
  const joined = new Map<string, string>()
  const currentOf = (id: string): string => {
    const next = joined.get(id)
    return next === undefined ? id : currentOf(next)
  }
  for (const { word, into, from } of merges) {
    const keeper = persons.get(currentOf(into))
    const other = persons.get(currentOf(from))
    if (!keeper || !other || keeper === other) continue
    persons.set(keeper.id, {
      ...keeper,
      arrivals: [...keeper.arrivals, ...arriveWith(word, other.arrivals)].sort(byArrival),
    })
    persons.delete(other.id)
    joined.set(other.id, keeper.id)
  }
  return new Map([...joined.keys()].map(id => [id, currentOf(id)]))
}

function arriveWith(word: Fact, arrivals: readonly Arrival[]): readonly Arrival[] {
  const own = arrivals.filter(({ fact }) => !isWord(fact) || fact.type === 'merge')
  const later = own.filter(({ fact }) => byOccurrence(fact, word) > 0)
  const history = own
    .filter(({ fact }) => byOccurrence(fact, word) <= 0)
    .flatMap(arrival => [...arrival.history, arrival.fact])
  return [{ fact: word, history: history.sort(byOccurrence) }, ...later]
}

const byArrival = (a: Arrival, b: Arrival): number => byOccurrence(a.fact, b.fact)
