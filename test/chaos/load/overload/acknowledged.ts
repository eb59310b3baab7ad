import type { Store } from '../../../../collector/storage/store.ts'
import type { Answer } from '../../../support/load/answers.ts'
import type { Outcome } from '../../../support/load/connection.ts'
import type { TrafficRequest } from '../../../support/load/traffic.ts'

/** What a load was told, to hold against the database. */
export interface Acknowledged {
  readonly onOutcome: (request: TrafficRequest, outcome: Outcome) => void
  /** ids of events in requests answered 202 */
  readonly ids: ReadonlySet<string>
  /** requests answered 202 before the load ended */
  inTime(): number
  /** answers that are neither 202 nor an honest "later", by status */
  readonly unfit: ReadonlyMap<number, number>
}

/** @param until `performance.now()` at which the load ends: what is answered later is no goodput of it */
export function acknowledging(until: number): Acknowledged {
  const ids = new Set<string>()
  const unfit = new Map<number, number>()
  let inTime = 0
  const countUnfit = ({ status }: Answer): void => void unfit.set(status, (unfit.get(status) ?? 0) + 1)
  return {
    ids,
    unfit,
    inTime: () => inTime,
    onOutcome: ({ events }, outcome) => {
      if (outcome.kind === 'lost') return
      const { answer } = outcome
      if (answer.status === 202) {
        for (const id of events) ids.add(id)
        if (performance.now() < until) inTime += 1
      } else if (!isLater(answer)) countUnfit(answer)
    },
  }
}

const isLater = ({ status, retryAfterS }: Answer): boolean =>
  (status === 429 || status === 503) && retryAfterS !== null

/** What a store has of acknowledged events. */
export interface Held {
  /** acknowledged, and not there */
  readonly missing: number
  /** there, though nobody was told so: the answer did not arrive */
  readonly unheard: number
}

const PAGE = 5_000

export async function heldOf(store: Store, site: string, ids: ReadonlySet<string>): Promise<Held> {
  let [acknowledged, unheard, seq] = [0, 0, 0]
  for (;;) {
    const page = await store.factsSince(site, seq, PAGE)
    for (const { id } of page) {
      if (ids.has(id)) acknowledged += 1
      else unheard += 1
    }
    seq = page.at(-1)?.seq ?? seq
    if (page.length < PAGE) return { missing: ids.size - acknowledged, unheard }
  }
}
