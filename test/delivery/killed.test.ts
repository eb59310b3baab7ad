import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { bundleSnippet } from '../../scripts/lib/bundle-snippet.mjs'
import { tempDir } from '../support/temp-dir.ts'
import { makeCertificate } from './certificate.ts'
import { type FarCollector, startFarCollector } from './far-collector.ts'
import { type Killable, launchKillable } from './killable.ts'
import { type Site, startSite } from './site.ts'

/*
 * What the snippet stores is in the browser's memory first. Chromium writes localStorage to disk 5 s after the first
 * change, then at most 60 times an hour, and at once when a page is left (`storage_area_impl.cc`). Measured with version
 * 156: killed in the first minute of a page, events 5 to 6 s old survive; killed later, up to the last minute is lost.
 */
const ON_DISK_MS = 15_000

const certificate = makeCertificate()
let code = ''
let collector: FarCollector
let site: Site
const running: Killable[] = []

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })
beforeAll(async () => {
  code = (await bundleSnippet()).code
})
beforeEach(async () => {
  collector = await startFarCollector({ certificate, roundTripMs: 20, keepsOpen: true })
  site = await startSite(code, collector.url)
})
afterEach(async () => {
  await Promise.all(running.splice(0).map(browser => browser.kill()))
  await Promise.all([site.close(), collector.close()])
})

/** Starts a browser with the profile of a folder, on a page with the tag. */
async function visit(folder: string): Promise<Killable> {
  const browser = await launchKillable(folder, certificate)
  running.push(browser)
  await browser.page.goto(`${site.url}/next/killed`)
  await browser.page.waitForFunction(() => window.goldpan?.live)
  return browser
}

const holds = (folder: string, text: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder, { withFileTypes: true }).some(
    entry => entry.isFile() && readFileSync(join(folder, entry.name)).includes(text),
  )

test.each([
  { way: 'left before', leaves: true },
  { way: 'still open', leaves: false },
])('killed while the collector is down, the page $way: what was on disk comes, once', async ({ leaves }) => {
  const folder = tempDir()
  await collector.link.cut()
  const first = await visit(folder)
  await first.page.evaluate(() => {
    for (let step = 0; step < 20; step++) window.goldpan?.('track', 'step', { step })
    window.goldpan?.('track', 'the_last_of_them')
  })
  if (leaves) await first.page.goto(`${site.url}/elsewhere`)
  const storage = join(folder, 'Default', 'Local Storage', 'leveldb')
  await expect
    .poll(() => holds(storage, 'the_last_of_them'), { timeout: ON_DISK_MS, interval: 50 })
    .toBe(true)
  running.splice(0)
  await first.kill()

  await collector.link.mend()
  await visit(folder)
  const came = () => collector.arrivals.filter(({ type }) => type === 'step' || type === 'the_last_of_them')
  await collector.until(() => came().length >= 21, 10_000)
  expect(came().map(({ type, props }) => props?.step ?? type)).toEqual([
    ...Array.from({ length: 20 }, (_, step) => step),
    'the_last_of_them',
  ])
})
