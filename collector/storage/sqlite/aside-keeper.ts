import type { Quarantined } from '../../contracts/facts.ts'
import type { RecordOutcome } from '../store.ts'
import type { Connection } from './connection.ts'

const INSERT = `
  INSERT INTO quarantine (site, event_id, received_at, code, path, message, body, came)
  VALUES (@site, @eventId, @receivedAt, @code, @path, @message, @body, @came)`

const FIRST = 'SELECT body, settled FROM quarantine WHERE site = @site AND event_id = @eventId'

const ELSEWHERE = `
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM events WHERE site = @site AND id = @eventId) THEN 'conflict'
    WHEN EXISTS (SELECT 1 FROM erased_events WHERE site = @site AND id = @eventId) THEN 'duplicate'
  END`

interface FirstRow {
  readonly body: string
  readonly settled: string | null
}

/** Keeps what failed its check aside, each event once; for use inside the transaction of its batch, after the facts. */
export function asideKeeper(db: Connection): (event: Quarantined) => RecordOutcome {
  const insert = db.prepare(INSERT)
  const first = db.prepare<[object], FirstRow>(FIRST)
  const elsewhere = db.prepare<[object], RecordOutcome | null>(ELSEWHERE).pluck()
  return event => {
    const { site, eventId } = event
    const kept = first.get({ site, eventId })
    if (kept) return isSaidAgain(kept, event) ? 'duplicate' : 'conflict'
    const known = elsewhere.get({ site, eventId })
    if (known) return known
    insert.run({ ...event, came: event.came && JSON.stringify(event.came) })
    return 'accepted'
  }
}

/** What was said is gone once it is settled: then nobody can say that it was something else. */
const isSaidAgain = ({ body, settled }: FirstRow, again: Quarantined): boolean =>
  settled !== null || body === again.body
