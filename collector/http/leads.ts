import type { QueryDeps } from '../queries/deps.ts'
import { readLead, readTransitions } from '../queries/lead.ts'
import { listLeads } from '../queries/leads.ts'
import { LeadsParams, ScoreParams, SiteParams, TimelineParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { redactEvent, redactLead } from '../queries/redact.ts'
import { refused } from '../queries/refusal.ts'
import { readScore } from '../queries/score.ts'
import { readTimeline } from '../queries/timeline.ts'
import { idIn, refusal, respond, seesPersonalData } from './answer.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** `/v1/leads`: who they are, how they stand, what they did, and why they score as they do. */
export const leadRoutes = (deps: QueryDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/leads', access: ['read'], handle: leads(deps) },
  { method: 'GET', path: '/v1/leads/:id', access: ['read'], handle: lead(deps) },
  { method: 'GET', path: '/v1/leads/:id/timeline', access: ['read'], handle: timeline(deps) },
  { method: 'GET', path: '/v1/leads/:id/transitions', access: ['read'], handle: transitions(deps) },
  { method: 'GET', path: '/v1/leads/:id/score', access: ['read'], handle: score(deps) },
]

const leads =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, LeadsParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    const inFull = seesPersonalData(c)
    if (params.q !== undefined && !inFull) return refusal(SEARCH_REFUSED)
    const { data, next } = await listLeads(deps, site, params)
    return json({ data: inFull ? data : data.map(redactLead), next })
  }

/** Whoever may search for an address learns whether it is there. */
const SEARCH_REFUSED = refused(
  'personal_data',
  'q: expected a token with the scope leads:pii, for it searches e-mail addresses and names. Leave q out, or use another token.',
)

const lead =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const found = await readLead(deps, question.value.site, idIn(c))
    if (!found.ok) return refusal(found)
    return json(seesPersonalData(c) ? found.value : redactLead(found.value))
  }

const timeline =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, TimelineParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    const found = await readTimeline(deps, site, idIn(c), params)
    if (!found.ok) return refusal(found)
    const { data, next } = found.value
    return json({ data: seesPersonalData(c) ? data : data.map(redactEvent), next })
  }

const transitions =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    return respond(await readTransitions(deps, question.value.site, idIn(c)))
  }

const score =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, ScoreParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    return respond(await readScore(deps, site, idIn(c), params, seesPersonalData(c)))
  }
