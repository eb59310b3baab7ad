import { explainScore } from '../advance/explain.ts'
import type { ScoreReason } from '../contracts/state.ts'
import type { QueryDeps } from './deps.ts'
import type { ScoreParams } from './params.ts'
import { findPerson, nowFor, originOf } from './person.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { rfc3339 } from './rfc3339.ts'

export interface ScoreShape {
  readonly asOf: string
  readonly model: { readonly name: string; readonly version: number }
  readonly fit: AxisShape
  readonly engagement: AxisShape
}

/** The reasons' `decayed` points, added in their order, are the score. */
interface AxisShape {
  readonly score: number
  readonly reasons: readonly Omit<ScoreReason, 'axis'>[]
}

/** `GET /v1/leads/:id/score`: why the scores are, or were, what they are, under the model in force or another. */
export async function readScore(
  deps: QueryDeps,
  site: string,
  id: string,
  params: ScoreParams,
): Promise<Answer<ScoreShape>> {
  const found = await findPerson(deps, site, id)
  if (!found.ok) return found
  const origin = await originOf(deps, found.value)
  const { model } = params
  const versions = origin.versions.filter(({ version }) => model === undefined || version === model)
  if (versions.length === 0) {
    const published = origin.versions.map(({ version }) => version).join(', ')
    return refused('unknown_model', `model: expected a published version (${published}), got ${model}.`)
  }
  const at = params.at === undefined ? nowFor(deps, origin) : Date.parse(params.at)
  const score = explainScore({ ...origin, versions, person: id, at })
  if (!score) {
    const first = rfc3339(found.value.firstSeenAt)
    return refused('unknown_lead', `at: the lead was first seen at ${first}, got ${rfc3339(at)}.`)
  }
  return answered({
    asOf: rfc3339(score.asOf),
    model: score.model,
    fit: { score: score.fit.score, reasons: score.fit.reasons.map(withoutAxis) },
    engagement: { score: score.engagement.score, reasons: score.engagement.reasons.map(withoutAxis) },
  })
}

const withoutAxis = ({ axis: _, ...reason }: ScoreReason): Omit<ScoreReason, 'axis'> => reason
