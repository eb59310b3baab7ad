import type { QueryDeps } from './deps.ts'
import { inquire } from './inquiry.ts'
import type { ScoreParams } from './params.ts'
import { findPerson, nowFor, originOf } from './person.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { rfc3339 } from './rfc3339.ts'
import { type ScoreShape, scoreShape } from './score-shape.ts'
import { ENGLISH } from './words/english.ts'

/**
 * `GET /v1/leads/:id/score`: why the scores are, were or by time alone will be what they are, what is missing, until when;
 * under the model in force at that instant, or under another as if it had been in force always.
 * @param inFull whether personal data may be told
 */
export async function readScore(
  deps: QueryDeps,
  site: string,
  id: string,
  params: ScoreParams,
  inFull: boolean,
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
  const inquiry = inquire({ ...origin, versions }, id, at)
  if (inquiry) return answered(scoreShape(inquiry, ENGLISH, inFull))
  const { transitions, firstSeenAt } = found.value
  const known = rfc3339(transitions[0]?.at ?? firstSeenAt)
  return refused('unknown_lead', `at: the lead is known since ${known}, got ${rfc3339(at)}.`)
}
