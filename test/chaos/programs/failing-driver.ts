import { writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ORDER_AT_START, type Order, PASSED, type Point, REACHED, type Way } from '../failpoints/orders.ts'

/**
 * What a bundle has in place of the database driver (failpoints/build.ts): every statement, BEGIN, COMMIT and what follows a commit is
 * a point at which the process may be told to die, or SQLite to fail.
 */
let order: Order = orderAtStart()
let passed = new Map<string, number>()

function orderAtStart(): Order {
  const text = process.env[ORDER_AT_START]
  return text === undefined ? { kind: 'none' } : JSON.parse(text)
}

process.on('message', (next: Order) => {
  if (order.kind === 'list') tell(PASSED, pointsPassed())
  order = next
  passed = new Map()
  process.send?.('heard')
})
process.channel?.unref()
// a start whose steps are listed tells them when it is asked to end
if (order.kind === 'list') process.once('SIGTERM', () => tell(PASSED, pointsPassed()))

const pointsPassed = (): readonly Point[] =>
  [...passed].flatMap(([step, times]) => Array.from({ length: times }, (_, n) => ({ step, nth: n + 1 })))

function tell(what: string, about: unknown): void {
  writeSync(2, `${what}${JSON.stringify(about)}\n`)
}

function reach(step: string): void {
  if (order.kind === 'none') return
  const nth = (passed.get(step) ?? 0) + 1
  passed.set(step, nth)
  if (order.kind !== 'fail' || order.point.step !== step || order.point.nth !== nth) return
  const { way } = order
  order = { kind: 'none' }
  tell(REACHED, { step, nth })
  fail(way)
}

function fail(way: Way): never {
  if (way !== 'die') throw new Database.SqliteError('told to fail here', way)
  process.kill(process.pid, 'SIGKILL')
  // a thread may run on for a moment
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

type Act = (...args: readonly unknown[]) => unknown

/** Gives an open database its points. */
export function withFailpoints(db: Database.Database): Database.Database {
  const { prepare, transaction, exec, pragma } = db
  return Object.assign(db, {
    prepare: (sql: string) => {
      const statement = prepare.call(db, sql)
      const step = `${callerOf(2)}: ${inShort(sql)}`
      for (const way of ['run', 'get', 'all'] as const) precede(statement, way, () => reach(step))
      return statement
    },
    exec: (sql: string) => {
      reach(`${callerOf(2)}: ${inShort(sql)}`)
      return exec.call(db, sql)
    },
    pragma: (text: string, options?: Database.PragmaOptions) => {
      // how a commit waits is no matter of files: it cannot fail
      if (!text.startsWith('synchronous')) reach(`${callerOf(2)}: PRAGMA ${text}`)
      return pragma.call(db, text, options)
    },
    transaction: (act: Act) => {
      const name = callerOf(2)
      const whole = transaction.call(db, (...args: readonly unknown[]) => {
        const result = act(...args)
        reach(`${name}: COMMIT`)
        return result
      })
      return withEnds(db, name, whole)
    },
  })
}

/** BEGIN before it, and after it the moments in which the commit is there and nobody knows. */
function withEnds(db: Database.Database, name: string, whole: Database.Transaction): Act {
  const ends =
    (act: Act): Act =>
    (...args) => {
      if (db.inTransaction) return act(...args)
      reach(`${name}: BEGIN`)
      const result = act(...args)
      reach(`${name}: after COMMIT`)
      setImmediate(() => reachDying(`${name}: a turn after COMMIT`))
      return result
    }
  const { deferred, immediate, exclusive } = whole
  return Object.assign(ends(whole), {
    deferred: ends(deferred),
    immediate: ends(immediate),
    exclusive: ends(exclusive),
  })
}

/** Where nothing of SQLite's runs only death can come. */
function reachDying(step: string): void {
  if (order.kind !== 'fail' || order.way === 'die') reach(step)
}

function precede(statement: object, name: 'run' | 'get' | 'all', before: () => void): void {
  const act: unknown = Reflect.get(statement, name)
  if (typeof act !== 'function') return
  Reflect.set(statement, name, (...args: readonly unknown[]) => {
    before()
    return act.apply(statement, args)
  })
}

/** The function of the product that asks: names stay in a bundle that is not minified. */
function callerOf(depth: number): string {
  const line = new Error().stack?.split('\n')[depth + 1] ?? ''
  return /at (?:Object\.|new )?(\w+) \(/.exec(line)?.[1] ?? 'somewhere'
}

const SQL_CHARS = 60
const inShort = (sql: string): string => sql.replace(/\s+/g, ' ').trim().slice(0, SQL_CHARS)
