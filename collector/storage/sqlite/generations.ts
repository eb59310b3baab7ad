import type { Asked, GenerationRecord, ModelStore, Postponement, Rescoring } from '../model-store.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { upTo } from './limit.ts'
import { preparedNews } from './prepared-news.ts'
import { SHOWN, shownOf } from './shown.ts'

export interface NewGeneration {
  readonly site: string
  readonly version: number | null
  readonly actor: string
  readonly engine: string
  readonly startedAt: number
  readonly inForceAt: number
}

const BEGIN = `
  INSERT INTO generations (site, generation, version, actor, engine, started_at, pass_at, in_force_at, switched_at, total,
    marked, marked_subject, all_marked)
  SELECT @site, coalesce((SELECT max(generation) FROM generations WHERE site = @site), 0) + 1, @version, @actor,
    @engine, @startedAt, @startedAt, @inForceAt, @switchedAt,
    (SELECT count(DISTINCT subject) FROM spans WHERE site = @site AND generation = ${SHOWN}
      AND identifier IS NOT 'merge:' || starts_id), 0, '', 0
  WHERE NOT EXISTS (SELECT 1 FROM generations WHERE site = @site AND switched_at IS NULL)
  RETURNING generation`

export type BeginGeneration = (
  wanted: NewGeneration,
) => { readonly generation: number; readonly isPrepared: boolean } | null

/**
 * Begins a generation; where nobody is to be computed it is shown at once. Null while another one is being prepared. For
 * use inside a transaction.
 */
export function generationStarter(db: Connection): BeginGeneration {
  const somebody = db.prepare<[string], number>('SELECT 1 FROM events WHERE site = ? LIMIT 1').pluck()
  const begin = db.prepare<[object], number>(BEGIN).pluck()
  return wanted => {
    const isPrepared = somebody.get(wanted.site) !== undefined
    const generation = begin.get({ ...wanted, switchedAt: isPrepared ? null : wanted.startedAt })
    return generation === undefined ? null : { generation, isPrepared }
  }
}

const RECORD = `generation, version, actor, engine, started_at AS startedAt, in_force_at AS inForceAt, switched_at AS switchedAt, total`

/** Who failed so often is left to the generation that is shown, and tried again there. */
const FAILED = 3

/** Timelines of a prepared generation that have to be computed yet. */
const WAITING = `
  SELECT 1 FROM dirty WHERE dirty.site = generations.site AND dirty.generation = generations.generation
  AND failures < ${FAILED}`

const RESCORINGS = `
  SELECT site, ${RECORD}, pass_at AS passAt, max(0, marked - (
    SELECT count(*) FROM dirty WHERE dirty.site = generations.site AND dirty.generation = generations.generation
  )) AS done, all_marked = 1 AND NOT EXISTS (${WAITING}) AS ready
  FROM generations WHERE switched_at IS NULL`

/** Timelines in their order, each by one hop along events_by_subject. */
const NEXT_SUBJECTS = `
  WITH RECURSIVE next (subject) AS (
    SELECT min(subject) FROM events WHERE site = @site AND subject > (
      SELECT marked_subject FROM generations WHERE site = @site AND generation = @generation)
    UNION ALL
    SELECT (SELECT min(subject) FROM events WHERE site = @site AND subject > next.subject)
    FROM next WHERE next.subject IS NOT NULL
  )
  SELECT subject FROM next WHERE subject IS NOT NULL ${upTo('@limit')}`

const NOTE_MARKED = `
  UPDATE generations SET marked = marked + @count, marked_subject = coalesce(@last, marked_subject),
    all_marked = (@count = 0)
  WHERE site = @site AND generation = @generation`

const SHOW = `
  UPDATE generations SET switched_at = @now
  WHERE site = @site AND generation = @generation AND switched_at IS NULL AND in_force_at <= @now AND all_marked = 1
  AND NOT EXISTS (${WAITING})`

/** What another engine has prepared so far is prepared anew. */
const RESTART = `
  UPDATE generations SET engine = @engine, marked = 0, marked_subject = '', all_marked = 0
  WHERE site = @site AND switched_at IS NULL AND engine <> @engine`

const MOVE = `
  UPDATE generations SET in_force_at = @inForceAt, pass_at = @now, marked = 0, marked_subject = '', all_marked = 0
  WHERE site = @site AND generation = @generation AND switched_at IS NULL`

const MOVE_VERSION = `
  UPDATE model_versions SET published_at = @inForceAt WHERE site = @site AND generation = @generation`

