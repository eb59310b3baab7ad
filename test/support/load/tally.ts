import type { LostWhy, Outcome } from './connection.ts'

/** What became of a load. */
export interface Tally {
  /** answers by their status */
  readonly statuses: Readonly<Record<number, number>>
  readonly answered: number
  /** requests without an answer, by why; `unsent`: none was free in time (open loop) */
  readonly lost: Readonly<Partial<Record<LostWhy | 'unsent', number>>>
  /** ms of the answered ones, ascending */
  readonly latencies: Float64Array
  /** from the first request to the last answer */
  readonly seconds: number
}

export interface Counting {
  count(outcome: Outcome, latencyMs: number): void
  countUnsent(requests: number): void
  end(): Tally
}

export function startTally(): Counting {
  const began = performance.now()
  const statuses: Record<number, number> = {}
  const lost: Partial<Record<LostWhy | 'unsent', number>> = {}
  const latencies: number[] = []
  let last = began
  const lose = (why: LostWhy | 'unsent', requests = 1): void => {
    if (requests > 0) lost[why] = (lost[why] ?? 0) + requests
  }
  return {
    count: (outcome, latencyMs) => {
      if (outcome.kind === 'lost') return lose(outcome.why)
      last = performance.now()
      latencies.push(latencyMs)
      const { status } = outcome.answer
      statuses[status] = (statuses[status] ?? 0) + 1
    },
    countUnsent: requests => lose('unsent', requests),
    end: () => ({
      statuses,
      lost,
      answered: latencies.length,
      latencies: Float64Array.from(latencies).sort(),
      seconds: (last - began) / 1_000,
    }),
  }
}
