import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work behaves in a collector. */
export interface Turns {
  /** Lets other requests go on between two steps. */
  readonly pause: () => Promise<void>
  /** aborted when the one who asked has hung up */
  readonly stop: AbortSignal
}

export function turnsFor(outgoing: ServerResponse): Turns {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  return { pause: () => nextTurn(), stop: gone.signal }
}
