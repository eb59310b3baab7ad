import type { Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import { launchBrowser } from './browser.ts'
import { makeCertificate } from './certificate.ts'
import { type Count, count } from './count.ts'
import { startFarCollector } from './far-collector.ts'
import { openLane, type Run, runOnce, type World } from './run-once.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'
import { startSite } from './site.ts'

/** What is lost, of one way to leave a page. */
export interface Row {
  readonly scenario: string
  readonly variant: string
  readonly runs: number
  readonly events: number
  readonly lost: number
  readonly doubled: number
  /** arrivals of an id that had come before */
  readonly resent: number
  /** token and name of each event lost or doubled */
  readonly faults: readonly string[]
}

/** A snippet just bundled, as it is served. */
export const served = ({ code, chunks, chunkVersion }: Snippet): BatteryOptions['snippet'] => ({
  code,
  parts: Object.fromEntries(
    Object.entries(chunks).map(([name, text]) => [`goldpan.${name}.${chunkVersion}.js`, text]),
  ),
})

/** How long after the last run arrivals still count. */
const LATE_MS = 2_000

export interface BatteryOptions {
  /** as it is served: its script by the site; its later parts, by file name, by the collector */
  readonly snippet: { readonly code: string; readonly parts: Readonly<Record<string, string>> }
  /** of each scenario */
  readonly runs: number
  /** round trip to the collector */
  readonly delayMs: number
  /** the connection to the collector is open before a page begins; else every request opens one */
  readonly warm: boolean
  /** @default all */
  readonly scenarios?: readonly Scenario[]
  /** runs under way at the same time @default 6 */
  readonly lanes?: number
  readonly onProgress?: (done: number, of: number) => void
}

/**
 * Leaves pages in every way, and counts what reaches a collector far away. Every second
 * run leaves as soon as the snippet lives; the others when the page view has come, so that each event needs a request
 * of its own.
 */
export async function runBattery(options: BatteryOptions): Promise<readonly Row[]> {
  const { snippet, runs, delayMs, warm, scenarios = SCENARIOS } = options
  const certificate = makeCertificate()
  const scripts = new Map(Object.entries(snippet.parts).map(([name, text]) => [`/${name}`, text]))
  const collector = await startFarCollector({ certificate, roundTripMs: delayMs, keepsOpen: warm, scripts })
  const site = await startSite(snippet.code, collector.url)
  const browser = await launchBrowser(certificate)
  try {
    const all = Array.from({ length: runs }, (_, index) =>
      scenarios.map((scenario, nth): Run => {
        const pace = index % 2 ? 'settled' : 'at once'
        return { scenario, pace, token: `s${nth}-${index}-${pace === 'settled' ? 'settled' : 'once'}` }
      }),
    ).flat()
    const expected = await inLanes(all, options, { browser, collector, site })
    // what comes late may be a double
    await collector.until(() => false, LATE_MS)
    const counts = all.map(({ token }, index) =>
      count(
        expected[index] ?? [],
        collector.arrivals.filter(({ envelope }) => envelope.site === token),
      ),
    )
    const variant = `${delayMs} ms ${warm ? 'warm' : 'cold'}`
    return scenarios.map(scenario => rowOf(scenario, variant, all, counts))
  } finally {
    await browser.close()
    await Promise.all([site.close(), collector.close()])
  }
}

/** Does all runs, some at a time; resolves with what each was expected to send. */
async function inLanes(
  all: readonly Run[],
  { lanes = 6, warm, onProgress }: BatteryOptions,
  world: World,
): Promise<readonly (readonly string[])[]> {
  const results: (readonly string[])[] = []
  const waiting = [...all.entries()]
  let done = 0
  const work = async (): Promise<void> => {
    const lane = await openLane(world, warm)
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, run] = next
      results[index] = await runOnce(world, lane, run)
      onProgress?.(++done, all.length)
    }
    await lane.context.close()
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return results
}

function rowOf(scenario: Scenario, variant: string, all: readonly Run[], counts: readonly Count[]): Row {
  const own = counts.flatMap((count, index) => {
    const run = all[index]
    return run?.scenario === scenario ? { ...count, token: run.token } : []
  })
  const sum = (value: (count: Count) => number): number => own.reduce((total, each) => total + value(each), 0)
  return {
    scenario: scenario.name,
    variant,
    runs: own.length,
    events: sum(({ expected }) => expected),
    lost: sum(({ lost }) => lost.length),
    doubled: sum(({ doubled }) => doubled.length),
    resent: sum(({ resent }) => resent),
    faults: own.flatMap(({ token, lost, doubled }) => [
      ...lost.map(name => `lost ${name} (${token})`),
      ...doubled.map(name => `doubled ${name} (${token})`),
    ]),
  }
}
