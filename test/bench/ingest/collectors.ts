import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StreamGiven } from '../../support/load/stream.ts'
import { LOAD_ENV } from '../../support/load/traffic.ts'
import { SITE } from '../scoring/crowd.ts'
import type { Ground } from './ground.ts'
import { type Server, startServer } from './servers.ts'

const TOKEN = 'gp_bench_administrator_of_this_run'
export const AUTHORIZATION = `Bearer ${TOKEN}`

/** A collector over a database of its own, with its site. */
export interface BenchCollector extends Server {
  /** public key of the site */
  readonly siteKey: string
  /** timelines that wait for the qualifier now */
  dirty(): Promise<number>
}

export interface CollectorGiven {
  /** where its database is, or will be */
  readonly folder: string
  readonly ground: Pick<Ground, 'cores' | 'programs'>
  /** @default as it is */
  readonly qualifier?: 'at rest'
}

/** A collector as people run it, at its defaults: quotas counted, everything on. */
export async function startBenchCollector(given: CollectorGiven): Promise<BenchCollector> {
  const { folder, ground, qualifier } = given
  const program = qualifier === undefined ? ground.programs.whole : ground.programs.alone
  const name = `the collector${qualifier === undefined ? '' : ', its qualifier at rest,'} over ${folder}`
  const env = {
    ...LOAD_ENV,
    PORT: '0',
    DATABASE_URL: databaseIn(folder),
    GOLDPAN_ADMIN_TOKEN: TOKEN,
  }
  const server = await startServer({ name, args: [program, 'serve'], env, cores: ground.cores })
  const siteKey = (await keyOf(server)) ?? (await createSite(server))
  return { ...server, siteKey, dirty: () => dirtyOf(server) }
}

/** What a dashboard listens to. */
export const streamOf = ({ url }: Server): StreamGiven => ({ url, site: SITE, authorization: AUTHORIZATION })

export const databaseIn = (folder: string): string => `sqlite:${join(folder, 'goldpan.db')}`

/** Asks the API as an administrator; what it answers, read as JSON. */
export async function askApi(url: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url + path, {
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: expected 2xx, came ${answer.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text)
}

async function keyOf({ url }: Server): Promise<string | null> {
  const sites: readonly unknown[] = Object(await askApi(url, '/v1/sites')).data
  const site = sites.map(Object).find(({ id }) => id === SITE)
  return site ? String(site.publicKey) : null
}

const createSite = async ({ url }: Server): Promise<string> =>
  String(Object(await askApi(url, '/v1/sites', { id: SITE, name: 'Bench', origins: [] })).publicKey)

async function dirtyOf({ url }: Server): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: AUTHORIZATION } })
  const value = /^goldpan_dirty_timelines (\d+)/m.exec(await answer.text())?.[1]
  if (value === undefined) throw new Error('expected goldpan_dirty_timelines among the metrics')
  return Number(value)
}

const LOOK_MS = 200

export interface Drained {
  /** timelines that waited at the start */
  readonly from: number
  readonly seconds: number
  /** of the server's CPU */
  readonly cpuSeconds: number
}

/** Waits until nothing is dirty. @throws Error when it takes longer than `seconds` */
export async function drained(collector: BenchCollector, seconds = 600): Promise<Drained> {
  const [began, cpu, from] = [performance.now(), collector.cpuSeconds(), await collector.dirty()]
  const passed = (): number => (performance.now() - began) / 1_000
  for (let left = from; left > 0; left = await collector.dirty()) {
    if (passed() > seconds)
      throw new Error(
        `waited ${seconds} s for ${collector.name} to qualify ${from} timelines; ${left} are left`,
      )
    await sleep(LOOK_MS)
  }
  return { from, seconds: passed(), cpuSeconds: collector.cpuSeconds() - cpu }
}
