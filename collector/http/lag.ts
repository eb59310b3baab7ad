import type { Clock } from '../contracts/clock.ts'
import { type Fact, isImport } from '../contracts/facts.ts'
import type { PersonState } from '../contracts/state.ts'
import type { DirtyMark, RecordOutcome } from '../storage/store.ts'
import type { Histogram } from './figures.ts'

/** How long live events wait for the decision they are part of. */
export interface Lag {
  /** @param at epoch ms of the commit */
  committed(facts: readonly Fact[], outcomes: readonly RecordOutcome[], at: number): void
  decided(persons: readonly PersonState[]): void
  /**
   * Seconds for which the first of what is dirty has waited: 0 when nothing live does. What waited when this process began has
   * at least since then.
   */
  waited(first: DirtyMark | undefined): number
}

/** Timelines that are timed at once; our choice, a few megabytes. Beyond, no more are taken down. */
const TIMED = 20_000

/** @param histogram of seconds: of each timeline the oldest event that waits */
export function watchLag(clock: Clock, histogram: Histogram): Lag {
  const committedAt = new Map<string, number>()
  const startedAt = clock()
  return {
    committed: (facts, outcomes, at) => {
      for (const [nth, fact] of facts.entries()) {
        if (committedAt.size >= TIMED) return
        const key = keyOf(fact.site, fact.subject)
        if (outcomes[nth] === 'accepted' && !isImport(fact) && !committedAt.has(key)) committedAt.set(key, at)
      }
    },
    decided: persons => {
      const now = clock()
      for (const key of persons.flatMap(({ site, subjects }) =>
        subjects.map(subject => keyOf(site, subject)),
      )) {
        const at = committedAt.get(key)
        if (at === undefined) continue
        committedAt.delete(key)
        histogram.observe(Math.max(0, now - at) / 1_000)
      }
    },
    waited: first => {
      if (first === undefined || first.priority === 'rescore') return 0
      const since = committedAt.get(keyOf(first.site, first.subject)) ?? startedAt
      return Math.max(0, clock() - since) / 1_000
    },
  }
}

const keyOf = (site: string, subject: string): string => `${site} ${subject}`
