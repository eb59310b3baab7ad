import { setTimeout as sleep } from 'node:timers/promises'

/** @throws Error that says what was waited for, when it has not come in time */
export async function within<T>(ms: number, what: string, coming: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = sleep(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`waited ${ms / 1_000} s for ${what}, in vain`)
  })
  try {
    return await Promise.race([coming, late])
  } finally {
    over.abort()
    late.catch(() => {})
  }
}
