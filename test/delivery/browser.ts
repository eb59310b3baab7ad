import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/lib/find-chromium.mjs'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import type { Certificate } from './certificate.ts'

/** The program of the browser that tests drive. */
export async function chromiumPath(): Promise<string> {
  const path = await findChromium()
  if (!path) throw new Error('No Chromium, Chrome or Edge was found. Set CHROMIUM_PATH.')
  return path
}

/**
 * Quiet but for what the test asks for, and trusting one key in place of Playwright's `ignoreHTTPSErrors`, which is told
 * to each page: a request that outlives its page would be refused, and look lost.
 */
export const argsFor = ({ pin }: Certificate): string[] => [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  `--user-agent=${CHROME_USER_AGENT}`,
  `--ignore-certificate-errors-spki-list=${pin}`,
]

/**
 * Playwright switches the back/forward cache off, and that is the hard case: a page that goes there keeps its requests,
 * with or without `keepalive`.
 */
export const launchBrowser = async (certificate: Certificate): Promise<Browser> =>
  chromium.launch({ executablePath: await chromiumPath(), args: argsFor(certificate) })
