import type { ModelProblem } from '../models/problems.ts'
import type { Previewed, Publishing } from '../models/publishing.ts'
import type { ModelTestResult } from '../models/tests.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import type { ModelDraft, Rescoring } from '../storage/model-store.ts'
import { previewShape, rescoringShape } from './model-shapes.ts'
import { type ProblemExtra, problem } from './problem.ts'

/** Every reason why a model is not taken, previewed or published: the closed list that docs/api.md explains. */
export const MODEL_PROBLEMS = {
  broken_model: { status: 422, title: 'The model is broken' },
  tests_failed: { status: 422, title: 'The model fails its own tests' },
  no_draft: { status: 409, title: 'There is no draft' },
  confirm_needed: { status: 409, title: 'Say that you have seen what this does' },
  rescoring: { status: 409, title: 'Everybody is being rescored' },
  published_meanwhile: { status: 409, title: 'Somebody else has published' },
  if_match_needed: { status: 428, title: 'Say which draft you replace' },
  draft_changed: { status: 412, title: 'Somebody else has changed it' },
} as const

function told(code: keyof typeof MODEL_PROBLEMS, detail: string, extra: ProblemExtra = {}): Response {
  const { status, title } = MODEL_PROBLEMS[code]
  return problem(status, code, title, detail, extra)
}

export function brokenModel(problems: readonly ModelProblem[]): Response {
  const [first] = problems
  const more = problems.length > 1 ? ` \`problems\` has ${problems.length - 1} more.` : ''
  const where = first ? `${first.file ?? 'line'} ${first.line}:${first.column} ${first.message}` : ''
  return told('broken_model', `${where}${more} Nothing was changed.`, { members: { problems } })
}

export const noDraft = (): Response =>
  told(
    'no_draft',
    'Expected a draft to publish, there is none. PUT one to /v1/model, or say "from": "file", or the number of a version.',
  )

/** @param draft that is there now; null: none */
export function draftChanged(draft: ModelDraft | null, etag: string, isNamed: boolean): Response {
  const who = draft ? `${draft.actor} saved one at ${rfc3339(draft.savedAt)}` : 'there is none'
  const extra = {
    members: { draft: draft && { hash: draft.hash, savedBy: draft.actor, savedAt: new Date(draft.savedAt) } },
    headers: { etag },
  }
  return isNamed
    ? told(
        'draft_changed',
        `Expected If-Match with the ETag of what is there now; of drafts ${who}. GET /v1/model, look at it, then PUT again.`,
        extra,
      )
    : told(
        'if_match_needed',
        `Expected If-Match, for there is a draft: ${who}. Send the ETag that GET /v1/model answers with.`,
        extra,
      )
}

/** Why a model was not published. */
export function notPublished(
  publishing: Exclude<Publishing, { outcome: 'published' | 'preparing' | 'unchanged' }>,
) {
  switch (publishing.outcome) {
    case 'tests_failed':
      return testsFailed(publishing.results.filter(({ pass }) => !pass))
    case 'confirm_needed':
      return confirmNeeded(publishing.preview)
    case 'busy':
      return busy(publishing.rescoring)
    case 'conflict':
      return told(
        'published_meanwhile',
        'Expected to follow the version that was in force, but there is another by now. Look at it, then publish again.',
      )
    case 'stopped':
      return problem(503, 'stopped', 'Not finished', 'The request was given up. Nothing was published.')
  }
}

/** @param failed the tests that do not pass */
export function testsFailed(failed: readonly ModelTestResult[]): Response {
  const [first] = failed
  return told(
    'tests_failed',
    `Expected all tests of the model to pass, ${failed.length} failed. ${first?.name}: ${first?.message} Nothing was published.`,
    { members: { failed: failed.map(({ name, message }) => ({ name, message })) } },
  )
}

function confirmNeeded(preview: Previewed): Response {
  const { newlyMql, lost, losingSoon, confirm } = preview
  const [come, go] = [newlyMql.length, lost.length + losingSoon.length]
  const coming =
    come === 1 ? '1 person would newly be an MQL and wait' : `${come} people would newly be MQLs and wait`
  return told(
    'confirm_needed',
    `Published now, ${coming} for a person’s word, and ${go === 1 ? '1 would be an MQL' : `${go} would be MQLs`} no longer. If that is meant, send it again with "confirm": ${JSON.stringify(confirm)}.`,
    { members: { confirm, preview: previewShape(preview) } },
  )
}

function busy(rescoring: Rescoring | null): Response {
  const far = rescoring ? `, ${rescoring.done} of ${rescoring.total} timelines are done` : ''
  const what = rescoring?.version ? `version ${rescoring.version}` : 'a rebuild'
  return told(
    'rescoring',
    `Expected nothing under way, ${what} is being prepared${far}. Publish when it is done: GET /v1/model tells.`,
    { members: { rescoring: rescoring && rescoringShape(rescoring) } },
  )
}
