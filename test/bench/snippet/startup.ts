import type { Browser } from 'playwright-core'
import { type ScriptTime, scriptTime } from './script-time.ts'
import { openStage, type Stage } from './stage.ts'
import { traced } from './trace.ts'
import type { Tracker } from './trackers.ts'

/** How long after the page has loaded what a tracker does still counts as its start: timers, idle work, the first send. */
const WATCHED_MS = 2_000

/** Loads before the first that counts: the browser itself starts meanwhile. */
const WARM_UP = 2

/** Trackers after the second only stand beside the comparison: one load in four is enough. */
const BESIDE_EVERY = 4

/** One load: the main thread's time, and how many requests the tracker sent meanwhile. */
export interface Load extends ScriptTime {
  readonly requests: number
}

export interface StartupPlan {
  readonly browser: Browser
  readonly trackers: readonly Tracker[]
  readonly loads: number
  /** how many times slower than this machine */
  readonly throttle: number
  /** gets the number of the load that begins; those that warm up are below zero */
  readonly onProgress: (load: number) => void
}

/**
 * Loads the same page with each tracker in turn, again and again, each time in a fresh profile, and gives every load's
 * times by tracker. In turn, so that what disturbs the machine for a while disturbs all of them.
 */
export async function measureStartup(plan: StartupPlan): Promise<ReadonlyMap<Tracker, readonly Load[]>> {
  const { trackers, loads, onProgress } = plan
  const stages = await Promise.all(
    trackers.map(async tracker => {
      const times: Load[] = []
      return { tracker, stage: await openStage(tracker), times }
    }),
  )
  for (let load = -WARM_UP; load < loads; load++) {
    onProgress(load)
    const due = load % BESIDE_EVERY === 0 ? stages : stages.slice(0, 2)
    for (const { stage, times } of due) {
      const time = await measureLoad(plan, stage)
      if (load >= 0) times.push(time)
    }
  }
  await Promise.all(stages.map(({ stage }) => stage.close()))
  return new Map(stages.map(({ tracker, times }) => [tracker, times]))
}

async function measureLoad({ browser, throttle }: StartupPlan, stage: Stage): Promise<Load> {
  const before = stage.traffic.events
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    // so that the process is there before the trace begins
    await page.goto(stage.blankUrl)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
    const slices = await traced(cdp, async () => {
      await page.goto(stage.pageUrl, { waitUntil: 'load' })
      await page.waitForTimeout(WATCHED_MS)
    })
    return { ...scriptTime(slices, stage.hostUrl), requests: stage.traffic.events - before }
  } finally {
    await context.close()
  }
}
