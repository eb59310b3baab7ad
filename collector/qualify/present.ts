import type { Fact } from '../contracts/facts.ts'
import type { Past } from './decision.ts'

/**
 * The instant up to which time has passed for the people of a component. Never before the latest fact, nor before the latest
 * move that was published of them: when a clock is put back, what was due by it does not come a second time.
 * @param facts in order of occurrence
 * @returns epoch ms
 */
export const presentOf = (
  now: number,
  facts: readonly Fact[],
  persons: readonly Pick<Past, 'transitions'>[],
): number =>
  persons.reduce(
    (latest, { transitions }) => Math.max(latest, transitions.at(-1)?.at ?? 0),
    Math.max(now, facts.at(-1)?.occurredAt ?? 0),
  )
