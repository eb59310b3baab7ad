import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { count } from './count.ts'
import type { Arrival, FarCollector } from './far-collector.ts'
import type { Scenario } from './scenarios.ts'
import type { Site } from './site.ts'

/** Long enough for a cold request over the slowest line on a busy machine; only what is lost waits as long. */
const DEADLINE_MS = 10_000
/** Opening a page and all that is done on it, on a very busy machine. */
const VISIT_MS = 60_000
/** How long a settled page is looked at, at least: engaged time is reported from 100 ms on. */
const LOOKED_AT_MS = 150

export interface World {
  readonly browser: Browser
  readonly collector: FarCollector
  readonly site: Site
}

export interface Run {
  readonly scenario: Scenario
  /** `at once`: leaves as soon as the snippet lives. `settled`: when the page view has come. */
  readonly pace: 'at once' | 'settled'
  /** the site key of this run's tags: tells what comes, and keeps apart what the runs of one profile store */
  readonly token: string
}

/** A profile with one tab, in which runs follow one another. */
export interface Lane {
  readonly context: BrowserContext
  page: Page
}

export async function openLane({ browser, site, collector }: World, warm: boolean): Promise<Lane> {
  const context = await browser.newContext()
  const page = await context.newPage()
  if (warm) {
    // a page view of the same site leaves an open connection behind
    const answered = page.waitForResponse(response => response.url().startsWith(collector.url))
    await page.goto(`${site.url}/next/warm`)
    await (await answered).finished()
  }
  return { context, page }
}

/** Opens a page, leaves it, and waits until all has come or the deadline has passed. Resolves with what was expected. */
export async function runOnce(world: World, lane: Lane, run: Run): Promise<readonly string[]> {
  if (lane.page.isClosed()) lane.page = await lane.context.newPage()
  const { page } = lane
  const left = leaving(page, run)
  const expected = await visit(world, page, run)
  const complete = (): boolean => count(expected, arrivalsOf(world, run)).lost.length === 0
  await Promise.all([left, world.collector.until(complete, DEADLINE_MS)])
  return expected
}

/** Resolves when another document has taken the page's place, its own anew included, or the tab has closed. */
async function leaving(page: Page, { token }: Run): Promise<void> {
  let own = 0
  const isAnother = (frame: Frame): boolean => {
    const { pathname } = new URL(frame.url())
    // an address moved by pushState is the same document
    return pathname === `/page/${token}` ? ++own === 2 : !pathname.startsWith(`/page/${token}/`)
  }
  await page
    .waitForEvent('framenavigated', { predicate: isAnother, timeout: VISIT_MS })
    .catch(() => undefined)
}

const arrivalsOf = ({ collector }: World, { token }: Run): readonly Arrival[] =>
  collector.arrivals.filter(({ envelope }) => envelope.site === token)

async function visit(world: World, page: Page, run: Run): Promise<readonly string[]> {
  const { site, collector } = world
  const { scenario, token } = run
  const places = {
    next: `${site.url}/next/${token}`,
    file: `${site.url}/files/${token}.pdf`,
    elsewhere: `${site.url.replace('127.0.0.1', 'localhost')}/elsewhere`,
  }
  const expected = ['page_view', ...scenario.expected]
  site.bodies.set(token, scenario.body(places))
  await page.goto(`${site.url}/page/${token}`, { waitUntil: 'commit' })
  if (!scenario.leave) return expected
  await page.waitForFunction(() => window.goldpan?.live)
  const livedFrom = performance.now()
  if (run.pace === 'settled') {
    await collector.until(() => arrivalsOf(world, run).length > 0, DEADLINE_MS)
    await page.waitForTimeout(Math.max(0, livedFrom + LOOKED_AT_MS - performance.now()))
    expected.push('engagement')
  }
  await scenario.leave(page, places)
  return expected
}
