import { type TimelineEntry, timelineOf } from '../advance/explain.ts'
import type { QueryDeps } from './deps.ts'
import { type EventShape, eventShape } from './event-shape.ts'
import type { ListShape } from './leads.ts'
import { DEFAULT_LIMIT, type TimelineParams } from './params.ts'
import { findPerson, nowFor, originOf } from './person.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** An event and the points it earned when it came, rule by rule, undecayed. */
export type TimelineShape = EventShape & { readonly effects: TimelineEntry['effects'] }

/** `GET /v1/leads/:id/timeline`: what a person did, newest first, from the first anonymous visit on. */
export async function readTimeline(
  deps: QueryDeps,
  site: string,
  id: string,
  { limit = DEFAULT_LIMIT, cursor }: TimelineParams,
): Promise<Answer<ListShape<TimelineShape>>> {
  const found = await findPerson(deps, site, id)
  if (!found.ok) return found
  const origin = await originOf(deps, found.value)
  const entries = timelineOf({ ...origin, person: id, at: nowFor(deps, origin) }).toReversed()
  const before = cursor === undefined ? -1 : entries.findIndex(({ evidence }) => evidence.fact.id === cursor)
  if (cursor !== undefined && before < 0)
    return refused(
      'invalid_cursor',
      'cursor: expected the `next` of a page of this timeline, got another text.',
    )
  const page = entries.slice(before + 1, before + 1 + limit)
  const isLast = before + 1 + limit >= entries.length
  return answered({
    data: page.map(({ evidence, effects }) => ({ ...eventShape(evidence.fact, evidence, id), effects })),
    next: isLast ? null : (page.at(-1)?.evidence.fact.id ?? null),
  })
}
