import { timelineOf } from '../advance/explain.ts'
import type { Evidence } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { NO_BEHAVIOUR } from '../enrich/behaviour.ts'
import { startReading } from '../enrich/reading.ts'
import { StoreError } from '../storage/store.ts'
import type { QueryDeps } from './deps.ts'
import { nowFor, originOf } from './person.ts'

export interface Understood {
  /** by event id */
  readonly known: ReadonlyMap<string, Evidence>
  /** persons of whom the database holds something that cannot be read */
  readonly unreadable: ReadonlySet<string>
}

/** How each event of some people is understood: in the light of all that is known of its person. */
export async function evidenceOf(
  deps: QueryDeps,
  site: string,
  persons: ReadonlySet<string>,
): Promise<Understood> {
  const known = new Map<string, Evidence>()
  const unreadable = new Set<string>()
  // One after another: a person's whole history may be long, and a page may show two hundred people.
  for (const person of persons) {
    try {
      for (const evidence of await historyOf(deps, site, person)) known.set(evidence.fact.id, evidence)
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'corrupt') throw error
      unreadable.add(person)
    }
  }
  return { known, unreadable }
}

async function historyOf(deps: QueryDeps, site: string, person: string): Promise<readonly Evidence[]> {
  const stored = await deps.store.person(site, person)
  if (!stored) return []
  const origin = await originOf(deps, stored.state)
  return timelineOf({ ...origin, person, at: nowFor(deps, origin) }).map(({ evidence }) => evidence)
}

/** How an event is understood by itself, while it is not known whose it is. */
export function readAlone(model: ScoringModel, fact: Fact): Evidence {
  const evidence = startReading(model, NO_BEHAVIOUR)(fact)
  if (evidence.page || !fact.page) return evidence
  // A report of engaged time names the page of its view, too.
  return { ...evidence, page: startReading(model, NO_BEHAVIOUR)({ ...fact, type: 'page_view' }).page }
}
