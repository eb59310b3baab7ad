import { readMove } from '../queries/move.ts'
import { transitionShape } from '../queries/move-shapes.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { idIn, refusal } from './answer.ts'
import { type DecideDeps, type Decided, decide } from './decide.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** `POST /v1/leads/:id/transitions`: sales or an operator moves a lead. */
export const transitionRoutes = (deps: DecideDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/leads/:id/transitions', access: ['write'], handle: moveLead(deps) },
]

const moveLead =
  (deps: DecideDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const request = readMove(body.value)
    if (!request.ok) return refusal(request)
    const decided = await decide(deps, {
      site: question.value.site,
      lead: idIn(c),
      request: request.value,
      token: c.get('token'),
      key: c.req.header('idempotency-key') ?? null,
    })
    return decided.ok ? answerOf(decided.value) : refusal(decided)
  }

/** 201 with the transition; 202 when the decision is safe but the qualifier is behind. */
function answerOf({ fact, transition }: Decided): Response {
  if (transition) return json(transitionShape(transition), 201)
  const { to, reason } = fact.props
  return json({ to, reason, at: rfc3339(fact.occurredAt), actor: fact.actor, pending: true }, 202)
}
