import { timelineOf } from '../advance/explain.ts'
import type { Evidence } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { NO_BEHAVIOUR } from '../enrich/behaviour.ts'
import { startReading } from '../enrich/reading.ts'
import type { QueryDeps } from './deps.ts'
import { nowFor, originOf } from './person.ts'

/** How each event of some people is understood, by event id: in the light of all that is known of its person. */
export async function evidenceOf(
  deps: QueryDeps,
  site: string,
  persons: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Evidence>> {
  const known = new Map<string, Evidence>()
  // One after another: a person's whole history may be long, and a page may show two hundred people.
  for (const person of persons) {
    const stored = await deps.store.person(site, person)
    if (!stored) continue
    const origin = await originOf(deps, stored.state)
    const timeline = timelineOf({ ...origin, person, at: nowFor(deps, origin) })
    for (const { evidence } of timeline) known.set(evidence.fact.id, evidence)
  }
  return known
}

/** How an event is understood by itself, while it is not known whose it is. */
export function readAlone(model: ScoringModel, fact: Fact): Evidence {
  const evidence = startReading(model, NO_BEHAVIOUR)(fact)
  if (evidence.page || !fact.page) return evidence
  // A report of engaged time names the page of its view, too.
  return { ...evidence, page: startReading(model, NO_BEHAVIOUR)({ ...fact, type: 'page_view' }).page }
}
