import type { FactStore } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { upTo } from './limit.ts'

/** From name to name in the index: as many steps as there are names, however many events have them. */
const NAMES = `
  WITH RECURSIVE names (name) AS (
    SELECT (SELECT min(type) FROM events WHERE site = @site)
    UNION ALL
    SELECT (SELECT min(type) FROM events WHERE site = @site AND type > name) FROM names WHERE name IS NOT NULL
  )
  SELECT name FROM names WHERE name IS NOT NULL ${upTo('@limit')}`

export function eventNames(db: Connection): FactStore['eventNames'] {
  const names = db.prepare<[object], string>(NAMES).pluck()
  return method((site, limit) => names.all({ site, limit }))
}
