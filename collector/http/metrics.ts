import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { GroupCommit } from '../ingest/group-commit.ts'
import type { StoreFigures } from '../storage/figures-store.ts'
import type { DirtyMark, Store } from '../storage/store.ts'
import type { Figures, Gauge } from './figures.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Route } from './route.ts'

export interface MetricsDeps {
  readonly store: Store
  readonly commits: GroupCommit
  readonly figures: Figures
  /** seconds for which the first of what is dirty has waited (lag.ts) */
  readonly waited: (first: DirtyMark | undefined) => number
}

const OLDEST = 'For how long the live event that waits longest has waited for its decision.'

/** Nanoseconds to seconds. */
const S = 1e-9

/**
 * `GET /metrics`: what an operator watches, as Prometheus reads it. With a token of the scope `read`, from wherever: behind a
 * proxy on the same machine everybody comes from this machine. No person or address is in it; of a site its id.
 */
export function metricsRoutes({ store, commits, figures, waited }: MetricsDeps): readonly Route[] {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return [
    {
      method: 'GET',
      path: '/metrics',
      access: ['read'],
      handle: async () => {
        const text = figures.text([
          ...storeGauges(await store.figures()),
          gauge('goldpan_oldest_wait_seconds', OLDEST, waited((await store.dirty(1))[0])),
          ...queueGauges(commits.waiting()),
          ...processGauges(delay),
        ])
        delay.reset()
        return new Response(text, {
          headers: {
            ...SECURITY_HEADERS,
            'content-type': 'text/plain; version=0.0.4; charset=utf-8',
            'cache-control': 'no-store',
          },
        })
      },
    },
  ]
}

const gauge = (name: string, help: string, value: number): Gauge => ({ name, help, values: [[{}, value]] })

function storeGauges({ dirty, quarantined, handoffs, bytes }: StoreFigures): readonly Gauge[] {
  const byStatus = Object.entries(handoffs)
  return [
    gauge('goldpan_dirty_timelines', 'Timelines that wait for the qualifier.', dirty),
    gauge('goldpan_quarantined_events', 'Events in quarantine that wait for a person.', quarantined),
    gauge(
      'goldpan_mqls',
      'Episodes in which somebody became an MQL.',
      byStatus.reduce((sum, [, count]) => sum + count, 0),
    ),
    {
      name: 'goldpan_handoffs',
      help: 'Hand-offs by status.',
      values: byStatus.map(([status, count]) => [{ status }, count] as const),
    },
    gauge('goldpan_database_bytes', 'Size of the database, its log aside.', bytes),
  ]
}

const queueGauges = ({ events, bytes }: ReturnType<GroupCommit['waiting']>): readonly Gauge[] => [
  gauge('goldpan_waiting_events', 'Events that wait for a commit, or are in one.', events),
  gauge('goldpan_waiting_bytes', 'Bytes of the requests they came in.', bytes),
]

function processGauges(delay: IntervalHistogram): readonly Gauge[] {
  const { rss, heapUsed, external } = process.memoryUsage()
  return [
    {
      name: 'goldpan_memory_bytes',
      help: 'Memory of the process.',
      values: Object.entries({ rss, heap: heapUsed, external }).map(
        ([kind, value]) => [{ kind }, value] as const,
      ),
    },
    {
      name: 'goldpan_event_loop_delay_seconds',
      help: 'How late the event loop was since this was last asked.',
      values: [
        [{ quantile: '0.5' }, delay.percentile(50) * S],
        [{ quantile: '0.99' }, delay.percentile(99) * S],
        [{ quantile: '1' }, delay.max * S],
      ],
    },
    gauge('goldpan_uptime_seconds', 'Since the process started.', process.uptime()),
  ]
}
