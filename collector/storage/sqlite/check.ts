import { StoreError } from '../store.ts'
import type { CheckReport } from '../upkeep.ts'
import { allFlaws } from './integrity.ts'
import { atOneMoment, extentOf, extentOfFiles, rowCounts } from './read-only.ts'

/**
 * Reads the whole file, as it is at one moment; may run beside a collector at work. What is damaged is a value.
 * @throws StoreError `unavailable` when there is no file or it cannot be read
 */
export async function checkSqlite(path: string): Promise<CheckReport> {
  try {
    return await atOneMoment(path, db => {
      const problems = allFlaws(db)
      const schema = Number(db.pragma('user_version', { simple: true }))
      const rows = problems.length === 0 ? rowCounts(db) : null
      return { file: path, ...extentOf(db), schema, rows, problems }
    })
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'corrupt') throw error
    return { file: path, ...extentOfFiles(path), schema: 0, rows: null, problems: [error.message] }
  }
}
