import { type Connection, openConnection, type Target } from './connection.ts'

/** Connections of a load, so many at most, opened when they are needed. */
export interface Pool {
  /** null: all are taken */
  take(): Connection | null
  giveBack(connection: Connection): void
  areTaken(): boolean
  close(): void
}

/**
 * The collector closes what is idle for ten seconds (http/server.ts), and a request that crosses this on its way is lost: browsers
 * send it again, a load would count it. So what has been idle for half as long is not used any more.
 */
export const IDLE_MS = 5_000

interface Free {
  readonly connection: Connection
  readonly since: number
}

/** @param most connections at once @param timeoutMs how long nothing may come while an answer is awaited */
export function poolOf(target: Target, most: number, timeoutMs: number): Pool {
  const free: Free[] = []
  const all = new Set<Connection>()
  return {
    take: () => {
      for (let one = free.pop(); one !== undefined; one = free.pop()) {
        const { connection, since } = one
        if (connection.isOpen() && performance.now() - since < IDLE_MS) return connection
        connection.close()
        all.delete(connection)
      }
      if (all.size >= most) return null
      const fresh = openConnection(target, timeoutMs)
      all.add(fresh)
      return fresh
    },
    giveBack: connection => {
      if (connection.isOpen()) free.push({ connection, since: performance.now() })
      else all.delete(connection)
    },
    areTaken: () => free.length === 0 && all.size >= most,
    close: () => {
      for (const connection of all) connection.close()
    },
  }
}
