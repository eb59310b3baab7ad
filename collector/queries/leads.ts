import { type LifecycleStage, STAGES } from '../../shared/stages.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import { rankingKey } from '../scoring/decay.ts'
import { type QueryDeps, versionInForce } from './deps.ts'
import { type LeadShape, leadShape } from './lead-shape.ts'
import { missingOf } from './missing.ts'
import { missingShape } from './missing-shape.ts'
import { underOneVersion } from './one-version.ts'
import { DEFAULT_LIMIT, type LeadsParams } from './params.ts'
import { asOfNow } from './person.ts'
import { ENGLISH } from './words/english.ts'

/** One page of a list; `next` is the cursor of the page after, null at the end. */
export interface ListShape<T> {
  readonly data: readonly T[]
  readonly next: string | null
}

/**
 * `GET /v1/leads`: identified people, hottest first unless asked otherwise. Stages are as of now: who has cooled since
 * the last look of the worker is judged anew, and left out of a list that no longer fits. No page mixes two versions.
 */
export const listLeads = (
  deps: QueryDeps,
  site: string,
  params: LeadsParams,
): Promise<ListShape<LeadShape>> =>
  underOneVersion(deps, site, versions => readPage(deps, site, params, versions))

async function readPage(
  deps: QueryDeps,
  site: string,
  params: LeadsParams,
  versions: readonly ModelVersion[],
): Promise<ListShape<LeadShape>> {
  const now = deps.clock()
  const stages = STAGES.filter(stage => params.stage?.split(',').includes(stage))
  const page = await deps.store.persons({
    site,
    stages,
    grade: params.grade ?? null,
    account: params.account ?? null,
    isTest: params.test === 'true',
    minRank: minRankOf(params.minEngagement, now, versionInForce(versions).model.engagement.halfLifeMs),
    text: params.q ?? null,
    sort: params.sort ?? 'engagement',
    limit: params.limit ?? DEFAULT_LIMIT,
    cursor: params.cursor ?? null,
  })
  const states = await Promise.all(page.items.map(({ state }) => asOfNow(deps, state)))
  const shapeOf = (state: PersonState): LeadShape => {
    const version = versions.find(one => one.version === state.model) ?? versionInForce(versions)
    const { model } = version
    const shown = missingShape(ENGLISH, { at: now, timezone: model.timezone })
    const missing = missingOf({ state, model, at: now, counting: null }).map(shown)
    return leadShape(state, { now, version, missing })
  }
  return { data: states.filter(state => isIn(stages, state)).map(shapeOf), next: page.next }
}

/** The score now as a bound on the rank, which does not change with time (contracts/state.ts, EngagementState). */
export const minRankOf = (score: number | undefined, now: number, halfLifeMs: number): number | null =>
  score === undefined ? null : rankingKey(score, now, halfLifeMs)

const isIn = (stages: readonly LifecycleStage[], { stage }: PersonState): boolean =>
  stages.length === 0 || stages.includes(stage)
