import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { argsFor, chromiumPath } from './browser.ts'
import type { Certificate } from './certificate.ts'

/** A browser that can be killed as a power cut would, which Playwright's own cannot. */
export interface Killable {
  readonly page: Page
  kill(): Promise<void>
}

const end = async (child: ChildProcess): Promise<void> => {
  const exit = once(child, 'exit')
  // the group: on some systems the program is a script that starts the browser
  if (child.pid && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
  else child.kill('SIGKILL')
  await exit
}

const devToolsUrl = async (child: ChildProcess): Promise<string> => {
  if (!child.stderr) throw new Error('the browser has no stderr')
  for await (const line of createInterface(child.stderr)) {
    const url = /^DevTools listening on (\S+)/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('the browser ended before it could be driven')
}

/** Starts a browser with the profile of a folder. */
export async function launchKillable(folder: string, certificate: Certificate): Promise<Killable> {
  const args = [
    ...argsFor(certificate),
    '--headless',
    '--no-default-browser-check',
    `--user-data-dir=${folder}`,
    '--remote-debugging-port=0',
    'about:blank',
  ]
  const child = spawn(await chromiumPath(), args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    const browser = await chromium.connectOverCDP(await devToolsUrl(child))
    child.stderr?.resume()
    const context = browser.contexts()[0] ?? (await browser.newContext())
    return { page: await context.newPage(), kill: () => end(child) }
  } catch (error) {
    await end(child)
    throw error
  }
}
