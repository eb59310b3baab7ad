import { readFileSync } from 'node:fs'
import type { Place } from '../trial/place.ts'
import { type StartGiven, startGoldpan } from '../trial/program.ts'
import { type Figures, figuresIn } from './figures.ts'

/** A collector under a load, and what an operator can see of it. */
export interface CollectorProcess {
  readonly url: string
  /** what it said on standard error so far */
  readonly said: readonly string[]
  /** resident memory, bytes */
  rssBytes(): number
  /** CPU seconds so far, of all threads */
  cpuSeconds(): number
  hasEnded(): boolean
  /** `GET /metrics`, which begins the event loop's figures anew */
  figures(): Promise<Figures>
  /** With the administrator's token; a body is sent as JSON. */
  ask(path: string, body?: unknown): Promise<Response>
  /** @returns the exit code; null: killed. @default SIGTERM */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

/** Gives a trial a collector, and ends it whatever happened. */
export async function withCollector<T>(
  program: string,
  place: Place,
  act: (collector: CollectorProcess) => Promise<T>,
  given?: StartGiven,
): Promise<T> {
  const { url, child, said, hasEnded, end } = await startGoldpan(program, place, given)
  const pid = child.pid ?? 0
  const ask = (path: string, body?: unknown): Promise<Response> =>
    fetch(url + path, {
      headers: {
        authorization: `Bearer ${place.env.GOLDPAN_ADMIN_TOKEN}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
  try {
    return await act({
      ...{ url, said, ask, hasEnded },
      rssBytes: () => Number(/^VmRSS:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1] ?? Number.NaN) * 1_024,
      cpuSeconds: () => cpuIn(procFile(pid, 'stat')),
      figures: async () => figuresIn(await (await ask('/metrics')).text()),
      end: async (signal = 'SIGTERM') => end(signal),
    })
  } finally {
    if (!hasEnded()) await end('SIGKILL')
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
