import { advancedOf, append, fold } from '../../../collector/advance/advance.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../../collector/contracts/model.ts'
import { ascending } from '../../support/quantiles.ts'
import { cpuMicros, randomOf, visitorFacts } from './advance-persons.ts'

const LEADS = 40
/** The events around these are timed. */
const NTH = [10, 100, 1_000, 10_000]
const AROUND = 40
const LONGEST = 10_000 + AROUND

const idOf = (text: string): string => `id:${text}`

export interface AppendRow {
  readonly nth: number
  /** mean of an event appended and everybody's state read off, over the quieter half of the timings */
  readonly 'µs/event': number
}

/** What the nth in-order event of a lead costs, when those before it are folded: leads of the typical kind that go on and on. */
export function appendRows(version: ModelVersion): readonly AppendRow[] {
  const versions = [version]
  const leads = Array.from({ length: LEADS }, (_, index) =>
    known(visitorFacts(index, LONGEST, randomOf(index), 1)),
  )
  const inputs = leads.map(facts => ({ site: 'site', facts: facts.slice(0, 1), versions, idOf, now: 0 }))
  const folded = inputs.map(fold)
  const micros = new Map<number, number[]>(NTH.map(nth => [nth, []]))
  for (let event = 1; event < LONGEST; event++) {
    const began = cpuMicros()
    for (const [index, facts] of leads.entries()) {
      const fact = facts[event]
      const before = folded[index]
      const after = fact && before && append(before, { facts: [fact], versions, now: fact.occurredAt })
      if (!after) throw new Error(`event ${event} of lead ${index} was not appended`)
      advancedOf(after)
    }
    const took = (cpuMicros() - began) / LEADS
    micros.get(NTH.findLast(nth => event >= nth && event < nth + AROUND) ?? 0)?.push(took)
  }
  return [...micros].map(([nth, times]) => ({ nth, 'µs/event': Number(quieterHalf(times).toFixed(2)) }))
}

/** A lead is known from its first event on: history that joins is folded whole. */
function known(facts: readonly Fact[]): readonly Fact[] {
  const [first] = facts
  const claim = facts.find(({ type }) => type === 'form_submit')
  if (!first || !claim) throw new Error('a lead gives contact data')
  const { type, props } = claim
  return [{ ...first, type, props }, ...facts.slice(1)]
}

function quieterHalf(times: readonly number[]): number {
  const half = ascending(times).slice(0, Math.ceil(times.length / 2))
  return half.reduce((sum, time) => sum + time, 0) / half.length
}
