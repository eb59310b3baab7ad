import { setTimeout as pause } from 'node:timers/promises'
import { cpuSecondsOf, heldUpSecondsOf, rssBytesOf } from '../../support/process-figures.ts'
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
  /** seconds so far in which others had its core (process-figures.ts) */
  heldUpSeconds(): number
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
      rssBytes: () => rssBytesOf(child.pid),
      cpuSeconds: () => cpuSecondsOf(child.pid),
      heldUpSeconds: () => heldUpSecondsOf(child.pid),
      figures: async () => figuresIn(await textOf(await ask('/metrics'))),
      end: async (signal = 'SIGTERM') => end(signal),
    })
  } finally {
    if (!hasEnded()) await end('SIGKILL')
  }
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.url}: expected 200, came ${answer.status}: ${text.slice(0, 500)}`)
  return text
}

/**
 * @param graceMs for its end is told a little after its connections are cut
 * @returns what it was asked; null when it has ended, or does meanwhile
 */
export async function unlessEnded<T>(
  { hasEnded }: Pick<CollectorProcess, 'hasEnded'>,
  ask: () => Promise<T>,
  graceMs = 2_000,
): Promise<T | null> {
  if (hasEnded()) return null
  try {
    return await ask()
  } catch (error) {
    const until = performance.now() + graceMs
    while (!hasEnded() && performance.now() < until) await pause(20)
    if (hasEnded()) return null
    throw error
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
