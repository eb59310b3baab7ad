import type { Browser } from 'playwright-core'
import type { Row } from './row.ts'
import { openStage, type Traffic } from './stage.ts'
import { bytes } from './stats.ts'
import type { Tracker } from './trackers.ts'

const READING_MS = 30_000
const SCROLL_EVERY_MS = 2_000
const SCROLL_PX = 200
/** Until what a page sends while it goes has come. */
const LEAVING_MS = 1_500

/** What a view costs a visitor's connection: thirty seconds of reading and scrolling, then off to another page. */
export async function viewRows(browser: Browser, trackers: readonly Tracker[]): Promise<readonly Row[]> {
  const measured = await Promise.all(
    trackers.map(async ({ name, ...tracker }) => ({
      name,
      ...(await readPage(browser, { name, ...tracker })),
    })),
  )
  const cell = ({ scripts, scriptBytes, events, eventBytes }: Traffic): string =>
    `scripts ${bytes(scriptBytes)} bytes in ${scripts}, events ${bytes(eventBytes)} bytes in ${events}`
  const [ours, ...others] = measured
  if (!ours) return []
  return [
    {
      what: 'traffic of a view of 30 s, cold, HTTP/1.1 with headers',
      goal: '',
      measured: cell(ours),
      field: others.map(other => `${other.name} ${cell(other)}`).join(', '),
    },
  ]
}

async function readPage(browser: Browser, tracker: Tracker): Promise<Traffic> {
  const stage = await openStage(tracker)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(stage.pageUrl)
    for (let passed = 0; passed < READING_MS; passed += SCROLL_EVERY_MS) {
      await page.waitForTimeout(SCROLL_EVERY_MS)
      await page.mouse.wheel(0, SCROLL_PX)
    }
    await page.goto(stage.blankUrl)
    await page.waitForTimeout(LEAVING_MS)
    return { ...stage.traffic }
  } finally {
    await context.close()
    await stage.close()
  }
}
