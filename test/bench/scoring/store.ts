import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../../collector/contracts/model.ts'
import { personIdsOf } from '../../../collector/qualify/person-id.ts'
import { verifyReplay } from '../../../collector/qualify/replay.ts'
import { startRescorer } from '../../../collector/qualify/rescorer.ts'
import { qualifyRound } from '../../../collector/qualify/round.ts'
import { openStore } from '../../../collector/storage/open.ts'
import type { Store } from '../../../collector/storage/store.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { personQuery } from '../../contract/store/samples.ts'
import { median, quantile } from '../../support/quantiles.ts'
import type { Say } from '../../support/say.ts'
import { CROWD_UNTIL, historyOf, nextOf, SITE } from './crowd.ts'
import { roundDeps } from './round-deps.ts'

const BATCH = 1_000

/** A store on disk, and the qualifier's own rounds over it, driven by hand. */
export interface Town {
  readonly store: Store
  readonly leads: number
  /** qualifies all that waits */
  settle(): Promise<void>
  /** one step of rescoring; false: nothing to do */
  rescore(): Promise<boolean>
  setNow(at: number): void
  close(): Promise<void>
}

/** A town of so many leads, all qualified. */
export async function foundTown(leads: number, version: ModelVersion, say: Say): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-bench-'))
  const store = await openStore(`sqlite:${join(folder, 'goldpan.db')}`)
  let now = CROWD_UNTIL
  const deps = roundDeps(store, () => now)
  const rescorer = startRescorer(deps)
  const settle = async () => {
    while ((await qualifyRound(deps, await rescorer.leave())).done > 0);
  }
  await store.publishModel(SITE, version)
  for (let lead = 0; lead < leads; lead += BATCH / 4) {
    const facts = Array.from({ length: BATCH / 4 }, (_, index) => historyOf(lead + index)).flat()
    await store.record({ facts, quarantined: [] })
    await settle()
    say(`founding a town of ${leads.toLocaleString('en')} leads`, lead, leads)
  }
  return {
    store,
    leads,
    settle,
    rescore: async () => {
      const { done, isFull } = await qualifyRound(deps, await rescorer.leave())
      const rescored = !isFull && (await rescorer.goOn())
      return done > 0 || rescored
    },
    setNow: at => {
      now = at
    },
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const EVENTS = 20_000

/** Events a second through both transactions, for leads picked at random, in order: recorded in batches, then qualified. */
export async function eventRate(town: Town, from: number): Promise<number> {
  let lead = 1
  const began = performance.now()
  for (let done = 0; done < EVENTS; done += 200) {
    const at = from + done
    const facts: readonly Fact[] = Array.from({ length: 200 }, (_, index) => {
      lead = (lead * 48_271) % 2_147_483_647
      return nextOf(lead % town.leads, at + index)
    })
    town.setNow(at + 200)
    await town.store.record({ facts, quarantined: [] })
    await town.settle()
  }
  return EVENTS / ((performance.now() - began) / 1_000)
}

const TOP = personQuery({ site: SITE, sort: 'engagement', limit: 50 })

/** Milliseconds for the fifty hottest leads of all stages: half and 99 of a hundred questions take no longer. */
export async function topFifty({ store }: Town): Promise<{ readonly p50: number; readonly p99: number }> {
  const times: number[] = []
  for (let round = 0; round < 400; round += 1) {
    const began = performance.now()
    const { items } = await store.persons(TOP)
    if (items.length !== 50) throw new Error(`expected 50 leads, got ${items.length}`)
    times.push(performance.now() - began)
  }
  return { p50: median(times), p99: quantile(times, 0.99) }
}

const AROUND = 10
const NTH_LEADS = 5

/**
 * CPU microseconds an event costs through both transactions when it is a lead's nth, in order, one event a commit: the
 * median around each.
 */
export async function costOfNth(
  town: Town,
  nths: readonly number[],
  from: number,
): Promise<ReadonlyMap<number, number>> {
  const most = Math.max(...nths) + AROUND
  const samples = new Map(nths.map(nth => [nth, [] as number[]]))
  for (let count = 0; count < NTH_LEADS * (most - HISTORY); count += 1) {
    const lead = Math.floor(count / (most - HISTORY))
    const nth = HISTORY + 1 + (count % (most - HISTORY))
    const cost = await costOf(town, nextOf(lead, from + count * 1_000))
    for (const one of nths) if (nth >= one && nth < one + AROUND) samples.get(one)?.push(cost)
  }
  return new Map([...samples].map(([nth, costs]) => [nth, median(costs)]))
}

/** Facts a lead of the crowd begins with. */
const HISTORY = 4

async function costOf(town: Town, fact: Fact): Promise<number> {
  town.setNow(fact.occurredAt)
  const before = process.cpuUsage()
  await town.store.record({ facts: [fact], quarantined: [] })
  await town.settle()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

export interface Rescored {
  readonly seconds: number
  readonly perSecond: number
  /** ms a live event waited from its commit until its lead was scored by it: 99 of a hundred no longer */
  readonly liveP99: number
}

/** Publishes a version for a day later and rescores everybody, with a live event now and then; then its time comes. */
export async function rescoring(town: Town, version: ModelVersion, say: Say): Promise<Rescored> {
  const from = version.publishedAt - DAY_MS
  town.setNow(from)
  await town.settle()
  await town.store.publishModel(SITE, version)
  const began = performance.now()
  const live: number[] = []
  for (let step = 0; !(await isReady(town, say)); step += 1) {
    if (step % 20 === 0) live.push(await liveEvent(town, from + step, step))
    await town.rescore()
  }
  town.setNow(version.publishedAt)
  while ((await town.store.rescorings()).length > 0) await town.rescore()
  const seconds = (performance.now() - began) / 1_000
  return { seconds, perSecond: town.leads / seconds, liveP99: quantile(live, 0.99) }
}

async function isReady({ store }: Town, say: Say): Promise<boolean> {
  const [under] = await store.rescorings()
  if (under) say('rescoring', under.done, under.total)
  return under?.isReady ?? true
}

async function liveEvent(town: Town, at: number, lead: number): Promise<number> {
  const fact = nextOf(lead % town.leads, at)
  town.setNow(at)
  await town.store.record({ facts: [fact], quarantined: [] })
  const began = performance.now()
  while ((await town.store.dirty(1))[0]?.priority === 'live') await town.rescore()
  return performance.now() - began
}

/** Persons rebuilt from their facts and compared with what is stored, and how many differ. */
export const replayed = async ({ store }: Town, now: number) => {
  const deps = { store, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  const { persons, differences } = await verifyReplay(deps, SITE, now, () => {})
  return { persons, differences: differences.length }
}
