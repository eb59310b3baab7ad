import { join } from 'node:path'
import type { Ledger } from '../../support/ledger.ts'
import { type Acks, capacityOf, measureAcks } from './ack.ts'
import { type DrainedBacklog, drainUnderLoad } from './backlog.ts'
import { type BenchCollector, drained, startBenchCollector } from './collectors.ts'
import { type Syncing, syncTimes } from './cores.ts'
import { copyFolder, fill, fillWithCopies, hasCopy, readOnce, type Size } from './filling.ts'
import { type Flagged, measureFlagged } from './flagged.ts'
import { CACHE, type Ground } from './ground.ts'
import { type GrowthPoint, measureGrowth, type Stage } from './growth.ts'
import { type Memory, measureMemory } from './memory.ts'
import { type Mixed, measureMixed, measurePages, measureSteady } from './mixed.ts'
import type { Options } from './options.ts'
import { FEW_LEADS, measureQualification, type Qualification } from './qualification.ts'
import { measureSteadyMemory, type Steady } from './steady-memory.ts'

/** Everything that is measured. */
export interface Found {
  /** when the first step was taken, ISO 8601: a run that goes on shows what was found before, too */
  readonly began: string
  readonly sync: Syncing
  readonly singles: Acks
  readonly tens: Acks
  readonly memory: Memory
  readonly steadyMemory: Steady
  readonly fewLeads: Qualification
  readonly manyLeads: Qualification
  readonly backlog: DrainedBacklog
  readonly growth: readonly GrowthPoint[]
  readonly steady: Mixed
  readonly pages: Mixed
  readonly flagged: Flagged
  readonly mixed: Mixed
}

export const ledgerFile = ({ leads, events, seconds }: Options): string =>
  join(CACHE, `ingest-${leads}-leads-${events}-events-${seconds}-s.json`)

const FEW_EVENTS_EACH = 10
/** Shares of the large database at which ingest is measured besides empty and whole. */
const SHARES = [0.1, 0.3]

/** Takes every step that the ledger does not have. What needs the large database has it filled, once. */
export async function measureAll(ground: Ground, { step }: Ledger): Promise<Found> {
  const take = <T>(name: string, act: () => Promise<T>): Promise<T> =>
    step(name, () => {
      console.error(`${name} …`)
      return act()
    })
  const { options, say } = ground
  const began = await take('begin', async () => new Date().toISOString())
  const sync = await take('sync', async () => syncTimes(ground.folder('sync')))
  const singles = await take('acks, 1 event', () => measureAcks(ground, 1))
  const tens = await take('acks, 10 events', () => measureAcks(ground, 10))
  const half = Math.round(capacityOf(singles, options.seconds) / 2)
  const memory = await take('memory', () => measureMemory(ground))

  const few = once(() => smallDatabase(ground))
  const fewLeads = await take('qualification, few leads', async () => {
    const { folder, leads } = await few()
    return measureQualification(folder, leads, say)
  })
  const backlog = await take('backlog', async () => drainUnderLoad(ground, (await few()).folder, half))

  const large = once(() => largeDatabase(ground))
  const growth = await take('growth', async () => measureGrowth(ground, stagesOf(ground, await large())))
  const manyLeads = await take('qualification, many leads', async () =>
    measureQualification(await large(), options.leads, say),
  )
  const onLarge = async <T>(act: (collector: BenchCollector) => Promise<T>): Promise<T> =>
    withCollector(ground, await large(), act)
  const steady = await take('half load', () => onLarge(collector => measureSteady(ground, collector, half)))
  const pages = await take('pages', () => onLarge(collector => measurePages(ground, collector, half)))
  const flagged = await take('flagged', () => onLarge(collector => measureFlagged(ground, collector, half)))
  const mixed = await take('mixed load', () => onLarge(collector => measureMixed(ground, collector, half)))
  const steadyMemory = await take('memory and latency at half load', () => measureSteadyMemory(ground, half))
  return {
    ...{ began, sync, singles, tens, memory, steadyMemory, fewLeads, manyLeads },
    ...{ backlog, growth, steady, pages, flagged, mixed },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}

async function smallDatabase(ground: Ground): Promise<{ readonly folder: string; readonly leads: number }> {
  const leads = Math.min(FEW_LEADS, Math.ceil(ground.options.leads / 2))
  const folder = ground.folder('small')
  await fill(folder, { leads, eventsEach: FEW_EVENTS_EACH }, ground.say)
  return { folder, leads }
}

const sizeOf = ({ leads, events }: Options): Size => ({ leads, eventsEach: Math.floor(events / leads) })

async function largeDatabase(ground: Ground): Promise<string> {
  const { options, say } = ground
  const folder = options.keep ?? ground.folder('large')
  await fillWithCopies(folder, sizeOf(options), say, SHARES)
  const copies = SHARES.filter(share => hasCopy(folder, share)).map(share => copyFolder(folder, share))
  for (const one of [...copies, folder]) await readOnce(one, say)
  return folder
}

function stagesOf(ground: Ground, folder: string): readonly Stage[] {
  const { leads, eventsEach } = sizeOf(ground.options)
  const copies = SHARES.filter(share => hasCopy(folder, share)).map(share => ({
    folder: copyFolder(folder, share),
    events: Math.round(leads * share) * eventsEach,
  }))
  return [{ folder: ground.folder('empty'), events: 0 }, ...copies, { folder, events: leads * eventsEach }]
}

/** A collector over a database, when nothing is dirty there any more. */
async function withCollector<T>(
  ground: Ground,
  folder: string,
  act: (collector: BenchCollector) => Promise<T>,
): Promise<T> {
  const collector = await startBenchCollector({ folder, ground })
  try {
    await drained(collector, MOST_DRAIN_SECONDS)
    return await act(collector)
  } finally {
    await collector.stop()
  }
}

/** What measuring ingest left, at a thousand timelines a minute. */
const MOST_DRAIN_SECONDS = 1_800
