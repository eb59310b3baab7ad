import { readFileSync } from 'node:fs'
import { diagnose } from './diagnose.mjs'
import { Failure } from './failure.mjs'
import { fromRoot } from './paths.mjs'
import { step } from './progress.mjs'
import { lastLines, NOT_FOUND, run } from './run.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 * @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages
 */

/** Where in npm's and node-gyp's own code it failed: of no use to the person at the terminal. */
const STACK_LINE = /^(npm error|gyp ERR! stack)\s+at .*\n/gm

/** Makes the clone able to run: the right Node, the locked packages, an SQLite that loads. Quick when all is there. */
export async function ensureDependencies() {
  const complaint = nodeComplaint(process.versions.node, readJson('package.json').engines.node)
  if (complaint) throw new Failure(complaint)
  if (lacking(lockedPackages(), installedPackages()).length > 0) {
    await npm('Installing dependencies', ['ci', '--include=dev'])
  }
  if (await sqliteLoads()) return
  await npm('Building SQLite for this Node', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'])
  if (!(await sqliteLoads()))
    throw new Failure(`SQLite was built, and Node ${process.versions.node} cannot load it.
Remove node_modules and try again.`)
}

/**
 * @param {string} version as in process.versions.node
 * @param {string} range `>=major.minor`, as in package.json
 * @returns {string | null} the sentence for someone whose Node is too old
 */
export function nodeComplaint(version, range) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = range.replace('>=', '').split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return null
  return `Goldpan needs Node ${wantedMajor}.${wantedMinor} or newer, and this is Node ${version}.
Install a newer one, from https://nodejs.org or with a version manager (nvm install 22), then try again.`
}

/**
 * Which locked packages are not installed in the locked version. Packages of other platforms are not expected.
 * @param {LockedPackages} locked the `packages` of package-lock.json
 * @param {LockedPackages} installed those of node_modules/.package-lock.json, which npm writes when it is done
 * @returns {string[]} their folders
 */
export const lacking = (locked, installed) =>
  Object.entries(locked)
    .filter(
      ([folder, wanted]) =>
        folder !== '' && isForHere(wanted) && installed[folder]?.version !== wanted.version,
    )
    .map(([folder]) => folder)

/** @param {LockedPackage} entry */
function isForHere({ optional, devOptional, os, cpu, libc }) {
  if (!optional && !devOptional) return true
  return Boolean(!libc && os?.includes(process.platform) && cpu?.includes(process.arch))
}

const lockedPackages = () => readJson('package-lock.json').packages

function installedPackages() {
  try {
    return readJson('node_modules/.package-lock.json').packages
  } catch {
    return {}
  }
}

/** @param {string} path */
const readJson = path => JSON.parse(readFileSync(fromRoot(path), 'utf8'))

/** In a process of its own: a binary of another Node version is refused at load, and asking again needs a clean start. */
async function sqliteLoads() {
  const { code } = await run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"])
  return code === 0
}

/**
 * @param {string} title
 * @param {readonly string[]} args
 */
const npm = (title, args) =>
  step(title, async say => {
    const { code, output } = await runNpm(
      [...args, '--no-audit', '--no-fund', '--foreground-scripts', '--loglevel=notice'],
      line => {
        const news = newsIn(line)
        if (news) say(news)
      },
    )
    if (code !== 0) throw new Failure(whyNpmFailed(code, output, args))
  })

/**
 * @param {number} code
 * @param {string} output
 * @param {readonly string[]} args
 */
function whyNpmFailed(code, output, args) {
  if (code === NOT_FOUND)
    return 'npm was not found. It comes with Node: install Node from https://nodejs.org.'
  const command = `npm ${args.join(' ')}`
  const cause =
    diagnose(output) ?? `No known cause is in them. To see it all: ${command} --foreground-scripts`
  return `${command} failed. Its last lines:\n\n${lastLines(output.replace(STACK_LINE, ''), 15)}\n\n${cause}`
}

/**
 * @param {readonly string[]} args
 * @param {(line: string) => void} onLine
 */
function runNpm(args, onLine) {
  const cli = process.env.npm_execpath ?? ''
  if (cli.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], { onLine })
  return run('npm', args, { onLine, shell: process.platform === 'win32' })
}

/**
 * What a line of npm's output tells the person waiting.
 * @param {string} line
 * @returns {string | null}
 */
export function newsIn(line) {
  if (/^> better-sqlite3@\S+ install/.test(line)) return 'looking for a ready-made SQLite'
  if (/gyp info spawn make|CC\(target\)|CXX\(target\)|ClCompile/.test(line)) {
    return 'compiling SQLite for this machine (about two minutes)'
  }
  return null
}
