import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Site } from '../../collector/storage/store.ts'
import { requestDemo } from '../cli/model-terminal.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

export type Json = Readonly<Record<string, unknown>>

export interface Answer {
  readonly status: number
  readonly etag: string
  readonly body: Json
}

type Headers = Readonly<Record<string, string>>

/** A collector of real HTTP whose model asks more than a demo request is worth, and leads who asked for a demo. */
export interface ModelWorld {
  readonly url: string
  readonly collector: Awaited<ReturnType<typeof startIn>>
  /** each a visitor of the site who asked for a demo, worth 50 points */
  leads(count: number, site?: Site): Promise<void>
  /** one of them asks once more */
  again(index: number): Promise<void>
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  put(path: string, body: string, headers?: Headers): Promise<Answer>
  /** the model of the collector's folder */
  source(): string
  write(name: string, source: string): void
  remove(name: string): void
  stages(site?: string): Promise<readonly unknown[]>
}

/** @param edit changes the model before the collector starts. @default 90 points needed instead of 40 */
export async function openModelWorld(edit = strict, files: Readonly<Record<string, string>> = {}) {
  const place = installIn(tempDir())
  const path = join(place.cwd, 'goldpan.yaml')
  const write = (name: string, source: string) => writeFileSync(join(place.cwd, name), source)
  write('goldpan.yaml', edit(readFileSync(path, 'utf8')))
  for (const [name, text] of Object.entries(files)) write(name, text)
  const collector = await startIn(place)
  const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  const { url } = collector
  let count = 0

  const ask = async (target: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${target}`, init)
    const body: Json = JSON.parse(await response.text())
    return { status: response.status, etag: response.headers.get('etag') ?? '', body }
  }
  const world: ModelWorld = {
    url,
    collector,
    write,
    remove: name => rmSync(join(place.cwd, name)),
    leads: async (more, of = site) => {
      for (const last = count + more; count < last; count += 1) await requestDemo(url, of, count)
      await collector.settle()
    },
    again: async index => {
      await requestDemo(url, site, index)
      await collector.settle()
    },
    get: (target, headers = ADMIN) => ask(target, { headers }),
    post: (target, body, headers = ADMIN) =>
      ask(target, { method: 'POST', headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    put: (target, body, headers = {}) =>
      ask(target, { method: 'PUT', headers: { ...ADMIN, 'content-type': 'text/yaml', ...headers }, body }),
    source: () => readFileSync(path, 'utf8'),
    stages: async (of = 'acme') => {
      const { body } = await world.get(`/v1/leads?limit=200&site=${of}`)
      return (body.data as readonly Json[]).map(({ stage }) => stage)
    },
  }
  return world
}

const strict = (model: string): string => model.replace('from: 40', 'from: 90')
export const lenient = (model: string): string => model.replace('from: 90', 'from: 40')
