import type { Handoff } from '../contracts/state.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { HandoffsParams } from '../queries/handoff-requests.ts'
import { nameOf, textOf } from '../queries/lead-shape.ts'
import { handoffShape } from '../queries/move-shapes.ts'
import { DEFAULT_LIMIT } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { refusal, seesPersonalData } from './answer.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export type HandoffListDeps = Pick<QueryDeps, 'store' | 'clock'>

/** `GET /v1/handoffs`: the hand-offs that wait for a person's word. */
export const handoffListRoutes = (deps: HandoffListDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/handoffs', access: ['read'], handle: listWaiting(deps) },
]

const listWaiting =
  (deps: HandoffListDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, HandoffsParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    const { limit = DEFAULT_LIMIT, cursor } = params
    const found = await deps.store.waitingHandoffs(site, limit + 1, cursor)
    const shown = found.slice(0, limit)
    const inFull = seesPersonalData(c)
    const data = await Promise.all(shown.map(handoff => waitingShape(deps, handoff, inFull)))
    return json({ data, next: found.length > limit ? (shown.at(-1)?.id ?? null) : null })
  }

/** A hand-off with whom it is about, as they are now. */
async function waitingShape({ store }: HandoffListDeps, handoff: Handoff, inFull: boolean) {
  const state = (await store.person(handoff.site, handoff.lead))?.state ?? null
  const said = (text: string | null): string | null => (inFull ? text : null)
  return {
    ...answeredShape(handoff),
    mqlSince: rfc3339(handoff.episodeSince),
    lead: {
      id: handoff.lead,
      stage: state?.stage ?? null,
      email: said(state && textOf(state, 'email')),
      name: said(state && nameOf(state)),
      company: said(state && textOf(state, 'company')),
      ...(inFull ? {} : { redacted: true }),
    },
  }
}

export const answeredShape = (handoff: Handoff) => ({
  site: handoff.site,
  ...handoffShape(handoff),
  answeredBy: handoff.answeredBy,
  model: handoff.model,
})