/** What waits in the generation before goes on waiting in this one. */
const CARRY_ON =
  'UPDATE OR REPLACE dirty SET generation = @generation WHERE site = @site AND generation < @generation'

const SWEEPS = [
  `DELETE FROM persons WHERE seq IN (
    SELECT seq FROM persons WHERE site = @site AND generation < ${SHOWN} ${upTo('@limit')})`,
  `DELETE FROM spans WHERE (site, subject, generation, starts_at, starts_id) IN (
    SELECT site, subject, generation, starts_at, starts_id FROM spans
    WHERE site = @site AND generation < ${SHOWN} ${upTo('@limit')})`,
  `DELETE FROM accounts WHERE (site, generation, id) IN (
    SELECT site, generation, id FROM accounts WHERE site = @site AND generation < ${SHOWN} ${upTo('@limit')})`,
]

/** Generations that are prepared, shown and swept away (model-store.ts). */
export function generationStore(
  db: Connection,
): Pick<
  ModelStore,
  | 'startRebuild'
  | 'rescorings'
  | 'markForRescoring'
  | 'postponeGeneration'
  | 'switchGeneration'
  | 'sweepGenerations'
  | 'modelHistory'
> {
  const begin = generationStarter(db)
  const marks = dirtyMarks(db)
  const news = preparedNews(db)
  const rescorings = db.prepare<[], Omit<Rescoring, 'isReady'> & { readonly ready: 0 | 1 }>(RESCORINGS)
  const history = db.prepare<[string], GenerationRecord>(
    `SELECT ${RECORD} FROM generations WHERE site = ? ORDER BY generation`,
  )
  const nextSubjects = db.prepare<[object], string>(NEXT_SUBJECTS).pluck()
  const noteMarked = db.prepare(NOTE_MARKED)
  const show = db.prepare(SHOW)
  const carryOn = db.prepare(CARRY_ON)
  const past = db
    .prepare<[], string>(
      `SELECT site FROM generations WHERE switched_at IS NOT NULL GROUP BY site
      HAVING EXISTS (SELECT 1 FROM persons WHERE persons.site = generations.site AND generation < ${shownOf('generations.site')})
      OR EXISTS (SELECT 1 FROM spans WHERE spans.site = generations.site AND generation < ${shownOf('generations.site')})
      OR EXISTS (SELECT 1 FROM accounts WHERE accounts.site = generations.site AND generation < ${shownOf('generations.site')})`,
    )
    .pluck()
  const sweeps = SWEEPS.map(sql => db.prepare(sql))

  const restart = db.prepare(RESTART)
  const rebuild = db.transaction(
    (site: string, { actor, engine, at }: Asked): boolean =>
      begin({ site, version: null, actor, engine, startedAt: at, inForceAt: at }) !== null ||
      restart.run({ site, engine }).changes > 0,
  )
  const mark = db.transaction(({ site, generation }: Rescoring, limit: number): number => {
    const subjects = nextSubjects.all({ site, generation, limit })
    marks.renewPrepared(site, subjects)
    noteMarked.run({ site, generation, count: subjects.length, last: subjects.at(-1) ?? null })
    return subjects.length
  })
  const move = db.prepare(MOVE)
  const moveVersion = db.prepare(MOVE_VERSION)
  const postpone = db.transaction((rescoring: Rescoring, times: Postponement): void => {
    if (move.run({ ...rescoring, ...times }).changes === 1) moveVersion.run({ ...rescoring, ...times })
  })
  const switchTo = db.transaction(({ site, generation }: Rescoring, now: number): boolean => {
    if (show.run({ site, generation, now }).changes === 0) return false
    carryOn.run({ site, generation })
    news.release(site)
    return true
  })
  const sweep = db.transaction((limit: number): number => {
    let removed = 0
    for (const site of past.all()) for (const one of sweeps) removed += one.run({ site, limit }).changes
    return removed
  })

  return {
    startRebuild: method((site, by) => (rebuild.immediate(site, by) ? 'preparing' : 'busy')),
    rescorings: method(() => rescorings.all().map(({ ready, ...one }) => ({ ...one, isReady: ready === 1 }))),
    markForRescoring: method((rescoring, limit) => mark.immediate(rescoring, limit)),
    postponeGeneration: method((rescoring, times) => postpone.immediate(rescoring, times)),
    switchGeneration: method((rescoring, now) =>
      switchTo.immediate(rescoring, now) ? 'switched' : 'not_yet',
    ),
    sweepGenerations: method(limit => sweep.immediate(limit)),
    modelHistory: method(site => history.all(site)),
  }
}
