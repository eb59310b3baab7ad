import { type Browser, chromium } from 'playwright-core'
import { findChromium, findHeadlessShell } from '../../scripts/lib/find-chromium.mjs'

/** What a person's Chrome says. Headless Chrome names itself, and the collector then rightly counts it as a bot. */
export const CHROME_USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

/** Nothing but what the test asks for: no sandbox (containers), no GPU, no traffic of the browser's own. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

/**
 * The program of the browser that tests drive: CHROMIUM_PATH, else the system's.
 * @throws when there is none; `npm test` installs one
 */
async function chromiumPath(): Promise<string> {
  const path = await findChromium()
  if (path) return path
  throw new Error(
    'No Chromium, Chrome or Edge was found. Run `npm test`, which installs one, or set CHROMIUM_PATH.',
  )
}

/**
 * Starts a headless browser of its own that says it is a person's. The argument matters: what a page sends while it is
 * left carries the browser's own name, not the one a context was given.
 * @param whole a browser with all that belongs to its tabs; else Chromium's headless shell, if there is one
 */
export async function launchChromium({ whole = false } = {}): Promise<Browser> {
  const args = [...ARGS, `--user-agent=${CHROME_USER_AGENT}`]
  const executablePath = (!whole && (await findHeadlessShell())) || (await chromiumPath())
  return chromium.launch({ executablePath, headless: true, args })
}
