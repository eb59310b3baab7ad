import type { ModelVersion } from '../../contracts/model.ts'
import type { PersonState } from '../../contracts/state.ts'
import { claimOf } from '../../enrich/claim.ts'
import type { IdOf } from '../../identity/resolve.ts'
import type { Advance } from '../tests.ts'
import { componentsOf, type History, type Walked } from './walk.ts'

export interface PreviewInput {
  readonly site: string
  readonly history: History<Walked>
  /** what is in force, oldest first */
  readonly published: readonly ModelVersion[]
  readonly draft: Pick<ModelVersion, 'model' | 'source' | 'hash'>
  readonly advance: Advance
  readonly idOf: IdOf
  /** epoch ms: when the draft would be published */
  readonly now: number
  /** Told after each component how many facts it had; what it waits for, the walk waits for. */
  readonly onProgress: (facts: number) => Promise<void>
  /** aborted: give up */
  readonly stop: AbortSignal
}

/** What putting a draft in force would do at once. Ids are those of leads. */
export interface PublishPreview {
  /** epoch ms */
  readonly at: number
  /** how many are MQLs as stored, and how many would be right after */
  readonly mqls: { readonly before: number; readonly after: number }
  /** would become MQLs by the publish alone: each waits for a person's word */
  readonly newlyMql: readonly string[]
  /** MQLs who would be leads again at once */
  readonly lost: readonly string[]
  /** MQLs who would stay only as long as the dwell protects them */
  readonly losingSoon: readonly string[]
}

/**
 * Advances everybody to now under the published history with the draft at its end, and compares with where they stand.
 * Reads only.
 * @returns null when it was stopped
 */
export async function previewPublish(input: PreviewInput): Promise<PublishPreview | null> {
  const newest = input.published.at(-1)
  const publishedAt = Math.max(input.now, (newest?.publishedAt ?? 0) + 1)
  const draft = { ...input.draft, version: (newest?.version ?? 0) + 1, publishedAt }
  const before = new Set<string>()
  const concerned = new Map<string, PersonState>()
  for await (const component of componentsOf(input.history)) {
    if (input.stop.aborted) return null
    for (const { state } of component.persons) if (isMqlAt(state, publishedAt)) before.add(state.id)
    for (const person of concernedBy(draft, component, input)) concerned.set(person.id, person)
    await input.onProgress(component.facts.length)
  }
  return previewOf(draft, before.size, [...concerned.values()])
}

/** The people of a component who are MQLs after the publish, or were until it. */
function concernedBy(draft: ModelVersion, { facts }: Walked, input: PreviewInput): readonly PersonState[] {
  const { site, advance, idOf, published } = input
  const now = draft.publishedAt
  const known = facts.filter(({ occurredAt }) => occurredAt <= now)
  // Nobody is an MQL without contact data.
  if (!known.some(fact => claimOf(fact) !== null)) return []
  const { persons } = advance({ site, facts: known, versions: [...published, draft], idOf, now })
  return persons.filter(person => person.stage === 'mql' || isByPublish(person, 'from', now))
}

function previewOf(draft: ModelVersion, before: number, people: readonly PersonState[]): PublishPreview {
  const at = draft.publishedAt
  const idsOf = (concerns: (person: PersonState) => boolean) => people.filter(concerns).map(({ id }) => id)
  return {
    at,
    mqls: { before, after: idsOf(({ stage }) => stage === 'mql').length },
    newlyMql: idsOf(person => isByPublish(person, 'to', at)),
    lost: idsOf(person => isByPublish(person, 'from', at)),
    losingSoon: idsOf(person => dwellsOnly(person, draft)),
  }
}

/** A stored state as of an instant: what is due by then counts as done. */
const isMqlAt = ({ stage, nextDueAt }: PersonState, at: number): boolean =>
  stage === 'mql' && (nextDueAt === null || nextDueAt > at)

/** Whether the publish at this instant made the person an MQL, or ended that. */
const isByPublish = ({ transitions }: PersonState, end: 'from' | 'to', publishedAt: number): boolean =>
  transitions.some(
    ({ cause, at, [end]: stage }) => cause === 'publish' && at === publishedAt && stage === 'mql',
  )

/** The next due instant is the end of the dwell itself: the new model would not keep them any longer. */
const dwellsOnly = ({ stage, mql, nextDueAt }: PersonState, { model, publishedAt }: ModelVersion): boolean =>
  stage === 'mql' && mql !== null && mql.since < publishedAt && nextDueAt === mql.since + model.mql.dwellMs
