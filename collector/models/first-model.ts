import type { ModelFile, ModelFiles } from './files.ts'
import type { ModelProblem } from './problems.ts'
import type { Advance, ModelTestResult } from './tests.ts'
import { ensurePublished, type VersionStore } from './versions.ts'

/** Why the model file of a new site cannot be published: what is wrong in it, or which of its own tests fail. */
export type RefusedModel = { readonly path: string } & (
  | { readonly refused: 'broken'; readonly problems: readonly ModelProblem[] }
  | { readonly refused: 'tests_failed'; readonly failed: readonly ModelTestResult[] }
)

/**
 * Publishes the model file of a site that has no version yet.
 * @param by `now`: epoch ms; `advance`: advance/advance.ts
 * @returns null: it has one now
 */
export async function publishFirst(
  store: VersionStore,
  site: string,
  files: ModelFiles,
  by: { readonly now: number; readonly advance: Advance },
): Promise<RefusedModel | null> {
  if ((await store.modelVersions(site)).length > 0) return null
  const { path, model, problems } = files.of(site)
  if (!model) return { refused: 'broken', path, problems }
  const first = await ensurePublished(store, site, model, by)
  return first.outcome === 'tests_failed' ? { refused: first.outcome, path, failed: first.failed } : null
}

/** What keeps a model from being published, each problem or failed test on a line of its own. */
export function refusedWords(refused: RefusedModel): string {
  if (refused.refused === 'broken') return `The model cannot be used:${problemList(refused)}`
  const each = refused.failed.map(({ name, message }) => `\n  ✗ ${name}\n    ${message}`).join('')
  return `${refused.path} is not published, its own tests fail:${each}`
}

/** Problems under each other, each after a line break. */
export const problemList = ({ path, problems }: Pick<ModelFile, 'path' | 'problems'>): string =>
  problems
    .map(({ file, line, column, message }) => `\n  ${file ?? path}:${line}:${column} ${message}`)
    .join('')
