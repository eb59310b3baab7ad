import type { PersonState } from '../contracts/state.ts'
import { type QueryDeps, versionInForce } from './deps.ts'
import { findingsOf } from './findings.ts'
import { inquire } from './inquiry.ts'
import { type LeadShape, leadShape, type MissingShape } from './lead-shape.ts'
import { isBefore } from './missing.ts'
import { missingShapes } from './missing-shape.ts'
import { type HandoffShape, handoffShape, type TransitionShape, transitionShape } from './move-shapes.ts'
import { findPerson, nowFor, originOf } from './person.ts'
import { type Answer, answered } from './refusal.ts'
import { ENGLISH } from './words/english.ts'

export type LeadDetail = LeadShape & { readonly handoffs: readonly HandoffShape[] }

/** `GET /v1/leads/:id`: one person, identified or not, with what sales was told and what would close the gap. */
export async function readLead(deps: QueryDeps, site: string, id: string): Promise<Answer<LeadDetail>> {
  const found = await findPerson(deps, site, id)
  if (!found.ok) return found
  const state = found.value
  const now = deps.clock()
  const [versions, handoffs] = await Promise.all([deps.versionsOf(site), deps.store.handoffs(site, id)])
  const version = versions.find(one => one.version === state.model) ?? versionInForce(versions)
  const missing = await missingInFull(deps, state)
  return answered({
    ...leadShape(state, { now, version, missing }),
    handoffs: handoffs.map(handoffShape),
  })
}

/** With what the person did at hand: how far windows and new points have come, and what would be enough. */
async function missingInFull(deps: QueryDeps, state: PersonState): Promise<readonly MissingShape[]> {
  if (!isBefore(state)) return []
  const origin = await originOf(deps, state)
  const inquiry = inquire(origin, state.id, nowFor(deps, origin))
  if (!inquiry) return []
  const when = { at: inquiry.at, timezone: inquiry.version.model.timezone }
  return missingShapes(findingsOf(inquiry), ENGLISH, when)
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
