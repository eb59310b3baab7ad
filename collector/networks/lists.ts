import { memoByObject } from '../../shared/memo.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { readRange } from './address.ts'
import { rangeIndex } from './ranges.ts'

/** Names of the model's lists that hold a whole address, by its position (address.ts). */
export const listsHolding = (lists: ScoringModel['lists'], position: bigint): readonly string[] =>
  withNetworks(lists).flatMap(([name, holds]) => (holds(position) ? [name] : []))

const withNetworks = memoByObject((lists: ScoringModel['lists']) =>
  Object.entries(lists).flatMap(([name, { ips }]) => {
    const ranges = ips.flatMap(entry => readRange(entry.trim()) ?? [])
    if (ranges.length === 0) return []
    const ownerAt = rangeIndex(ranges.map(range => ({ ...range, owner: true })))
    return [[name, (position: bigint) => ownerAt(position) === true] as const]
  }),
)
