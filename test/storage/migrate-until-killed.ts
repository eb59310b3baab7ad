import { openConnection } from '../../collector/storage/sqlite/connection.ts'
import { MIGRATIONS, migrate } from '../../collector/storage/sqlite/migrate.ts'

/**
 * Migrates a database and is killed by itself after the statement that holds a text: `PATH TEXT`. Hardly a page is kept in
 * memory, so that what is half done is in the log by then.
 */
const [path = '', text = ''] = process.argv.slice(2)

const db = openConnection(path)
db.pragma('cache_size = 1')
db.function('die', { directOnly: true }, () => {
  process.kill(process.pid, 'SIGKILL')
  return null
})
const deadly = MIGRATIONS.map(({ name, sql }) => ({
  name,
  sql: sql
    .trim()
    .replace(/;$/, '')
    .split(/;\s*\n/)
    .flatMap(statement => (statement.includes(text) ? [statement, 'SELECT die()'] : statement))
    .join(';\n'),
}))
migrate(db, deadly)
