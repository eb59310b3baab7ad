import { type ErasureDeps, type ErasureResult, erasePerson } from '../queries/erasure.ts'
import { readPersonRequest } from '../queries/erasure-request.ts'
import { exportPerson } from '../queries/export-person.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { refusal, respond } from './answer.ts'
import type { ModelRouteDeps } from './model.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** `publishing` knows who is connected to whom, for it walks over everybody. */
export type PrivacyDeps = Omit<ErasureDeps, 'connectedTo'> & Pick<ModelRouteDeps, 'publishing'>

/** `/v1/privacy`: what a person may ask of those who keep data of them. */
export const privacyRoutes = (deps: PrivacyDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/privacy/erase', access: ['erase'], handle: erase(deps) },
  { method: 'POST', path: '/v1/privacy/export', access: ['export'], handle: exportOne(deps) },
]

const erase =
  (deps: PrivacyDeps): Handle =>
  async c => {
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const request = await readPersonRequest(deps.store, body.value)
    if (!request.ok) return refusal(request)
    const { connectedTo } = deps.publishing
    const erased = await erasePerson({ ...deps, connectedTo }, request.value)
    if (!erased.ok) return refusal(erased)
    return json(shapeOf(erased.value, await deps.store.refusedAsErased(request.value.site)))
  }

const exportOne =
  (deps: PrivacyDeps): Handle =>
  async c => {
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const request = await readPersonRequest(deps.store, body.value)
    return request.ok ? respond(await exportPerson(deps, request.value)) : refusal(request)
  }

/** Counts alone: an answer that named whom it erased would be one more place that names them. */
const shapeOf = ({ site, erasedAt, ...erased }: ErasureResult, refused: number) => ({
  site,
  erasedAt: rfc3339(erasedAt),
  erased,
  refused,
})
