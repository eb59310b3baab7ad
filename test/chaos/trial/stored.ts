import { statSync } from 'node:fs'
import Database from 'better-sqlite3'

/** One more than so many faults of a kind say nothing new. */
const MOST = 5

/** Reads the database beside the collector that has it open, past every line of the product that could be wrong. */
export interface Stored {
  /** ids of events in commit order, after one of them */
  idsAfter(seq: number): { readonly ids: readonly string[]; readonly last: number }
  countEvents(): number
  /** whether an event is there: exactly once, for `site` and `id` are unique */
  has(id: string): boolean
  /** timelines that wait to be qualified */
  dirty(): number
  /** changes whenever a checkpoint has written to the file */
  fileChangedAt(): number
  /**
   * What is wrong with what sales was told: who was told twice, or not at all. Nothing may wait.
   * @param mayCool whether MQLs may have cooled since. @default false
   */
  faultsOfTelling(mayCool?: boolean): readonly string[]
  /** When events happened and came, epoch ms, by id. */
  times(): ReadonlyMap<string, EventTimes>
  /** addresses of all people whom sales was told of */
  toldEmails(): ReadonlySet<string>
  /** addresses of all people who are MQLs */
  mqlEmails(): ReadonlySet<string>
  close(): void
}

export interface EventTimes {
  readonly occurredAt: number
  readonly receivedAt: number
  readonly tooLate: 0 | 1
}

const TIMES =
  'SELECT id, occurred_at AS occurredAt, received_at AS receivedAt, too_late AS tooLate FROM events'
const TOLD = `
  SELECT DISTINCT identifier FROM handoffs JOIN persons ON persons.site = handoffs.site AND persons.id = lead
  WHERE identifier IS NOT NULL`

export function openStored(file: string): Stored {
  const db = new Database(file, { readonly: true, timeout: 5_000 })
  const after = db.prepare<[number], { readonly seq: number; readonly id: string }>(
    'SELECT seq, id FROM events WHERE seq > ? ORDER BY seq',
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM events').pluck()
  const one = db.prepare<[string], number>('SELECT count(*) FROM events WHERE id = ?').pluck()
  const dirty = db.prepare<[], number>('SELECT count(*) FROM dirty').pluck()
  const mqls = db
    .prepare<[], string>("SELECT identifier FROM persons WHERE stage = 'mql' AND identifier IS NOT NULL")
    .pluck()
  const times = db.prepare<[], EventTimes & { readonly id: string }>(TIMES)
  const told = db.prepare<[], string>(TOLD).pluck()
  return {
    idsAfter: seq => {
      const rows = after.all(seq)
      return { ids: rows.map(({ id }) => id), last: rows.at(-1)?.seq ?? seq }
    },
    countEvents: () => count.get() ?? 0,
    has: id => one.get(id) === 1,
    dirty: () => dirty.get() ?? 0,
    fileChangedAt: () => statSync(file).mtimeMs,
    faultsOfTelling: (mayCool = false) =>
      [...FAULTS, ...(mayCool ? [] : FAULTS_IF_LASTING)].flatMap(({ what, sql }) => someOf(db, what, sql)),
    times: () => new Map(times.all().map(({ id, ...its }) => [id, its])),
    mqlEmails: () => emailsOf(mqls.all()),
    toldEmails: () => emailsOf(told.all()),
    close: () => {
      db.close()
    },
  }
}

const emailsOf = (identifiers: readonly string[]): ReadonlySet<string> =>
  new Set(identifiers.map(identifier => identifier.replace(/^email:/, '')))

/**
 * Each finds who must not be there, in a time that grows with the rows, not with their square: by `IN`, which has an index. What JSON
 * may lack is left out of `NOT IN`, which finds nothing once it has met a NULL.
 */
const FAULTS = [
  {
    what: 'told more than once of one episode',
    sql: `SELECT lead FROM handoffs WHERE status IN ('told', 'waiting') GROUP BY site, lead, episode_since HAVING count(*) > 1`,
  },
  {
    what: 'an MQL that nobody was told of',
    sql: `SELECT id FROM persons WHERE stage = 'mql' AND (site, id) NOT IN (SELECT site, lead FROM handoffs)`,
  },
  {
    what: 'a hand-off told to the stream other than once',
    sql: `WITH told AS (
        SELECT body ->> '$.handoff.id' AS id FROM changes
        WHERE body ->> '$.kind' = 'handoff' AND body ->> '$.handoff.status' IN ('told', 'waiting'))
      SELECT id FROM handoffs WHERE id NOT IN (SELECT id FROM told WHERE id IS NOT NULL)
      UNION ALL SELECT id FROM told WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1`,
  },
  {
    what: 'a hand-off told to the stream without its id',
    sql: `SELECT 'change ' || seq FROM changes WHERE body ->> '$.kind' = 'handoff' AND body ->> '$.handoff.id' IS NULL`,
  },
  {
    what: 'a move told to the stream more than once',
    sql: `SELECT body ->> '$.person' FROM changes WHERE body ->> '$.kind' = 'transition'
      GROUP BY site, body ->> '$.person', body ->> '$.transition.to', body ->> '$.transition.at' HAVING count(*) > 1`,
  },
]

const FAULTS_IF_LASTING = [
  {
    what: 'told of more than one episode',
    sql: `SELECT lead FROM handoffs GROUP BY site, lead HAVING count(*) > 1`,
  },
  {
    what: 'told of somebody who is no MQL',
    sql: `SELECT lead FROM handoffs WHERE (site, lead) NOT IN (SELECT site, id FROM persons WHERE stage = 'mql')`,
  },
]

function someOf(db: Database.Database, what: string, sql: string): readonly string[] {
  const names = db.prepare<[], string>(sql).pluck().all()
  if (names.length === 0) return []
  return [`${what}: ${names.length} (${names.slice(0, MOST).join(', ')})`]
}
