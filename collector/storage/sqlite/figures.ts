import type { HandoffStatus } from '../../contracts/state.ts'
import type { FiguresStore } from '../figures-store.ts'
import { type Connection, method, present } from './connection.ts'

const COUNTS = `
  SELECT (SELECT count(*) FROM dirty) AS dirty,
    (SELECT count(*) FROM quarantine WHERE settled IS NULL) AS quarantined,
    (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS bytes`

const HANDOFFS = 'SELECT status, count(*) AS count FROM handoffs GROUP BY status'

interface CountsRow {
  readonly dirty: number
  readonly quarantined: number
  readonly bytes: number
}

interface StatusRow {
  readonly status: HandoffStatus
  readonly count: number
}

export function figuresStore(db: Connection): FiguresStore {
  const counts = db.prepare<[], CountsRow>(COUNTS)
  const handoffs = db.prepare<[], StatusRow>(HANDOFFS)
  return {
    figures: method(() => ({
      ...present(counts.get()),
      handoffs: Object.fromEntries(handoffs.all().map(({ status, count }) => [status, count])),
    })),
  }
}
