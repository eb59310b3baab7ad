import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { bundleSnippet } from '../../scripts/lib/bundle-snippet.mjs'
import { launchBrowser } from './browser.ts'
import { makeCertificate } from './certificate.ts'
import { type Arrival, type FarCollector, startFarCollector } from './far-collector.ts'
import { type Site, startSite } from './site.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const DEADLINE_MS = 15_000
/** of events the test makes; with the page view and what engagement tells they stay within the 200 that are kept */
const STEPS = 180

const certificate = makeCertificate()
let code = ''
let browser: Browser
let context: BrowserContext
let collector: FarCollector
let site: Site

vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 })
beforeAll(async () => {
  ;[browser, { code }] = await Promise.all([launchBrowser(certificate), bundleSnippet()])
})
beforeEach(async () => {
  collector = await startFarCollector({ certificate, roundTripMs: 20, keepsOpen: false })
  site = await startSite(code, collector.url)
  context = await browser.newContext()
})
afterEach(async () => {
  await context.close()
  await Promise.all([site.close(), collector.close()])
})
afterAll(() => browser.close())

const WAYS = {
  'refuses connections': { fall: () => collector.link.cut(), rise: () => collector.link.mend() },
  'answers 503': { fall: () => collector.answer(503), rise: () => collector.answer(202) },
}
const ways = Object.entries(WAYS).map(([way, work]) => ({ way, ...work }))

/** A page, and how its time passes: only when the test says so, if it was opened at a time of its own. */
interface Visit {
  readonly page: Page
  /** lets time pass on the page, then waits for the answers to what it asked: these come in real time */
  pass(ms: number): Promise<void>
}

/** Opens a page with the tag, at a time (epoch ms) if one is given. */
async function visit(at?: number): Promise<Visit> {
  const page = await context.newPage()
  const unanswered = new Set<Request>()
  page.on('request', request => unanswered.add(request))
  page.on('requestfinished', request => unanswered.delete(request))
  page.on('requestfailed', request => unanswered.delete(request))
  if (at !== undefined) {
    await page.clock.install({ time: at - MINUTE_MS })
    await page.clock.pauseAt(at)
  }
  await page.goto(`${site.url}/next/down`)
  await page.waitForFunction(() => window.goldpan?.live)
  const pass = async (ms: number): Promise<void> => {
    await page.clock.runFor(ms)
    await expect.poll(() => unanswered.size, { interval: 10 }).toBe(0)
  }
  return { page, pass }
}

/** Records the steps over ten minutes of the page's clock; each step tells the time it was made. */
async function tenMinutes({ page, pass }: Visit): Promise<void> {
  const rounds = 20
  for (let round = 0; round < rounds; round++) {
    await page.evaluate(
      ([from, to]) => {
        for (let step = from; step < to; step++) window.goldpan?.('track', 'step', { step, now: Date.now() })
      },
      [(round * STEPS) / rounds, ((round + 1) * STEPS) / rounds] as const,
    )
    await pass((10 * MINUTE_MS) / rounds)
  }
}

const steps = (): readonly Arrival[] => collector.arrivals.filter(({ type }) => type === 'step')

/** Whatever pages that are gone had under way has come or failed: no request is silent as long. */
const quiet = (): Promise<void> =>
  expect.poll(() => collector.link.silentMs, { interval: 20 }).toBeGreaterThan(600)

/** Lets time pass on the page until all steps have come, or too much of it has passed. */
async function wait({ pass }: Visit, longestMs: number, paceMs: number): Promise<void> {
  for (let passed = 0; passed < longestMs && steps().length < STEPS; passed += paceMs) {
    await pass(paceMs)
    // between an answer and the next request the page has nothing under way
    await collector.until(() => steps().length >= STEPS, 20)
  }
  await quiet()
}

/** Of what was sent at `from` (epoch ms) or later: a page that was left may have had something under way. */
const expectAllOnceInOrder = (from = 0): void => {
  const sent = steps().filter(({ envelope }) => envelope.sentAt >= from)
  expect(sent.map(({ props }) => Number(props?.step))).toEqual(
    Array.from({ length: STEPS }, (_, step) => step),
  )
  const late = sent.map(({ at, props }) => at - Number(props?.now))
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...late)).toBeLessThan(100)
}

test.each(ways)('a collector that $way for ten minutes gets all of it on a visit a week later', async way => {
  const now = Date.now()
  await way.fall()
  const first = await visit(now)
  await tenMinutes(first)
  await first.page.close()
  await quiet()
  await way.rise()
  const later = now + 7 * DAY_MS - MINUTE_MS
  await wait(await visit(later), MINUTE_MS, 500)
  expectAllOnceInOrder(later)
})

test.each(ways)('a collector that $way for ten minutes gets all of it from the same page', async way => {
  await way.fall()
  const reader = await visit(Date.now())
  await tenMinutes(reader)
  await quiet()
  await way.rise()
  // the pause doubles with each failure: it is as long again as the collector was down, and twice that if a busy
  // machine lets one more attempt fail
  await wait(reader, 40 * MINUTE_MS, 10_000)
  expectAllOnceInOrder()
})

test('two tabs that open at once do not both send what an earlier page stored', async () => {
  collector.answer(503)
  const { page: first } = await visit()
  await first.evaluate(count => {
    for (let step = 0; step < count; step++) window.goldpan?.('track', 'step', { step, now: Date.now() })
  }, STEPS)
  const refused = () => new Set(collector.refused.map(({ id }) => id)).size
  await first.close()
  // what it had not tried yet it tried on leaving: when each was refused, nothing of this page is under way
  expect(await collector.until(() => refused() > STEPS, DEADLINE_MS)).toBe(true)
  await quiet()
  collector.answer(202)
  const tabs = await Promise.all([visit(), visit()])
  await collector.until(() => steps().length >= STEPS, DEADLINE_MS)
  for (const { page } of tabs) await page.evaluate(() => window.goldpan?.('track', 'fence'))
  const fences = () => collector.arrivals.filter(({ type }) => type === 'fence').length
  await collector.until(() => fences() === 2, DEADLINE_MS)
  await quiet()
  expectAllOnceInOrder()
})
