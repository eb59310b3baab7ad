import { LEASE_MS } from './limits.ts'
import { forget, load, prefix, save } from './storage.ts'

const KEY = 'lease'

/**
 * Runs `work` (which must not reject) unless another tab of the site is running its own: told by Web Locks, or by a
 * lease in storage where the page is not secure and has none. Answers false when it was not run. There is no queueing
 * for the lock: what one tab removes from storage is seen by the others a little later than that its lock is free.
 */
export const takeTurn = async (work: () => Promise<void>): Promise<boolean> => {
  const run = (): Promise<boolean> => work().then(() => true)
  if (navigator.locks) {
    const request = navigator.locks.request(prefix, { ifAvailable: true }, lock => !!lock && run())
    // a page without storage has no locks either, and nobody to take turns with
    return request.catch(run)
  }
  const now = Date.now()
  if (Math.abs(now - Number(load(KEY) ?? 0)) < LEASE_MS) return false
  save(KEY, `${now}`)
  return run().finally(() => forget(KEY))
}
