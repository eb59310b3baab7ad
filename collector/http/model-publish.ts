import type { ServerResponse } from 'node:http'
import { previewModel, publishModel, type Watch } from '../models/publishing.ts'
import { readPreview, readPublish } from '../queries/model-requests.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { refusal } from './answer.ts'
import type { ModelRouteDeps } from './model.ts'
import { readModelJson } from './model-body.ts'
import { notPublished } from './model-problems.ts'
import { previewShape } from './model-shapes.ts'
import { wantedModel } from './model-source.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { turnsFor } from './turns.ts'

/** `/v1/model/preview`, `/v1/model/publish`: what a model would do at once, and doing it. */
export const modelPublishRoutes = (deps: ModelRouteDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/model/preview', access: ['admin'], handle: preview(deps) },
  { method: 'POST', path: '/v1/model/publish', access: ['admin'], handle: publish(deps) },
]

const preview =
  (deps: ModelRouteDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site } = question.value
    const body = await readModelJson(c.env.incoming, readPreview)
    if (!body.ok) return body.answer
    const wanted = await wantedModel(deps, site, body.value)
    if (!wanted.ok) return wanted.answer
    const seen = await previewModel(deps.publishing, site, wanted.value, watchFor(c.env.outgoing))
    if (!seen) return notPublished({ outcome: 'stopped' })
    const { name } = wanted.value.model
    return json({
      site,
      model: { name, hash: wanted.value.hash },
      ...previewShape(seen),
      asksFirst: seen.asksFirst,
      confirm: seen.confirm,
    })
  }

const publish =
  (deps: ModelRouteDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site } = question.value
    const body = await readModelJson(c.env.incoming, readPublish)
    if (!body.ok) return body.answer
    const wanted = await wantedModel(deps, site, body.value)
    if (!wanted.ok) return wanted.answer
    const publishing = await publishModel(deps.publishing, {
      ...watchFor(c.env.outgoing),
      site,
      model: wanted.value,
      actor: c.get('token').label,
      isAgreed: ({ confirm }) => confirm === body.value.confirm,
    })
    if (!('version' in publishing)) return notPublished(publishing)
    const { outcome, version } = publishing
    const { version: number, hash, publishedAt, model } = version
    const shape = { site, outcome, version: number, name: model.name, hash, inForceAt: rfc3339(publishedAt) }
    return json(shape, STATUS[outcome])
  }

const STATUS = { published: 201, preparing: 202, unchanged: 200 } as const

function watchFor(outgoing: ServerResponse): Watch {
  const { pause, stop } = turnsFor(outgoing)
  return { onProgress: pause, stop }
}
