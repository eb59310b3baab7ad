import { answerChosen, answerHandoff, type Chosen } from '../queries/handoff-answers.ts'
import { readChosen } from '../queries/handoff-requests.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import type { Signals } from '../signals.ts'
import type { HandoffAnswer } from '../storage/store.ts'
import { idIn, refusal } from './answer.ts'
import { answeredShape, type HandoffListDeps, handoffListRoutes } from './handoff-list.ts'
import { unknownVersion } from './model-source.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { turnsFor } from './turns.ts'

export interface HandoffRouteDeps extends HandoffListDeps {
  readonly signals: Signals
}

/** `/v1/handoffs`: whom sales is not told of before a person has said so. */
export const handoffRoutes = (deps: HandoffRouteDeps): readonly Route[] => [
  ...handoffListRoutes(deps),
  { method: 'POST', path: '/v1/handoffs/:id/approve', access: ['write'], handle: answerOne(deps, 'told') },
  {
    method: 'POST',
    path: '/v1/handoffs/:id/decline',
    access: ['write'],
    handle: answerOne(deps, 'declined'),
  },
  { method: 'POST', path: '/v1/handoffs/approve', access: ['write'], handle: answerMany(deps, 'told') },
  { method: 'POST', path: '/v1/handoffs/decline', access: ['write'], handle: answerMany(deps, 'declined') },
]

/** Every reason why a hand-off is not answered: the closed list that docs/api.md explains. */
export const HANDOFF_PROBLEMS = {
  unknown_handoff: { status: 404, title: 'There is no such hand-off' },
  answered_otherwise: { status: 409, title: 'The hand-off has another answer' },
} as const

const answerOne =
  (deps: HandoffRouteDeps, status: HandoffAnswer['status']): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site } = question.value
    const answer = { status, at: deps.clock(), actor: c.get('token').label }
    const outcome = await answerHandoff(deps.store, site, idIn(c), answer)
    switch (outcome.kind) {
      case 'unknown': {
        const { status: code, title } = HANDOFF_PROBLEMS.unknown_handoff
        const detail = `Expected the id of a hand-off of the site ${site}, got ${JSON.stringify(idIn(c))}.`
        return problem(code, 'unknown_handoff', title, detail)
      }
      case 'otherwise':
        return otherwise(outcome.handoff.status, outcome.handoff.answeredBy)
      case 'answered':
        deps.signals.emit({ kind: 'answered', site })
    }
    return json({ lead: outcome.handoff.lead, ...answeredShape(outcome.handoff) })
  }

function otherwise(status: string, answeredBy: string | null): Response {
  const { status: code, title } = HANDOFF_PROBLEMS.answered_otherwise
  const why =
    status === 'lapsed'
      ? 'The lead is no MQL any more, or sales has taken it already: there is nothing to tell.'
      : 'What was said stays said.'
  const by = answeredBy === null ? '' : ` by ${answeredBy}`
  const detail = `Expected a hand-off that waits, got one that is ${status}${by}. ${why}`
  return problem(code, 'answered_otherwise', title, detail, { members: { handoff: { status, answeredBy } } })
}

const answerMany =
  (deps: HandoffRouteDeps, status: HandoffAnswer['status']): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const chosen = readChosen(body.value)
    if (!chosen.ok) return refusal(chosen)
    const { site } = question.value
    const unknown = await unknownModel(deps, site, chosen.value)
    if (unknown) return unknown
    const answer = { status, at: deps.clock(), actor: c.get('token').label }
    const tally = await answerChosen(deps.store, site, chosen.value, answer, turnsFor(c.env.outgoing))
    if (tally.answered.length > 0) deps.signals.emit({ kind: 'answered', site })
    return json({ site, status, ...tally })
  }

/** Nothing waits because of a version that there is not: somebody has mistyped it. */
async function unknownModel(
  { store }: HandoffRouteDeps,
  site: string,
  chosen: Chosen,
): Promise<Response | null> {
  if (!('model' in chosen)) return null
  const versions = await store.modelVersions(site)
  return versions.some(({ version }) => version === chosen.model)
    ? null
    : unknownVersion(chosen.model, versions.length)
}
