import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureChromium } from '../../scripts/lib/ensure-chromium.mjs'
import { findChromium, findHeadlessShell } from '../../scripts/lib/find-chromium.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goldpan-chromium-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program that answers to `--version`. */
function program(name: string, answer: string, code = 0): string {
  return script(name, `echo '${answer}'\nexit ${code}`)
}

function script(name: string, body: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('findChromium', () => {
  it('takes the browser that CHROMIUM_PATH names, whatever else there is', async () => {
    program('chromium', 'Chromium 141.0')
    const named = program('my-browser', 'Chromium 140.0')
    expect(await findChromium({ CHROMIUM_PATH: named, PATH: folder }, 'linux')).toBe(named)
  })

  it('refuses a CHROMIUM_PATH where no program is, rather than taking another browser', async () => {
    program('chromium', 'Chromium 141.0')
    await expect(findChromium({ CHROMIUM_PATH: '/nowhere/chromium', PATH: folder }, 'linux')).rejects.toThrow(
      'CHROMIUM_PATH is /nowhere/chromium',
    )
  })

  it("takes the system's Chromium before Chrome", async () => {
    program('google-chrome', 'Google Chrome 141.0')
    const chromium = program('chromium', 'Chromium 141.0')
    expect(await findChromium({ PATH: folder }, 'linux')).toBe(chromium)
  })

  it('passes over a note that points to the snap store', async () => {
    program('chromium-browser', 'Command requires the chromium snap to be installed.', 1)
    const chrome = program('google-chrome', 'Google Chrome 141.0')
    expect(await findChromium({ PATH: folder }, 'linux')).toBe(chrome)
  })

  it('finds none where there is none', async () => {
    expect(await findChromium({ PATH: folder }, 'linux')).toBeNull()
  })
})

describe('findHeadlessShell', () => {
  it('is of the system, unless a browser is named', async () => {
    const shell = program('chromium-headless-shell', 'Chromium 141.0')
    expect(await findHeadlessShell({ PATH: folder }, 'linux')).toBe(shell)
    expect(await findHeadlessShell({ PATH: folder, CHROMIUM_PATH: '/my/browser' }, 'linux')).toBeNull()
    const named = program('my-shell', 'Chromium 140.0')
    expect(await findHeadlessShell({ PATH: folder, HEADLESS_SHELL_PATH: named }, 'linux')).toBe(named)
    const wrong = findHeadlessShell({ PATH: folder, HEADLESS_SHELL_PATH: '/nowhere' }, 'linux')
    await expect(wrong).rejects.toThrow('HEADLESS_SHELL_PATH is /nowhere')
  })

  it('finds none that does not start, and none where there is none', async () => {
    expect(await findHeadlessShell({ PATH: folder }, 'linux')).toBeNull()
    program('chromium-headless-shell', 'error while loading shared libraries', 127)
    expect(await findHeadlessShell({ PATH: folder }, 'linux')).toBeNull()
  })
})

describe('ensureChromium', () => {
  /** A machine with apt-get and a sudo that asks for no password. */
  const machine = (install: string) => {
    script('sudo', 'shift 2\nexec "$@"')
    script('apt-get', `echo "$@" >> ${folder}/asked\nif [ "$4" = chromium ]; then ${install}; fi`)
    return { PATH: folder }
  }

  it("installs the platform's package and names its browser", async () => {
    const ready = program('chromium-to-be', 'Chromium 141.0')
    const env: NodeJS.ProcessEnv = machine(`/bin/mv ${ready} ${folder}/chromium`)
    await ensureChromium(env, 'linux')
    expect(env.CHROMIUM_PATH).toBe(join(folder, 'chromium'))
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(
      `--version\nupdate\n${['', '-headless-shell'].map(of => `install -y --no-install-recommends chromium${of}\n`).join('')}`,
    )
    expect(env.HEADLESS_SHELL_PATH).toBe(env.CHROMIUM_PATH)
  })

  it('names the headless shell beside a browser it found, and nothing beside one that was named', async () => {
    const browser = program('chromium', 'Chromium 141.0')
    const shell = program('chromium-headless-shell', 'Chromium 141.0')
    const env: NodeJS.ProcessEnv = { PATH: folder }
    await ensureChromium(env, 'linux')
    expect(env).toMatchObject({ CHROMIUM_PATH: browser, HEADLESS_SHELL_PATH: shell })
    const named: NodeJS.ProcessEnv = { PATH: folder, CHROMIUM_PATH: browser }
    await ensureChromium(named, 'linux')
    expect(named.HEADLESS_SHELL_PATH).toBe(browser)
  })

  it('shows what the package manager said when it gave no browser, and how to go on by hand', async () => {
    const env = machine('echo E: Unable to locate package chromium; exit 100')
    await expect(ensureChromium(env, 'linux')).rejects.toThrow(
      /Unable to locate package chromium.*apk add chromium/s,
    )
    expect(readFileSync(join(folder, 'asked'), 'utf8')).not.toContain('headless-shell')
  })

  it('asks for a browser by hand where no package manager is', async () => {
    await expect(ensureChromium({ PATH: folder }, 'linux')).rejects.toThrow(
      /No browser was found.*CHROMIUM_PATH/s,
    )
  })
})
