import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { bundleProgram } from './bundle-program.ts'

const FOLDER = 'node_modules/.cache/goldpan-test'

/**
 * Bundles the `goldpan` program as dist/ has it.
 * @param name of the bundle: tests that run at once each have their own
 * @returns its path
 */
export const buildProgram = (name: string): Promise<string> => bundleProgram(`${FOLDER}/${name}.mjs`)

export interface Serving {
  readonly url: string
  readonly child: ChildProcess
  /** Ends it with a signal and resolves when it is gone, with its exit code (null: killed). */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts `goldpan serve --json` as a process of its own and waits until it listens. */
export async function serve(
  program: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Serving> {
  const child = spawn(process.execPath, [program, 'serve', '--json'], {
    cwd,
    env: { ...env, PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    const [code] = await exited
    return code
  }
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await end('SIGKILL')
  })
  const complaints: string[] = []
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`exited with ${code}: ${complaints.join('')}`))),
  ])
  return { url: JSON.parse(line).url, child, end }
}
