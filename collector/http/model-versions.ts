import { versionEventShape } from '../models/version-event-shape.ts'
import { versionHistory } from '../models/versions.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { refusal } from './answer.ts'
import type { ModelRouteDeps } from './model.ts'
import { versionShape } from './model-shapes.ts'
import { unknownVersion } from './model-source.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** `/v1/model/versions`: everything that was ever in force. Nothing here is edited or removed. */
export const modelVersionRoutes = (deps: ModelRouteDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/model/versions', access: ['read'], handle: listVersions(deps) },
  { method: 'GET', path: '/v1/model/versions/:version', access: ['read'], handle: showVersion(deps) },
]

const listVersions =
  ({ store }: ModelRouteDeps): Handle =>
  async c => {
    const question = await readQuestion(store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const history = await versionHistory(store, question.value.site)
    return json({ data: history.map(versionEventShape).reverse(), next: null })
  }

const showVersion =
  ({ store }: ModelRouteDeps): Handle =>
  async c => {
    const question = await readQuestion(store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const versions = await store.modelVersions(question.value.site)
    const asked = c.req.param('version') ?? ''
    const found = versions.find(({ version }) => String(version) === asked)
    return found ? json(versionShape(found)) : unknownVersion(asked, versions.length)
  }
