/** By how much something may be more later than it was at first, and still be flat. */
export interface Flatness {
  /** of what it was at first */
  readonly share: number
  /** what is told from noise beside it */
  readonly beside: number
}

export const isFlat = (first: number, last: number, { share, beside }: Flatness): boolean =>
  last <= first * (1 + share) + beside

/** Latencies of acknowledgements, ms (our choice): the database grows meanwhile, and its trees by a level. */
export const ACK_P50: Flatness = { share: 0.5, beside: 2 }
export const ACK_P99: Flatness = { share: 0.5, beside: 20 }
