import { timelineOf } from '../advance/explain.ts'
import type { ScoringModel } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import { type EngagementFold, foldEvidence, startEngagement } from '../scoring/engagement.ts'
import { type QueryDeps, versionInForce } from './deps.ts'
import { type LeadShape, leadShape, type MissingShape } from './lead-shape.ts'
import { closersOf, missingOf } from './missing.ts'
import { type HandoffShape, handoffShape, type TransitionShape, transitionShape } from './move-shapes.ts'
import { findPerson, nowFor, originOf } from './person.ts'
import { type Answer, answered } from './refusal.ts'

export type LeadDetail = LeadShape & { readonly handoffs: readonly HandoffShape[] }

/** `GET /v1/leads/:id`: one person, identified or not, with what sales was told and what would close the gap. */
export async function readLead(deps: QueryDeps, site: string, id: string): Promise<Answer<LeadDetail>> {
  const found = await findPerson(deps, site, id)
  if (!found.ok) return found
  const state = found.value
  const now = deps.clock()
  const [versions, idOf, handoffs] = await Promise.all([
    deps.versionsOf(site),
    deps.idsOf(site),
    deps.store.handoffs(site, id),
  ])
  const version = versions.find(one => one.version === state.model) ?? versionInForce(versions)
  const missing = await missingWithClosers(deps, state, version.model, now)
  return answered({
    ...leadShape(state, { now, version, idOf, missing }),
    handoffs: handoffs.map(handoffShape),
  })
}

async function missingWithClosers(
  deps: QueryDeps,
  state: PersonState,
  model: ScoringModel,
  now: number,
): Promise<readonly MissingShape[]> {
  const missing = missingOf(state, model, now)
  if (missing.length === 0) return missing
  const fold = await foldOf(deps, state, model)
  return [...missing, ...closersOf(missing, fold, { state, model, at: now })]
}

/** The engagement axis as it stands: what each rule has seen so far. */
async function foldOf(deps: QueryDeps, state: PersonState, model: ScoringModel): Promise<EngagementFold> {
  const fold = startEngagement(model)
  const origin = await originOf(deps, state)
  const timeline = timelineOf({ ...origin, person: state.id, at: nowFor(deps, origin) })
  for (const { evidence } of timeline) {
    if (evidence.fact.type !== 'decision') foldEvidence(fold, evidence)
  }
  return fold
}

/** `GET /v1/leads/:id/transitions`, oldest first. */
export async function readTransitions(
  deps: QueryDeps,
  site: string,
  id: string,
): Promise<Answer<{ readonly data: readonly TransitionShape[]; readonly next: null }>> {
  const found = await findPerson(deps, site, id)
  return found.ok ? answered({ data: found.value.transitions.map(transitionShape), next: null }) : found
}
