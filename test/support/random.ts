/** A source of chance that gives the same sequence for the same seed. */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly next: () => number
  readonly between: (min: number, max: number) => number
  /** whole numbers, both ends included */
  readonly whole: (min: number, max: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(values: readonly [T, ...T[]]) => T
  /** exponential, by its mean */
  readonly wait: (mean: number) => number
}

/** Mulberry32 (T. Ettinger, 2017): 32 bits of state are enough for test data. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    whole,
    chance: probability => next() < probability,
    pick: values => values[whole(0, values.length - 1)] ?? values[0],
    wait: mean => -Math.log(1 - next()) * mean,
  }
}
