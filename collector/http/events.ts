import type { QueryDeps } from '../queries/deps.ts'
import { listEvents } from '../queries/events.ts'
import { EventsParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { redactEvent } from '../queries/redact.ts'
import { refusal, seesPersonalData } from './answer.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** `GET /v1/events`: what happened, newest first. */
export const eventRoutes = (deps: QueryDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/events', access: ['read'], handle: events(deps) },
]

const events =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, EventsParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    const { data, next } = await listEvents(deps, site, params)
    return json({ data: seesPersonalData(c) ? data : data.map(redactEvent), next })
  }
