import type { ModelVersion, ScoringModel } from '../contracts/model.ts'
import type { LoadedModel } from '../models/load.ts'
import type { Previewed } from '../models/publishing.ts'
import type { ModelTestResult } from '../models/tests.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import type { ModelDraft, Rescoring } from '../storage/model-store.ts'

/** Models and what becomes of them, as the API shows them (docs/api.md): stable, fields may be added. */

const summaryOf = (model: ScoringModel) => ({
  timezone: model.timezone,
  currency: model.currency,
  handoff: model.handoff,
  fitRules: model.fit.rules.length,
  engagementRules: model.engagement.rules.length,
  gates: model.disqualify.length,
  needs: model.needs.length,
  tests: model.tests.length,
})

const modelShape = ({ model, source, hash }: LoadedModel) => ({
  name: model.name,
  hash,
  summary: summaryOf(model),
  source,
})

export const versionShape = (version: ModelVersion) => ({
  version: version.version,
  publishedAt: rfc3339(version.publishedAt),
  ...modelShape(version),
})

export const draftShape = (draft: ModelDraft, results: readonly ModelTestResult[]) => ({
  savedAt: rfc3339(draft.savedAt),
  savedBy: draft.actor,
  ...modelShape(draft),
  tests: {
    total: results.length,
    failed: results.filter(({ pass }) => !pass).map(({ name, message }) => ({ name, message })),
  },
})

export const rescoringShape = ({ version, actor, startedAt, inForceAt, done, total }: Rescoring) => ({
  kind: version === null ? ('rebuild' as const) : ('publish' as const),
  version,
  by: actor,
  at: rfc3339(startedAt),
  inForceAt: rfc3339(inForceAt),
  done,
  total,
})

/** Ids of people in one answer (our choice): enough to look at some, never a megabyte. */
const MOST_IDS = 100

const group = (ids: readonly string[]) => ({ total: ids.length, ids: ids.slice(0, MOST_IDS) })

export const previewShape = (preview: Previewed) => ({
  at: rfc3339(preview.at),
  mqls: preview.mqls,
  newlyMql: group(preview.newlyMql),
  lost: group(preview.lost),
  losingSoon: group(preview.losingSoon),
})
