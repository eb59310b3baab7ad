import { timelineOf } from '../advance/explain.ts'
import type { Evidence } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { startReading } from '../enrich/reading.ts'
import type { QueryDeps } from './deps.ts'
import { nowFor, originOf } from './person.ts'

/** How each event of some people is understood, by event id: in the light of all that is known of its person. */
export async function evidenceOf(
  deps: QueryDeps,
  site: string,
  persons: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Evidence>> {
  const timelines = await Promise.all(
    [...persons].map(async person => {
      const stored = await deps.store.person(site, person)
      if (!stored) return []
      const origin = await originOf(deps, stored.state)
      return timelineOf({ ...origin, person, at: nowFor(deps, origin) })
    }),
  )
  return new Map(timelines.flat().map(({ evidence }) => [evidence.fact.id, evidence]))
}

/** How an event is understood by itself, while it is not known whose it is. */
export function readAlone(model: ScoringModel, fact: Fact): Evidence {
  const evidence = startReading(model)(fact)
  if (evidence.page || !fact.page) return evidence
  // A report of engaged time names the page of its view, too.
  return { ...evidence, page: startReading(model)({ ...fact, type: 'page_view' }).page }
}
