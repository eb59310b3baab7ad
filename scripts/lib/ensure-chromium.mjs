import { Failure } from './failure.mjs'
import { findChromium, findHeadlessShell } from './find-chromium.mjs'
import { step } from './progress.mjs'
import { lastLines, run } from './run.mjs'

const BY_HAND = `The tests drive a real browser. Install Chromium, Chrome or Edge, then try again:
  Debian          apt-get install chromium
  Ubuntu          snap install chromium, or Chrome from https://www.google.com/chrome/
  Fedora          dnf install chromium
  Alpine          apk add chromium
  macOS           brew install --cask chromium
or set CHROMIUM_PATH to the program of one that is elsewhere.`

/**
 * How each platform's own package manager gets a Chromium; the first one present is used.
 * @type {readonly { manager: string, asRoot: boolean, commands: readonly (readonly string[])[], afterwards?: readonly string[] }[]}
 */
const PACKAGES = [
  {
    manager: 'apt-get',
    asRoot: true,
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    ],
    // not every distribution has it, and the tests can do without
    afterwards: ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium-headless-shell'],
  },
  { manager: 'dnf', asRoot: true, commands: [['dnf', 'install', '-y', 'chromium']] },
  { manager: 'apk', asRoot: true, commands: [['apk', 'add', '--no-cache', 'chromium']] },
  { manager: 'brew', asRoot: false, commands: [['brew', 'install', '--cask', 'chromium']] },
]

/**
 * Finds a browser, installing the platform's package when there is none, and names it in CHROMIUM_PATH for the tests.
 * Names in HEADLESS_SHELL_PATH what is to drive most of them: the browser itself if it was named, or is all there is.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @throws {Failure} when there is none and none can be installed here
 */
export async function ensureChromium(env = process.env, platform = process.platform) {
  const browser = (await findChromium(env, platform)) ?? (await installChromium(env, platform))
  env.HEADLESS_SHELL_PATH = (await findHeadlessShell(env, platform)) ?? browser
  env.CHROMIUM_PATH = browser
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
async function installChromium(env, platform) {
  const source = await packageSource(env)
  if (!source) throw new Failure(`No browser was found, and none can be installed from here. ${BY_HAND}`)
  return step(`Installing Chromium with ${source.manager}`, async say => {
    let said = ''
    /** @param {readonly string[]} command */
    const ask = async command => {
      say(command.join(' '))
      const [program = '', ...args] = [...source.prefix, ...command]
      const { output } = await run(program, args, { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } })
      said += `${output}\n`
    }
    for (const command of source.commands) await ask(command)
    const path = await findChromium(env, platform)
    if (path && source.afterwards) await ask(source.afterwards)
    if (path) return path
    throw new Failure(
      `That gave no browser that starts. The last lines:\n\n${lastLines(said, 10)}\n\n${BY_HAND}`,
    )
  })
}

/**
 * The package manager of this machine, with what to put before its commands; null when none may be used.
 * @param {NodeJS.ProcessEnv} env
 */
async function packageSource(env) {
  const isRoot = process.getuid?.() === 0
  for (const source of PACKAGES) {
    if ((await run(source.manager, ['--version'], { env })).code !== 0) continue
    if (isRoot || !source.asRoot) return { ...source, prefix: [] }
    if ((await run('sudo', ['-n', 'true'], { env })).code === 0) {
      return { ...source, prefix: ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] }
    }
  }
  return null
}
