import { advance } from '../advance/advance.ts'
import { explainScore, type ScoreExplanation, type TimelineEntry, timelineOf } from '../advance/explain.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { PersonState, Span } from '../contracts/state.ts'
import { type EngagementFold, engagementAt, foldEvidence, startEngagement } from '../scoring/engagement.ts'
import type { Origin } from './person.ts'

/**
 * One person as of one instant, past, present or to come: everything that a lead can be asked. It is `advance` up to
 * that instant, so it is what live scoring knew then.
 */
export interface Inquiry {
  /** epoch ms */
  readonly at: number
  /** the version in force at `at`, or the one asked for */
  readonly version: ModelVersion
  readonly state: PersonState
  readonly explanation: ScoreExplanation
  /** oldest first */
  readonly timeline: readonly TimelineEntry[]
  /** what the policy reads rules and windows from: all the person did, or for a recycled lead what they did since */
  readonly counting: EngagementFold
  /** engagement earned since the latest recycling; null: never recycled */
  readonly newPoints: number | null
  /** The person after these further facts of theirs, which come after everything known at `at`; null: nobody. */
  readonly suppose: (facts: readonly Fact[]) => PersonState | null
}

/** @returns null when there was no such person at that instant */
export function inquire(origin: Origin, person: string, at: number): Inquiry | null {
  const facts = origin.facts.filter(({ occurredAt }) => occurredAt <= at)
  const known = { ...origin, facts, versions: publishedBy(origin.versions, at) }
  const { persons, spans } = advance({ ...known, now: at })
  const state = persons.find(({ id }) => id === person)
  const explanation = explainScore({ ...known, person, at })
  const version = known.versions.at(-1)
  if (!state || !explanation || !version) return null
  const timeline = timelineOf({ ...known, person, at })
  const { counting, isRecycled } = countingFold(timeline, version)
  const place = placeOf(state, spans)
  return {
    at,
    version,
    state,
    explanation,
    timeline,
    counting,
    newPoints: isRecycled ? engagementAt(counting, at) : null,
    suppose: further => {
      const supposed = place(further)
      const now = supposed.at(-1)?.occurredAt ?? at
      const after = advance({ ...known, facts: [...facts, ...supposed], now })
      return after.persons.find(({ id }) => id === person) ?? null
    },
  }
}

/** The first version judges all time before it too. */
function publishedBy(versions: readonly ModelVersion[], at: number): readonly ModelVersion[] {
  const published = versions.filter(({ publishedAt }) => publishedAt <= at)
  return published.length > 0 ? published : versions.slice(0, 1)
}

function countingFold(
  timeline: readonly TimelineEntry[],
  { model }: ModelVersion,
): { readonly counting: EngagementFold; readonly isRecycled: boolean } {
  const returned = timeline.findLastIndex(
    ({ evidence: { fact } }) => fact.type === 'decision' && fact.props.to === 'nurturing',
  )
  const counting = startEngagement(model)
  for (const { evidence } of timeline.slice(returned + 1)) {
    if (evidence.fact.type !== 'decision') foldEvidence(counting, evidence)
  }
  return { counting, isRecycled: returned >= 0 }
}

/** Puts facts on a timeline that is the person's: the one they have, or a new one that begins with their claim. */
function placeOf(state: PersonState, spans: readonly Span[]): (facts: readonly Fact[]) => readonly Fact[] {
  const owners = new Map(spans.map(({ subject, person }) => [subject, person]))
  const own = state.subjects.find(subject => owners.get(subject) === state.id)
  if (own !== undefined) return facts => facts.map(fact => ({ ...fact, subject: own }))
  return facts => {
    const [first] = facts
    if (!first || state.identifier === null) return facts
    const [kind = '', ...rest] = state.identifier.split(':')
    const claim = { ...first, id: '~', type: 'identify', page: null, props: { [kind]: rest.join(':') } }
    return [claim, ...facts].map(fact => ({ ...fact, subject: 'supposed' }))
  }
}
