import { advance } from '../../../collector/advance/advance.ts'
import { openBook } from '../../../collector/advance/book.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../../collector/contracts/model.ts'
import { NO_BEHAVIOUR } from '../../../collector/enrich/behaviour.ts'
import { claimOf } from '../../../collector/enrich/claim.ts'
import { startReading } from '../../../collector/enrich/reading.ts'
import { resolve } from '../../../collector/identity/resolve.ts'
import { median } from '../../support/quantiles.ts'
import { cpuMicros, decoded, randomOf, visitorFacts } from './advance-persons.ts'

const PERSONS = 2_000
const LEAST_EVENTS = 10
const MOST_EVENTS = 50
const ROUNDS = 9

/** What a keyed hash costs is not the fold's affair. */
const idOf = (text: string): string => `id:${text}`

export interface AdvanceRow {
  readonly visitors: string
  /** how far the work goes: each part has those before it in it, but for `resolve` */
  readonly part: string
  /** per second of processor time, so that neighbours on the machine do not count: median and best of the rounds */
  readonly 'events/s': number
  readonly best: number
  readonly 'µs/event': number
}

const STRANGER = { identifier: null, names: new Set<string>(), behaviour: NO_BEHAVIOUR }

/**
 * How fast many typical people, of 10 to 50 events each, are folded whole, and how much of that is whose: identity
 * (`resolve`), enrich (`reading`), scoring (`book`), lifecycle (`advance`).
 */
export function advanceRows(version: ModelVersion): readonly AdvanceRow[] {
  const versions = [version]
  const parts: Readonly<Record<string, (facts: readonly Fact[]) => unknown>> = {
    resolve: facts => resolve(facts, claimOf, idOf),
    reading: facts => facts.map(startReading(version.model, NO_BEHAVIOUR)),
    book: facts => openBook(version, STRANGER, facts),
    advance: facts => advance({ site: 'site', facts, versions, idOf, now: facts.at(-1)?.occurredAt ?? 0 }),
  }
  return [
    { visitors: '40 % leads', share: 0.4 },
    { visitors: 'leads alone', share: 1 },
  ].flatMap(({ visitors, share }) =>
    Object.entries(parts).map(([part, run]) => {
      const rates = Array.from({ length: ROUNDS }, (_, round) => rateOf(run, round, share))
      const usual = Math.round(median(rates))
      const best = Math.round(Math.max(...rates))
      return { visitors, part, 'events/s': usual, best, 'µs/event': Number((1e6 / usual).toFixed(2)) }
    }),
  )
}

/** Events a second of processor time, garbage collection and all, over people whom nobody has looked at before. */
function rateOf(run: (facts: readonly Fact[]) => unknown, seed: number, share: number): number {
  const random = randomOf(seed)
  const people = Array.from({ length: PERSONS }, (_, index) => {
    const size = LEAST_EVENTS + Math.floor(random() * (MOST_EVENTS - LEAST_EVENTS))
    return decoded(visitorFacts(index, size, random, share))
  })
  const events = people.reduce((sum, { length }) => sum + length, 0)
  const began = cpuMicros()
  for (const facts of people) run(facts)
  return (events / (cpuMicros() - began)) * 1e6
}
