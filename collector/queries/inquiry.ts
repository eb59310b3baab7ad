import { explainScore, type ScoreExplanation, type TimelineEntry, timelineOf } from '../advance/explain.ts'
import { type Standpoint, standpointOf } from '../advance/inquire.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { Origin } from './person.ts'

/**
 * One person as of one instant, past, present or to come: everything that a lead can be asked. It is `advance` up to
 * that instant, so it is what live scoring knew then.
 */
export interface Inquiry extends Standpoint {
  /** epoch ms */
  readonly at: number
  /** the version in force at `at`, or the one asked for */
  readonly version: ModelVersion
  readonly explanation: ScoreExplanation
  /** oldest first */
  readonly timeline: readonly TimelineEntry[]
}

/** @returns null when there was no such person at that instant */
export function inquire(origin: Origin, person: string, at: number): Inquiry | null {
  const input = { ...origin, person, at }
  const standpoint = standpointOf(input)
  const explanation = explainScore(input)
  const version = origin.versions.find(one => one.version === explanation?.model.version)
  if (!standpoint || !explanation || !version) return null
  return { ...standpoint, at, version, explanation, timeline: timelineOf(input) }
}
