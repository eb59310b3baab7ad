import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../contracts/clock.ts'
import type { IngestWatch } from '../ingest/watch.ts'
import type { Signals } from '../signals.ts'
import type { DirtyMark, FactStore, RecordBatch, RecordOutcome } from '../storage/store.ts'
import { type Figures, openFigures } from './figures.ts'
import { watchLag } from './lag.ts'
import type { Log } from './log.ts'
import { watchStorms } from './storms.ts'

/** What happens in this process, counted for `/metrics` and said in the log. */
export interface Watching {
  readonly figures: Figures
  /** the log, what it warns of counted */
  readonly log: Log
  readonly ingest: IngestWatch
  readonly quotaRefused: (kind: 'address' | 'token' | 'site') => void
  /** `record`, its commits timed */
  readonly timed: (record: FactStore['record']) => FactStore['record']
  /** seconds, by the first of what is dirty (lag.ts) */
  readonly waited: (first: DirtyMark | undefined) => number
  close(): void
}

export interface WatchingDeps {
  readonly clock: Clock
  readonly signals: Signals
  readonly log: Log
}

/** Seconds; the promise of collector.md, an MQL within one, is a bound of its own. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const EVENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

const SLOW_COMMIT_MS = 250

export function startWatching({ clock, signals, log: given }: WatchingDeps): Watching {
  const figures = openFigures()
  const log = countedLog(given, figures)
  const quotas = figures.counter(
    'goldpan_quota_refusals_total',
    'Requests answered 429, by quota.',
    ['address', 'token', 'site'].map(quota => ({ quota })),
  )
  const replayed = figures.counter(
    'goldpan_id_conflicts_total',
    'Events with a known id and another body, by site: the first was kept. They count as duplicates, too.',
  )
  const lag = watchLag(
    clock,
    figures.histogram(
      'goldpan_qualify_lag_seconds',
      'From the commit of a live event to the decision it was part of.',
      SECONDS,
    ),
  )
  const close = signals.subscribe(signal => {
    if (signal.kind === 'applied') lag.decided(signal.persons)
    if (signal.kind === 'switched')
      log.info('model_in_force', 'Another version of the model is in force.', { site: signal.site })
  })
  const saw = watchCommits(figures, log)
  return {
    figures,
    log,
    waited: lag.waited,
    close,
    quotaRefused: kind => quotas.add({ quota: kind }),
    ingest: watchIngest(figures, clock, log),
    timed: record => async batch => {
      const from = performance.now()
      const result = await record(batch)
      saw(performance.now() - from, batch.facts.length + batch.quarantined.length)
      lag.committed(batch.facts, result.outcomes, clock())
      for (const site of conflictsIn(batch, result.outcomes)) replayed.add({ site })
      return result
    },
  }
}

/** The site of each. A click is made here of a page view, and again when its page is loaded again: nobody sent another body. */
const conflictsIn = (
  { facts, quarantined }: RecordBatch,
  outcomes: readonly RecordOutcome[],
): readonly string[] =>
  [...facts, ...quarantined]
    .filter((event, nth) => outcomes[nth] === 'conflict' && !('noted' in event && event.noted?.click))
    .map(({ site }) => site)

function countedLog(log: Log, figures: Figures): Log {
  const warnings = figures.counter(
    'goldpan_warnings_total',
    'What the log warned of, by event.',
    ['slow_commit', 'overload', 'mostly_refused', 'warning'].map(event => ({ event })),
  )
  return {
    ...log,
    warn: (event, message, fields) => {
      warnings.add({ event })
      log.warn(event, message, fields)
    },
  }
}

function watchCommits(figures: Figures, log: Log): (ms: number, events: number) => void {
  const commits = figures.histogram('goldpan_commit_seconds', 'How long commits of events took.', SECONDS)
  const groups = figures.histogram('goldpan_commit_events', 'Events in one commit.', EVENTS)
  return (ms, events) => {
    commits.observe(ms / SECOND_MS)
    groups.observe(events)
    if (ms <= SLOW_COMMIT_MS) return
    const rounded = Math.round(ms)
    log.warn('slow_commit', `A commit of ${events} events took ${rounded} ms.`, { ms: rounded, events })
  }
}

function watchIngest(figures: Figures, clock: Clock, log: Log): IngestWatch {
  const events = figures.counter(
    'goldpan_events_total',
    'Events by what became of them.',
    ['accepted', 'duplicate', 'quarantined', 'refused'].map(outcome => ({ outcome })),
  )
  const reasons = figures.counter(
    'goldpan_events_not_taken_total',
    'Events quarantined or refused, by reason.',
  )
  const turned = figures.counter(
    'goldpan_requests_turned_away_total',
    'Requests of which nothing was taken, by reason.',
  )
  const storms = watchStorms(clock, log)
  let saidAt = Number.NEGATIVE_INFINITY
  function sayOverload(why: 'overloaded' | 'store'): void {
    if (clock() - saidAt < MINUTE_MS) return
    saidAt = clock()
    const cause =
      why === 'store' ? 'the store cannot commit' : 'more comes at once than can be read and committed'
    log.warn('overload', `Events are answered 503: ${cause}.`, { why })
  }
  return {
    settled: (site, { accepted, duplicate, quarantined, refused, errors }) => {
      for (const [outcome, count] of Object.entries({ accepted, duplicate, quarantined, refused }))
        if (count > 0) events.add({ outcome }, count)
      for (const { code } of errors) reasons.add({ reason: code })
      const why = errors[0]?.code ?? ''
      storms.count(site, { taken: accepted + duplicate, not: quarantined + refused, why })
    },
    turnedAway: (site, why, count) => {
      turned.add({ reason: why })
      if (why === 'overloaded' || why === 'store') sayOverload(why)
      storms.count(site, { taken: 0, not: count, why })
    },
  }
}
