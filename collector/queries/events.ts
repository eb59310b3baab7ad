import type { ScoringModel } from '../contracts/model.ts'
import { type QueryDeps, versionInForce } from './deps.ts'
import { type EventShape, eventShape } from './event-shape.ts'
import { evidenceOf, readAlone } from './evidence.ts'
import type { ListShape } from './leads.ts'
import { underOneVersion } from './one-version.ts'
import { DEFAULT_LIMIT, type EventsParams } from './params.ts'

/** `GET /v1/events`: what happened on a site, newest first, as the model in force understands it. */
export const listEvents = (
  deps: QueryDeps,
  site: string,
  params: EventsParams,
): Promise<ListShape<EventShape>> =>
  underOneVersion(deps, site, versions => readPage(deps, site, params, versionInForce(versions).model))

async function readPage(
  deps: QueryDeps,
  site: string,
  params: EventsParams,
  model: ScoringModel,
): Promise<ListShape<EventShape>> {
  const { items, next } = await deps.store.facts({
    site,
    type: params.type ?? null,
    visitor: params.visitor ?? null,
    person: params.lead ?? null,
    since: instantOf(params.since),
    until: instantOf(params.until),
    limit: params.limit ?? DEFAULT_LIMIT,
    cursor: params.cursor ?? null,
  })
  const persons = new Set(items.flatMap(({ person }) => person?.id ?? []))
  const { known, unreadable } = await evidenceOf(deps, site, persons)
  const data = items.map(fact => {
    const owner = fact.person?.id ?? null
    const asOne = owner === null || !unreadable.has(owner)
    return eventShape(fact, known.get(fact.id) ?? readAlone(model, fact), owner, asOne)
  })
  return { data, next }
}

const instantOf = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time))
