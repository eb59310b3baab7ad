import { type Connection, openConnection, type Target } from './connection.ts'

/** Connections of a load, so many at most, opened when they are needed. */
export interface Pool {
  /** null: all are taken */
  take(): Connection | null
  giveBack(connection: Connection): void
  areTaken(): boolean
  close(): void
}

/** @param most connections at once @param timeoutMs how long nothing may come while an answer is awaited */
export function poolOf(target: Target, most: number, timeoutMs: number): Pool {
  const free: Connection[] = []
  const all = new Set<Connection>()
  return {
    take: () => {
      for (let one = free.pop(); one !== undefined; one = free.pop()) {
        if (one.isOpen()) return one
        all.delete(one)
      }
      if (all.size >= most) return null
      const fresh = openConnection(target, timeoutMs)
      all.add(fresh)
      return fresh
    },
    giveBack: connection => {
      if (connection.isOpen()) free.push(connection)
      else all.delete(connection)
    },
    areTaken: () => free.length === 0 && all.size >= most,
    close: () => {
      for (const connection of all) connection.close()
    },
  }
}
