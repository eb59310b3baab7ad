import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failure } from './failure.mjs'
import { run } from './run.mjs'

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
]

const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
)

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']

/**
 * The browser for tests: the one CHROMIUM_PATH names, else the system's own.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<string | null>} null when there is none that starts
 * @throws {Failure} when CHROMIUM_PATH names something else than a program
 */
export async function findChromium(env = process.env, platform = process.platform) {
  const named = programIn('CHROMIUM_PATH', env)
  if (named) return named
  for (const path of candidates(env, platform)) {
    if (isProgram(path) && (await starts(path, platform))) return path
  }
  return null
}

/**
 * Chromium without the windows of a browser: a page costs it less than half the CPU, but it lacks what belongs to
 * tabs, such as the back/forward cache. It is the one HEADLESS_SHELL_PATH names, else the system's own.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<string | null>} null when there is none that starts, or CHROMIUM_PATH names what to use
 * @throws {Failure} when HEADLESS_SHELL_PATH names something else than a program
 */
export async function findHeadlessShell(env = process.env, platform = process.platform) {
  const named = programIn('HEADLESS_SHELL_PATH', env)
  if (named || env.CHROMIUM_PATH) return named
  for (const path of onPath(['chromium-headless-shell'], env)) {
    if (isProgram(path) && (await starts(path, platform))) return path
  }
  return null
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} null when it is not set
 */
function programIn(name, env) {
  const path = env[name]
  if (!path) return null
  if (isProgram(path)) return path
  throw new Failure(
    `${name} is ${path}, and no program is there. Correct it, or unset it to use the system's browser.`,
  )
}

/**
 * @param {readonly string[]} commands
 * @param {NodeJS.ProcessEnv} env
 */
function onPath(commands, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return commands.flatMap(command => folders.map(folder => join(folder, command)))
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
function candidates(env, platform) {
  if (platform === 'win32') {
    return WINDOWS_FOLDERS.flatMap(folder =>
      WINDOWS_PROGRAMS.map(program => join(env[folder] ?? 'C:\\', program)),
    )
  }
  const commands = onPath(COMMANDS, env)
  return platform === 'darwin' ? [...MAC_APPS, ...commands] : commands
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Ubuntu's `chromium-browser` may be a note that points to the snap store: only a browser tells its version. On Windows
 * the question would open a window, and there are no such notes.
 * @param {string} path
 * @param {NodeJS.Platform} platform
 */
async function starts(path, platform) {
  if (platform === 'win32') return true
  const { code, output } = await run(path, ['--version'])
  return code === 0 && /\d+\.\d+/.test(output)
}
