import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Collector, startCollector } from '../../../collector/main.ts'
import { personIdsOf } from '../../../collector/qualify/person-id.ts'
import { verifyReplay } from '../../../collector/qualify/replay.ts'
import { randomFrom } from '../../support/random.ts'
import { openLanes } from '../trial/lanes.ts'
import { makePlace, type Place, siteKey, TRIAL_SITE } from '../trial/place.ts'
import { type Delivery, openSending } from '../trial/sending.ts'
import { openStored, type Stored } from '../trial/stored.ts'
import { type Batch, visitorsOf } from '../trial/visitors.ts'
import type { Stretch } from './courses.ts'

const LANES = 8

/** A collector whose clock is put wrong, and visitors whose clocks are their own. */
export interface ClockWorld {
  url(): string
  /** The clocks are put, and visitors come for so long; resolves when all is qualified. */
  pass(stretch: Stretch, ms: number): Promise<void>
  /** Puts the collector's clock, and waits until what is due by it has fired. */
  put(offMs: number): Promise<void>
  /** Rebuilds everybody as of the collector's now. @returns who differs */
  replayed(): Promise<readonly string[]>
  /** what the collector warned of, a slow disk aside */
  readonly warnings: readonly string[]
  readonly stored: Stored
  close(): Promise<void>
}

/** An MQL of this model cools within the hour. */
const FAST = [
  ['halfLife: 14d', 'halfLife: 10m'],
  ['dwell: 24h', 'dwell: 5m'],
  ['fastTrack: ', '# '],
] as const

export async function openClockWorld(
  folder: string,
  startsOff: number,
  onDelivery: (batch: Batch, delivery: Delivery) => void,
): Promise<ClockWorld> {
  const place = makePlace(folder)
  quicken(join(folder, 'goldpan.yaml'))
  const off = { collector: startsOff, browsers: 0 }
  const warnings: string[] = []
  const warn = (line: string): void => {
    if (!line.startsWith('A commit of ')) warnings.push(line)
  }
  const start = (): Promise<Collector> =>
    startCollector({ ...collectorIn(place), clock: () => Date.now() + off.collector, warn })
  let collector = await start()
  const sending = openSending(LANES)
  const stored = openStored(place.database)
  const lanes = openLanes({
    visitors: visitorsOf(await siteKey(collector.url), randomFrom(1)),
    ...{ sending, lanes: LANES, clock: () => Date.now() + off.browsers, onDelivery },
  })
  return {
    ...{ stored, warnings },
    url: () => collector.url,
    pass: async ({ off: collectorOff, browsers = 0, isRestarted = false }, ms) => {
      Object.assign(off, { collector: collectorOff, browsers })
      if (isRestarted) {
        await collector.close()
        collector = await start()
      }
      await lanes.run(collector.url, AbortSignal.timeout(ms))
      await collector.settle()
    },
    put: async ms => {
      off.collector = ms
      await collector.settle()
    },
    replayed: () => differencesIn(collector, Date.now() + off.collector),
    close: async () => {
      stored.close()
      sending.close()
      await collector.close()
    },
  }
}

const collectorIn = ({ folder, env }: Place) => ({ cwd: folder, env })

/** The file's own tests are told for slower points. */
function quicken(file: string): void {
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of FAST) {
    if (!text.includes(from)) throw new Error(`goldpan.yaml has no ${from}`)
    text = text.replace(from, to)
  }
  writeFileSync(file, text.slice(0, text.indexOf('\ntests:')))
}

async function differencesIn({ store }: Collector, now: number): Promise<readonly string[]> {
  const deps = { store, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  const { differences } = await verifyReplay(deps, TRIAL_SITE, now, () => undefined)
  return differences.map(({ person, parts }) => `replay gives another ${person}: ${parts.join(', ')}`)
}
