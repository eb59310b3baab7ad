import { CLIENT_ID_PATTERN } from '../../shared/ids.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { refused } from '../queries/refusal.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { readTraffic } from '../queries/traffic-request.ts'
import { refusal } from './answer.ts'
import { appliedSoon, type Waiting } from './applied-soon.ts'
import { operatorFact } from './operator-fact.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/**
 * `POST /v1/visitors/:visitor/traffic`: a person says who is behind all that a visitor did and will do, or with `auto` leaves it
 * to the collector again. The word is a fact: scores follow, and a replay finds it.
 */
export const trafficRoutes = (deps: QueryDeps & Waiting): readonly Route[] => [
  { method: 'POST', path: '/v1/visitors/:visitor/traffic', access: ['write'], handle: reclassify(deps) },
]

const CLIENT_ID = new RegExp(CLIENT_ID_PATTERN)

const reclassify =
  (deps: QueryDeps & Waiting): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const request = readTraffic(body.value)
    if (!request.ok) return refusal(request)
    const { site } = question.value
    const visitor = c.req.param('visitor') ?? ''
    const known = await latestOf(deps, site, visitor)
    if (!known) return refusal(refused('unknown_visitor', 'Expected a visitor of this site, got another id.'))
    const now = deps.clock()
    const { kind, reason } = request.value
    const said = { kind, actor: c.get('token').label, at: now }
    const applied = appliedSoon(deps, site, persons =>
      persons.some(({ visitors }) => visitors.includes(visitor)) ? true : null,
    )
    const props = { kind, ...(reason !== undefined && { reason }) }
    const word = { ...said, site, subject: known.subject, visitor, type: 'reclassify', props }
    await deps.store.record({ facts: [operatorFact(word, now)], quarantined: [] })
    deps.signals.emit({ kind: 'recorded', site })
    const answer = { visitor, ...said, at: rfc3339(now) }
    return (await applied) ? json(answer, 201) : json({ ...answer, pending: true }, 202)
  }

async function latestOf({ store }: QueryDeps, site: string, visitor: string) {
  if (!CLIENT_ID.test(visitor)) return undefined
  const filter = { site, visitor, type: null, person: null, since: null, until: null }
  const { items } = await store.facts({ ...filter, limit: 1, cursor: null })
  return items[0]
}
