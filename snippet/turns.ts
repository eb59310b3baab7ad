import { prefix } from './storage.ts'

/**
 * Runs `work` (which must not reject) unless another tab of the site is running its own: told by Web Locks. Answers
 * false when it was not run. There is no queueing for the lock: what one tab removes from storage is seen by the others
 * a little later than that its lock is free. A page that is not secure has no locks: its tabs may both send an event,
 * and the collector keeps one.
 */
export const takeTurn = async (work: () => Promise<void>): Promise<boolean> => {
  const run = (): Promise<boolean> => work().then(() => true)
  const request = navigator.locks?.request(prefix, { ifAvailable: true }, lock => !!lock && run())
  // a page without storage has no locks either, and nobody to take turns with
  return request?.catch(run) ?? run()
}
