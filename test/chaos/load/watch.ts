import { ownShareSoFar } from '../../support/process-figures.ts'
import type { CollectorProcess } from './collector-process.ts'

/** What a collector was like while something went on. */
export interface Watched {
  readonly topRss: number
  /** the event loop's longest delay, seconds */
  readonly longestDelay: number
  /** events that waited for a commit, at most */
  readonly mostWaiting: number
  /** timelines that waited for the qualifier, at most */
  readonly mostDirty: number
  /** CPU seconds it took */
  readonly cpu: number
  /** of the time: it was ready to run, and others had its core; NaN where the system does not tell */
  readonly heldUp: number
  /** how much of a core the sender, this process, took beside it */
  readonly senderShare: number
}

const RSS_MS = 100
/** Its figures come over HTTP, and wait their turn there. */
const FIGURES_MS = 1_000

/** Watches a collector until the work is done. */
export async function watching<T>(
  collector: CollectorProcess,
  work: () => Promise<T>,
): Promise<Watched & { readonly result: T }> {
  const [began, before, held] = [performance.now(), collector.cpuSeconds(), collector.heldUpSeconds()]
  const senderShare = ownShareSoFar()
  let [topRss, longestDelay, mostWaiting, mostDirty] = [0, 0, 0, 0]
  let asked = Promise.resolve()
  const look = async (): Promise<void> => {
    const figures = await collector.figures().catch(() => null)
    if (figures === null) return
    longestDelay = Math.max(longestDelay, figures.of('goldpan_event_loop_delay_seconds{quantile="1"}'))
    mostWaiting = Math.max(mostWaiting, figures.of('goldpan_waiting_events'))
    mostDirty = Math.max(mostDirty, figures.of('goldpan_dirty_timelines'))
  }
  const samples = setInterval(() => {
    topRss = Math.max(topRss, collector.rssBytes())
  }, RSS_MS)
  const looks = setInterval(() => {
    asked = asked.then(look)
    // thrown when the work is over, by the last line
    asked.catch(() => {})
  }, FIGURES_MS)
  try {
    const result = await work()
    const cpu = collector.cpuSeconds() - before
    const heldUp = ((collector.heldUpSeconds() - held) * 1_000) / (performance.now() - began)
    const most = { topRss, longestDelay, mostWaiting, mostDirty }
    return { result, ...most, cpu, heldUp, senderShare: senderShare() }
  } finally {
    clearInterval(samples)
    clearInterval(looks)
    await asked
  }
}
