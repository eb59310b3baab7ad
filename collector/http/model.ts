import { basename } from 'node:path'
import { readFileState } from '../models/file-state.ts'
import { type LoadedModel, modelFileOf, readText } from '../models/load.ts'
import { type PublishDeps, rescoringOf } from '../models/publishing.ts'
import { isSameModel } from '../models/same-model.ts'
import { runModelTests } from '../models/tests.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { refusal } from './answer.ts'
import { readModelText } from './model-body.ts'
import { brokenModel, draftChanged } from './model-problems.ts'
import { draftShape, rescoringShape, versionShape } from './model-shapes.ts'
import { loadText } from './model-source.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface ModelRouteDeps extends QueryDeps {
  /** absolute path of goldpan.yaml; sites may have a file of their own beside it */
  readonly modelPath: string
  readonly publishing: PublishDeps
}

/** `/v1/model`: what judges the leads of a site, and the draft of what may judge them next. */
export const modelRoutes = (deps: ModelRouteDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/model', access: ['read'], handle: showModel(deps) },
  { method: 'PUT', path: '/v1/model', access: ['admin'], handle: saveDraft(deps) },
]

const showModel =
  (deps: ModelRouteDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site } = question.value
    const { newest, draft } = await editedOf(deps, site)
    const rescoring = await rescoringOf(deps.store, site)
    return json(
      {
        site,
        inForce: newest ? versionShape(newest) : null,
        draft: draft && draftShape(draft, testsOf(deps, draft)),
        file: fileShape(deps.modelPath, site, newest),
        rescoring: rescoring && rescoringShape(rescoring),
      },
      200,
      { etag: etagOf({ newest, draft }) },
    )
  }

/** What an editor starts from: the version in force, and the draft if there is one. */
type Edited = Awaited<ReturnType<typeof editedOf>>

async function editedOf({ store }: ModelRouteDeps, site: string) {
  const [versions, draft] = await Promise.all([store.modelVersions(site), store.draft(site)])
  return { newest: versions.at(-1), draft }
}

/** Another one as soon as somebody saved or published. */
const etagOf = ({ newest, draft }: Edited): string =>
  `"${newest?.version ?? 0}-${draft?.hash.slice(0, 16) ?? 'none'}"`

const testsOf = ({ publishing }: ModelRouteDeps, { model, source }: LoadedModel) =>
  runModelTests(model, source, publishing.advance)

/** How the file on disk stands to what is in force: changed or broken, it changes nothing until it is published. */
function fileShape(modelPath: string, site: string, newest: Edited['newest']) {
  const path = modelFileOf(modelPath, site)
  const name = basename(path)
  if (readText(path) === null) return { name, state: 'missing', hash: null, problems: [] }
  const { state, model, problems } = readFileState(newest ? [newest] : [], path)
  const isBroken = problems.length > 0
  return { name, state: isBroken ? 'broken' : state, hash: isBroken ? null : (model?.hash ?? null), problems }
}

const saveDraft =
  (deps: ModelRouteDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site } = question.value
    const text = await readModelText(c.env.incoming)
    if (!text.ok) return text.answer
    const loading = loadText(deps.modelPath, site, text.value)
    if (!loading.ok) return brokenModel(loading.problems)
    return keepDraft(deps, site, loading.loaded, {
      ifMatch: c.req.header('if-match'),
      actor: c.get('token').label,
    })
  }

async function keepDraft(
  deps: ModelRouteDeps,
  site: string,
  loaded: LoadedModel,
  { ifMatch, actor }: { readonly ifMatch: string | undefined; readonly actor: string },
): Promise<Response> {
  const seen = await editedOf(deps, site)
  if (!mayReplace(ifMatch, seen)) return draftChanged(seen.draft, etagOf(seen), ifMatch !== undefined)
  // What is in force already is nothing to publish.
  const isInForce = seen.newest !== undefined && isSameModel(seen.newest, loaded)
  const draft = isInForce ? null : { ...loaded, savedAt: deps.clock(), actor }
  const over = ifMatch === '*' ? undefined : (seen.draft?.hash ?? null)
  if ((await deps.store.saveDraft(site, draft, over)) === 'conflict') {
    const now = await editedOf(deps, site)
    return draftChanged(now.draft, etagOf(now), ifMatch !== undefined)
  }
  const etag = etagOf({ newest: seen.newest, draft })
  return json({ site, draft: draft && draftShape(draft, testsOf(deps, draft)) }, 200, { etag })
}

/** Without If-Match one may save the first draft, and replace nobody's. */
function mayReplace(ifMatch: string | undefined, seen: Edited): boolean {
  if (ifMatch === undefined) return seen.draft === null
  const named = ifMatch.split(',').map(tag => tag.trim())
  return named.includes('*') || named.includes(etagOf(seen))
}
