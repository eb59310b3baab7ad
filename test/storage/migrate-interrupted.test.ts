import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { openConnection } from '../../collector/storage/sqlite/connection.ts'
import { allFlaws } from '../../collector/storage/sqlite/integrity.ts'
import { MIGRATIONS, migrate } from '../../collector/storage/sqlite/migrate.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type Place, unpack } from './first-schema.ts'

/** Below node_modules, so that the driver is found from there. */
const CHILD = join(import.meta.dirname, '../../node_modules/.cache/test-storage/migrate-until-killed.mjs')

let place: Place
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'migrate-until-killed.ts')],
    outfile: CHILD,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
  })
})
beforeEach(() => {
  place = unpack('first-schema', tempDir())
})

/** How much there is of what the first schema had, and in which schema. */
function contents() {
  const db = openConnection(place.database)
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  const kinds = [
    'events',
    'quarantine',
    'spans',
    'persons',
    'transitions',
    'handoffs',
    'changes',
    'model_versions',
  ]
  const found = {
    schema: db.pragma('user_version', { simple: true }),
    flaws: allFlaws(db),
    rows: kinds.map(count),
  }
  db.close()
  return found
}

const LAST =
  MIGRATIONS.at(-1)
    ?.sql.trim()
    .replace(/;$/, '')
    .split(/;\s*\n/)
    .at(-1) ?? ''

/** The last statement before the kill. */
const INSTANTS = [
  ['between two migrations', 'ALTER TABLE sites ADD COLUMN params'],
  ['while tables are written anew', 'INSERT INTO persons_new'],
  ['when the old ones are gone', 'DROP TABLE persons'],
  ['when all is done but the end', LAST],
] as const

it.each(INSTANTS)(
  'killed %s: the database is as it was, and the next start brings it to the latest',
  async (_, statement) => {
    const before = contents()
    const child = spawn(process.execPath, [CHILD, place.database, statement], { stdio: 'inherit' })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    expect(statSync(`${place.database}-wal`).size).toBeGreaterThan(0)
    expect(contents()).toEqual({ ...before, schema: 1, flaws: [] })
    const db = openConnection(place.database)
    migrate(db)
    db.close()
    expect(contents()).toEqual({ ...before, schema: MIGRATIONS.length, flaws: [] })
  },
  60_000,
)

it('without room for the new tables all stays as it was, and with room the next start goes on', () => {
  const before = contents()
  const db = openConnection(place.database)
  const pages = Number(db.pragma('page_count', { simple: true }))
  db.pragma(`max_page_count = ${pages + 8}`)
  expect(() => migrate(db)).toThrow(
    expect.objectContaining({
      code: 'full',
      message: expect.stringMatching(
        /^Migration 0003-generations failed; .* as it was before\. No space left/,
      ),
    }),
  )
  db.close()
  expect(contents()).toEqual({ ...before, schema: 1, flaws: [] })
  const roomy = openConnection(place.database)
  migrate(roomy)
  roomy.close()
  expect(contents()).toEqual({ ...before, schema: MIGRATIONS.length, flaws: [] })
})
