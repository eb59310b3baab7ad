import type { Random } from '../../support/random.ts'
import { type Delivery, isAcknowledged } from '../trial/sending.ts'
import type { Stored } from '../trial/stored.ts'
import type { Batch } from '../trial/visitors.ts'

/** What was sent and acknowledged, held against what is stored. */
export interface Bookkeeping {
  note(batch: Batch, delivery: Delivery): void
  /**
   * Holds everything since the last check against the rows since then, and the rest by their number.
   * @param underWay deliveries that were not acknowledged
   */
  check(stored: Stored, underWay: readonly Batch[]): Checked
  /** Of what was acknowledged before the last check. */
  someAcknowledged(count: number, random: Random): readonly Batch[]
  /** addresses of whom acknowledged events made MQLs, since the start */
  mqls(): ReadonlySet<string>
}

export interface Checked {
  /** events acknowledged since the last check */
  readonly acknowledged: number
  /** first ids of deliveries under way that are there whole */
  readonly recorded: ReadonlySet<string>
  readonly faults: readonly string[]
}

export function openBookkeeping(stored: Stored): Bookkeeping {
  let { last } = stored.idsAfter(0)
  let total = stored.countEvents()
  /** what may be found: sent since the last check */
  let sent = new Set<string>()
  let acknowledged = new Set<Batch>()
  let before: readonly Batch[] = []
  /** found though nobody was told: acknowledged later, they are no new rows */
  const unanswered = new Set<string>()
  const mqls = new Set<string>()

  function check(now: Stored, underWay: readonly Batch[]): Checked {
    const rows = now.idsAfter(last)
    const found = new Set(rows.ids)
    const isThere = (id: string): boolean => found.has(id) || unanswered.has(id)
    const acked = [...acknowledged].flatMap(({ ids }) => ids)
    for (const id of underWay.flatMap(({ ids }) => ids)) sent.add(id)
    const count = now.countEvents()
    const faults = [
      ...some(
        'acknowledged and not there',
        acked.filter(id => !isThere(id)),
      ),
      ...some(
        'there and never sent',
        rows.ids.filter(id => !sent.has(id)),
      ),
      ...some(
        'recorded in part',
        underWay.filter(batch => isTorn(batch, isThere)).flatMap(({ ids }) => ids),
      ),
      ...(found.size === rows.ids.length ? [] : [`${rows.ids.length - found.size} events are there twice`]),
      ...(count === total + rows.ids.length
        ? []
        : [`expected ${total + rows.ids.length} events, found ${count}`]),
    ]
    const whole = underWay.filter(({ ids }) => ids.every(isThere))
    for (const id of whole.flatMap(({ ids }) => ids)) unanswered.add(id)
    last = rows.last
    total = count
    sent = new Set()
    before = [...acknowledged]
    acknowledged = new Set()
    return { acknowledged: acked.length, recorded: new Set(whole.flatMap(({ ids }) => ids[0] ?? [])), faults }
  }

  return {
    check,
    note: (batch, delivery) => {
      for (const id of batch.ids) sent.add(id)
      if (!isAcknowledged(delivery)) return
      acknowledged.add(batch)
      if (batch.makesMql !== null) mqls.add(batch.makesMql)
    },
    someAcknowledged: (count, random) => {
      const [first, ...others] = before
      return first ? Array.from({ length: count }, () => random.pick([first, ...others])) : []
    },
    mqls: () => mqls,
  }
}

const isTorn = ({ ids }: Batch, isThere: (id: string) => boolean): boolean =>
  ids.some(isThere) && !ids.every(isThere)

const some = (what: string, ids: readonly string[]): readonly string[] =>
  ids.length === 0 ? [] : [`${what}: ${ids.length} (${ids.slice(0, 3).join(', ')})`]
