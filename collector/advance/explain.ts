import type { Evidence } from '../contracts/evidence.ts'
import { byOccurrence } from '../contracts/facts.ts'
import type { ScoreReason } from '../contracts/state.ts'
import type { AdvanceInput } from './advance.ts'
import { type Book, openBook, writeDown } from './book.ts'
import { follow } from './follow.ts'
import { peopleIn } from './people.ts'
import { reasonsOf } from './standing.ts'
import { versionAt } from './steps.ts'

export interface ScoreExplanation {
  /** epoch ms */
  readonly asOf: number
  readonly model: { readonly name: string; readonly version: number }
  readonly fit: AxisExplanation
  readonly engagement: AxisExplanation
}

/** The reasons' `decayed` points, added in their order, are the score: to the last bit, it is made of them. */
export interface AxisExplanation {
  readonly score: number
  readonly reasons: readonly ScoreReason[]
}

export type ExplainInput = Omit<AdvanceInput, 'now'> & {
  readonly person: string
  /** epoch ms: only what was known by then counts */
  readonly at: number
}

/**
 * Why a person's scores were what they were at an instant. To ask under another model, pass that version alone.
 * @returns null when there was no such person yet
 */
export function explainScore(input: ExplainInput): ScoreExplanation | null {
  const { at, versions } = input
  const book = bookOf(input)
  if (!book) return null
  const reasons = reasonsOf(book, at)
  const { version, model } = versionAt(versions, at)
  return {
    asOf: at,
    model: { name: model.name, version },
    fit: axis(reasons.filter(reason => reason.axis === 'fit')),
    engagement: axis(reasons.filter(reason => reason.axis === 'engagement')),
  }
}

const axis = (reasons: readonly ScoreReason[]): AxisExplanation => ({
  score: reasons.reduce((sum, { decayed }) => sum + decayed, 0),
  reasons,
})

function bookOf(input: ExplainInput): Book | null {
  const person = personOf(input)
  return person ? follow(person, person.arrivals, input.versions, input.at).book : null
}

function personOf({ facts, idOf, person, at }: ExplainInput) {
  const known = facts.filter(fact => fact.occurredAt <= at)
  const { persons, behaviour } = peopleIn(known, idOf)
  const found = persons.find(({ id }) => id === person)
  return found && { ...found, behaviour }
}

/** One event of a person's timeline, as it was understood, and the points it earned when it came. */
export interface TimelineEntry {
  readonly evidence: Evidence
  readonly effects: readonly { readonly rule: string; readonly points: number }[]
}

/** The whole timeline under the version in force at `at`, oldest first. */
export function timelineOf(input: ExplainInput): readonly TimelineEntry[] {
  const person = personOf(input)
  if (!person) return []
  const book = openBook(versionAt(input.versions, input.at), person)
  const facts = person.arrivals.flatMap(({ fact, history }) => [...history, fact]).sort(byOccurrence)
  return facts.map(fact => {
    const before = credits(book)
    const evidence = writeDown(book, fact)
    const effects = credits(book).map(({ rule, points }, index) => ({
      rule,
      points: points - (before[index]?.points ?? 0),
    }))
    return { evidence, effects: effects.filter(({ points }) => points !== 0) }
  })
}

/** Undecayed points credited so far, per engagement rule in model order, then the fit rules that are matched. */
function credits({ whole, who, version }: Book): readonly { rule: string; points: number }[] {
  const fit = version.model.fit.rules.map(({ id, points }) => ({
    rule: id,
    points: who.fit.matched.includes(id) ? points : 0,
  }))
  return [
    ...whole.rules.map(({ rule, state }) => ({ rule: rule.id, points: state.earned - state.capped })),
    ...fit,
  ]
}
