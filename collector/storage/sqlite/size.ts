import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DAY_MS } from '../../../shared/time.ts'
import type { SiteGrowth, SizeReport, TableSize } from '../upkeep.ts'
import type { Connection } from './connection.ts'
import { atOneMoment, extentOf } from './read-only.ts'

/** Over how many days growth is measured. */
const GROWTH_DAYS = 30

/** A page belongs to one tree: a table's or an index's. dbstat reads every page (https://www.sqlite.org/dbstat.html). */
const TREES = `
  SELECT coalesce(schema.tbl_name, stat.name) AS tableName, stat.name AS name, stat.pgsize AS bytes
  FROM dbstat AS stat LEFT JOIN sqlite_schema AS schema ON schema.name = stat.name
  WHERE stat.aggregate = TRUE ORDER BY stat.pgsize DESC`

interface Tree {
  readonly tableName: string
  readonly name: string
  readonly bytes: number
}

const GROWTH = `
  SELECT count(*) AS events, min(received_at) AS since,
    count(*) FILTER (WHERE received_at >= @since) AS late
  FROM events WHERE site = @site`

interface GrowthRow {
  readonly events: number
  readonly since: number | null
  readonly late: number
}

/**
 * Measures a database, as it is at one moment; may run beside a collector at work. Reads all of it.
 * @param now epoch ms
 * @throws StoreError
 */
export async function measureSqlite(path: string, now: number): Promise<SizeReport> {
  return atOneMoment(path, db => {
    const pragma = (name: string): number => Number(db.pragma(name, { simple: true }))
    const { bavail, blocks, bsize } = statfsSync(dirname(path))
    return {
      file: path,
      ...extentOf(db),
      freeBytes: pragma('freelist_count') * pragma('page_size'),
      tables: tablesOf(db.prepare<[], Tree>(TREES).all()),
      sites: growthOf(db, now),
      disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
    }
  })
}

function tablesOf(trees: readonly Tree[]): readonly TableSize[] {
  const names = [...new Set(trees.map(({ tableName }) => tableName))]
  return names
    .map(name => {
      const own = trees.filter(({ tableName }) => tableName === name)
      return {
        name,
        bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
        indexes: own.filter(tree => tree.name !== name).map(({ name, bytes }) => ({ name, bytes })),
      }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

function growthOf(db: Connection, now: number): readonly SiteGrowth[] {
  const sites = db.prepare<[], string>('SELECT id FROM sites ORDER BY id').pluck().all()
  const growth = db.prepare<[object], GrowthRow>(GROWTH)
  const from = now - GROWTH_DAYS * DAY_MS
  return sites.map(site => {
    const { events, since, late } = growth.get({ site, since: from }) ?? { events: 0, since: null, late: 0 }
    const days = Math.max(1, (now - Math.max(from, since ?? now)) / DAY_MS)
    return { site, events, eventsPerDay: late / days }
  })
}
