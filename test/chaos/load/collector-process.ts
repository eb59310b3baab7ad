import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { type Figures, figuresIn } from './figures.ts'

/** Trials are bundled below node_modules, and started in the clone's folder. */
const PROGRAM = 'node_modules/.cache/goldpan/chaos/goldpan.mjs'
const TOKEN = 'gp_chaos_administrator'

/** A collector as a process of its own, as it is shipped: `goldpan serve`. */
export interface CollectorProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** what it said on standard error */
  readonly complaints: readonly string[]
  /** resident memory, bytes */
  rssBytes(): number
  /** CPU seconds so far, of all threads */
  cpuSeconds(): number
  hasEnded(): boolean
  /** `GET /metrics`; resets the event loop's */
  figures(): Promise<Figures>
  /** With the administrator's token; a body is sent as JSON. */
  ask(path: string, body?: unknown): Promise<Response>
  /** @returns the exit code; null: killed */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

export interface CollectorGiven {
  /** its working directory: goldpan.yaml and data/ are there */
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  /** open files the process may have. @default as many as this one */
  readonly openFiles?: number
}

/** @returns the path of the program, built from the sources as they are */
export async function buildGoldpan(): Promise<string> {
  await build({
    absWorkingDir: process.cwd(),
    entryPoints: ['collector/cli/goldpan.ts'],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
  })
  return resolve(PROGRAM)
}

export async function startCollectorProcess(
  program: string,
  { folder, env = {}, openFiles }: CollectorGiven,
): Promise<CollectorProcess> {
  const serve = [process.execPath, program, 'serve', '--json']
  const [command = '', ...args] =
    openFiles === undefined ? serve : ['/bin/sh', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'sh', ...serve]
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', GOLDPAN_ADMIN_TOKEN: TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaints: string[] = []
  const exited = once(child, 'exit')
  createInterface(child.stderr).on('line', line => complaints.push(line))
  const printed = createInterface(child.stdout)
  const line = await Promise.race([
    once(printed, 'line').then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${complaints.join('\n')}`))),
  ])
  const { url, port }: { readonly url: string; readonly port: number } = JSON.parse(line)
  const pid = child.pid ?? 0
  const ask = (path: string, body?: unknown): Promise<Response> =>
    fetch(url + path, {
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
  return {
    ...{ url, port, pid, complaints, ask },
    rssBytes: () => Number(/^VmRSS:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1] ?? Number.NaN) * 1_024,
    cpuSeconds: () => cpuIn(procFile(pid, 'stat')),
    hasEnded: () => hasEnded(child),
    figures: async () => figuresIn(await (await ask('/metrics')).text()),
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}

export interface TrialSite {
  readonly id: string
  readonly publicKey: string
  readonly secretKey: string
}

export async function createSite(collector: CollectorProcess, id: string): Promise<TrialSite> {
  const answer = await collector.ask('/v1/sites', { id, name: id, origins: [] })
  if (!answer.ok) throw new Error(`no site was made: ${await answer.text()}`)
  return answer.json()
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

/** Linux tells of a process in files; elsewhere the figures are missing. */
function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: 14 and 15 are the ticks, a hundredth of a second each. */
function cpuIn(stat: string): number {
  const fields = stat.split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
