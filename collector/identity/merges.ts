import { byOccurrence, type Fact } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'
import { CLICKS } from './clicks.ts'
import type { Join } from './joins.ts'
import { NAMES } from './names.ts'

/**
 * The merges that stand, in order. An unmerge undoes the merges of its two leads before it, and then it is as if they had
 * never been (collector.md, Identity).
 * @param facts in order of occurrence
 */
export function mergesIn(facts: readonly Fact[]): readonly Join[] {
  const standing = new Map<string, Join>()
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
  identifier !== null && [TIE, NAMES, CLICKS].some(tie => identifier.startsWith(tie))
