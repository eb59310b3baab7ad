import { closedLoop } from '../../support/load/closed-loop.ts'
import { busyCore } from '../../support/load/half-load.ts'
import { openLoop } from '../../support/load/open-loop.ts'
import { eachOf, requestsOf, type TrafficRequest, trafficOf } from '../../support/load/traffic.ts'
import { median } from '../../support/quantiles.ts'
import { type BenchCollector, drained, startBenchCollector } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Measured, measure, medians } from './measure.ts'
import { startHonoNoOp, startRawNoOp } from './no-ops.ts'
import { type Server, stopAll } from './servers.ts'

/** The durable answer against servers that do nothing, in alternating rounds of one run. */
export interface Acks {
  readonly raw: Measured
  readonly hono: Measured
  /** the collector with its qualifier at rest: check, scrub, record, commit, answer */
  readonly alone: Measured
  /** the collector as it is, its qualifier at work in the same process */
  readonly whole: Measured
  readonly backlog: Backlog
  /** the first and the third when requests come one by one, evenly, at half of the third's rate: fewer share a turn and a commit */
  readonly even: Readonly<Record<'raw' | 'alone', Measured>>
}

/** What the load leaves to the qualifier: medians of the rounds. */
export interface Backlog {
  readonly timelines: number
  readonly drainSeconds: number
  readonly drainCpuSeconds: number
}

/** What keeps a core busy (half-load.ts), from these figures. @param seconds of a round */
export function capacityOf({ alone, whole, backlog, even }: Acks, seconds: number): number {
  const left = (backlog.drainCpuSeconds * 1e6) / (whole.perSecond * seconds)
  return busyCore(even.alone.cpuMicros + whole.cpuMicros - alone.cpuMicros + left)
}

export interface Contenders {
  readonly raw: Server
  readonly hono: Server
  readonly alone: BenchCollector
  readonly whole: BenchCollector
}

const CONNECTIONS = 64
const WARM_UP_REQUESTS = 4_000
/** More requests are made than the warm-up has answered in the time, for it began cold. */
const ROOM = 1.5

/** @param each events in a request; figures are of events when there are several */
export async function measureAcks(ground: Ground, each: number): Promise<Acks> {
  const { options, say } = ground
  const started: Server[] = []
  try {
    const contenders = await startContenders(ground, each, started)
    const makers = makersFor(contenders, each)
    const warm = await round(contenders, makers, { requests: WARM_UP_REQUESTS / each, seconds: 2, each })
    const { seconds } = options
    const requests = Math.ceil((Math.max(warm.alone.perSecond, warm.whole.perSecond) / each) * seconds * ROOM)
    const rounds: Round[] = []
    for (let n = 0; n < options.rounds; n += 1) {
      rounds.push(await round(contenders, makers, { requests, seconds, each }))
      say('rounds', n + 1, options.rounds)
    }
    const summary = summaryOf(rounds)
    const perSecond = summary.alone.perSecond / each / 2
    const evenly = (server: Server): Promise<Measured> =>
      even(server, requestsOf(perSecond * seconds, makers.alone), perSecond, each)
    return { ...summary, even: { raw: await evenly(contenders.raw), alone: await evenly(contenders.alone) } }
  } finally {
    await stopAll(started)
  }
}

/** @param started gets each, so that it can be ended when the next does not start */
async function startContenders(ground: Ground, each: number, started: Server[]): Promise<Contenders> {
  const start = async <S extends Server>(starting: Promise<S>): Promise<S> => {
    const server = await starting
    started.push(server)
    return server
  }
  const whole = ground.folder(`ack-${each}`)
  const alone = ground.folder(`ack-alone-${each}`)
  return {
    raw: await start(startRawNoOp(ground.cores)),
    hono: await start(startHonoNoOp(ground.cores)),
    alone: await start(startBenchCollector({ folder: alone, ground, qualifier: 'at rest' })),
    whole: await start(startBenchCollector({ folder: whole, ground })),
  }
}

type Makers = Readonly<Record<'alone' | 'whole', () => TrafficRequest>>

/** Each collector knows its site by another key; the no-ops get what the first gets. */
const makersFor = ({ alone, whole }: Contenders, eventsPerRequest: number): Makers => ({
  alone: trafficOf({ site: alone.siteKey, eventsPerRequest }),
  whole: trafficOf({ site: whole.siteKey, eventsPerRequest }),
})

/** Who keeps nothing may be given the same again. */
function againAndAgain<R>(requests: readonly R[]): () => R | null {
  let next = 0
  return () => requests[next++ % requests.length] ?? null
}

type Round = Readonly<Record<keyof Contenders, Measured>> & { readonly backlog: Backlog }

async function round(
  { raw, hono, alone, whole }: Contenders,
  makers: Makers,
  { requests, seconds, each }: { readonly requests: number; readonly seconds: number; readonly each: number },
): Promise<Round> {
  const foreign = requestsOf(requests, makers.alone)
  const own = requestsOf(requests, makers.whole)
  const run = (server: Server, next: () => TrafficRequest | null): Promise<Measured> =>
    measure(
      server,
      () => closedLoop({ target: server.target, connections: CONNECTIONS, seconds, next }),
      each,
    )
  const figures = {
    raw: await run(raw, againAndAgain(foreign)),
    hono: await run(hono, againAndAgain(foreign)),
    alone: await run(alone, eachOf(foreign)),
    whole: await run(whole, eachOf(own)),
  }
  const left = await drained(whole)
  const backlog = { timelines: left.from, drainSeconds: left.seconds, drainCpuSeconds: left.cpuSeconds }
  return { ...figures, backlog }
}

const even = (
  server: Server,
  requests: readonly TrafficRequest[],
  perSecond: number,
  each: number,
): Promise<Measured> => {
  const given = { perSecond, seconds: requests.length / perSecond, next: eachOf(requests) }
  return measure(server, () => openLoop({ target: server.target, ...given }), each)
}

function summaryOf(rounds: readonly Round[]): Omit<Acks, 'even'> {
  const of = (name: keyof Contenders): Measured => medians(rounds.map(figures => figures[name]))
  const backlog = (figure: keyof Backlog): number => median(rounds.map(figures => figures.backlog[figure]))
  return {
    raw: of('raw'),
    hono: of('hono'),
    alone: of('alone'),
    whole: of('whole'),
    backlog: {
      timelines: backlog('timelines'),
      drainSeconds: backlog('drainSeconds'),
      drainCpuSeconds: backlog('drainCpuSeconds'),
    },
  }
}
