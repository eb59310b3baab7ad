import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Plugin } from 'esbuild'
import { bundleProgram } from '../../support/bundle-program.ts'
import type { Place } from './place.ts'

/** Below node_modules, so that packages are found from there. */
const FOLDER = 'node_modules/.cache/goldpan/chaos'

/**
 * Bundles the `goldpan` program from the sources as they are, or a variant of it.
 * @param name of the bundle: trials that run at once each have their own
 * @returns its path
 */
export const bundleGoldpan = (name: string, plugins: Plugin[] = []): Promise<string> =>
  bundleProgram(`${FOLDER}/${name}.mjs`, plugins)

/** A collector as a process of its own that may end at any time. */
export interface Running {
  readonly url: string
  readonly child: ChildProcess
  /** from the start of the process to the first 200 of /readyz, ms */
  readonly readyMs: number
  /** what it said on standard error so far */
  readonly said: readonly string[]
  hasEnded(): boolean
  /** @returns the exit code; null: killed */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface StartGiven {
  /** put before node: a tracer and its options */
  readonly under?: readonly string[]
  /** beside those of the place */
  readonly env?: Readonly<Record<string, string>>
  /** opens a channel for messages to the process. @default false */
  readonly isTold?: boolean
  /** resolves as soon as it listens, whether it is ready or not. @default false */
  readonly mayWait?: boolean
}

/** Whoever ends the trial ends what it started. */
const started = new Set<ChildProcess>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    for (const child of started) child.kill('SIGKILL')
    process.exit(130)
  })

/** Spawns the collector without waiting for anything. */
export function spawnGoldpan(
  program: string,
  place: Place,
  { under = [], env = {}, isTold = false }: StartGiven = {},
): ChildProcess {
  const [command = '', ...args] = [...under, process.execPath, program, 'serve', '--json']
  const child = spawn(command, args, {
    cwd: place.folder,
    env: { ...place.env, ...env, PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe', ...(isTold ? (['ipc'] as const) : [])],
  })
  started.add(child)
  child.once('exit', () => started.delete(child))
  return child
}

/** @throws when it ended before it was ready, with what it said */
export async function startGoldpan(program: string, place: Place, given: StartGiven = {}): Promise<Running> {
  const began = performance.now()
  const child = spawnGoldpan(program, place, given)
  const exited = once(child, 'exit')
  const said: string[] = []
  if (!child.stdout || !child.stderr) throw new Error('a process without output')
  createInterface(child.stderr).on('line', line => said.push(line))
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${said.join('\n')}`))),
  ])
  const { url }: { readonly url: string } = JSON.parse(line)
  while (!given.mayWait && (await fetch(`${url}/readyz`)).status !== 200) await pause(5)
  return {
    ...{ url, child, said },
    readyMs: performance.now() - began,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    end: async signal => {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}

/** Runs a command of the program to its end. @returns what it printed, and its exit code */
export async function runGoldpan(
  program: string,
  place: Place,
  args: readonly string[],
): Promise<{ readonly code: number; readonly out: string }> {
  const options = {
    cwd: place.folder,
    env: { ...place.env, PATH: process.env.PATH },
    maxBuffer: 64_000_000,
  }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], options)
    return { code: 0, out: stdout }
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'code' in error && typeof error.code === 'number')
      return { code: error.code, out: `${error.stdout}` }
    throw error
  }
}
