import type { Row } from './row.ts'
import type { Load } from './startup.ts'
import { milliseconds, spread, verdict } from './stats.ts'
import type { Tracker } from './trackers.ts'

/** Times Plausible's (snippet.md, What it must reach). */
const MOST_TIMES_PLAUSIBLE = 1.3
/** What a person does not notice: https://web.dev/articles/optimize-long-tasks */
const LONG_TASK_MS = 50

const all = ({ start, later, chunks }: Load): number => start + later + chunks

const medianOf = (times: readonly Load[], part: (time: Load) => number): string =>
  spread(times.map(part)).median.toFixed(1)

/** `6.0 ms (5.4–6.5): start 3.4, later 2.6, chunks 0.0; wall 8.1; 2 requests` */
const split = (times: readonly Load[]): string =>
  `${milliseconds(spread(times.map(all)))}: start ${medianOf(times, ({ start }) => start)}, later ${medianOf(times, ({ later }) => later)}, chunks ${medianOf(times, ({ chunks }) => chunks)}; wall ${medianOf(times, ({ wall }) => wall)}; ${spread(times.map(({ requests }) => requests)).median} requests`

/**
 * Rows of one throttle: our time beside everybody else's, and the longest task.
 * @param measured ours first, then the one it is judged by if that could be had, then what stands beside
 */
export function startupRows(
  throttle: number,
  measured: ReadonlyMap<Tracker, readonly Load[]>,
  rival: Tracker | undefined,
): readonly Row[] {
  const [[, ours] = [undefined, []], ...others] = measured
  const theirs = rival && measured.get(rival)
  const longest = spread(ours.map(({ longestTask }) => longestTask))
  return [
    {
      what: `start-up script CPU, ${throttle}×`,
      goal: `≤ ${MOST_TIMES_PLAUSIBLE} × Plausible`,
      measured: `${ratio(ours, theirs)} – ${split(ours)}`,
      field: others.map(([{ name }, times]) => `${name} ${split(times)}`).join(' · '),
    },
    {
      what: `longest task with our code, ${throttle}×`,
      goal: `≤ ${LONG_TASK_MS} ms`,
      measured: `${milliseconds(longest)}, worst ${longest.worst.toFixed(1)} ${verdict(longest.median <= LONG_TASK_MS)}`,
      field: others
        .map(([{ name }, times]) => `${name} ${medianOf(times, ({ longestTask }) => longestTask)}`)
        .join(', '),
    },
  ]
}

function ratio(ours: readonly Load[], theirs: readonly Load[] | undefined): string {
  if (!theirs) return 'no ratio'
  const times = spread(ours.map(all)).median / spread(theirs.map(all)).median
  return `${times.toFixed(2)} × ${verdict(times <= MOST_TIMES_PLAUSIBLE)}`
}
