import { relative } from 'node:path'
import { isatty } from 'node:tty'
import { advance } from '../advance/advance.ts'
import { readConfig } from '../config/config.ts'
import type { Config } from '../config/shape.ts'
import { recorderOf } from '../main.ts'
import { type LoadedModel, loadModelFile, readText } from '../models/load.ts'
import type { PublishDeps, Watch } from '../models/publishing.ts'
import { loadConnected } from '../qualify/connected.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import type { Site, Store } from '../storage/store.ts'
import { openExisting } from './existing-store.ts'
import { type ExitCode, type Io, UsageError } from './io.ts'
import { problemLines } from './model-report.ts'
import { startProgress } from './progress.ts'

/** What commands about models work with: the store is open. */
export interface ModelDesk {
  readonly io: Io
  readonly config: Config
  readonly store: Store
  readonly publishing: PublishDeps
  /** ids of all sites */
  readonly sites: readonly string[]
}

export async function withModelDesk(io: Io, act: (desk: ModelDesk) => Promise<ExitCode>): Promise<ExitCode> {
  const config = readConfig(io.env, io.cwd)
  const opened = await openExisting(config)
  try {
    const sites = (await opened.sites()).map(({ id }) => id)
    const idsOf = personIdsOf(opened)
    const store: Store = { ...opened, record: recorderOf({ store: opened, idsOf }) }
    const publishing = { store, clock: io.clock, idsOf, advance, connectedTo: loadConnected }
    return await act({ io, config, store, publishing, sites })
  } finally {
    await opened.close()
  }
}

/** The site asked for, or all there are. @throws UsageError */
export function sitesAsked({ sites }: ModelDesk, asked: string | undefined): readonly string[] {
  if (sites.length === 0) throw new UsageError('Expected a store with a site, and this one has none yet.')
  if (asked === undefined) return sites
  if (sites.includes(asked)) return [asked]
  throw new UsageError(`Expected --site with one of ${sites.join(', ')}, came ${asked}.`)
}

/** The site asked for, or the only one there is. @throws UsageError */
export function siteAsked(desk: ModelDesk, asked: string | undefined): string {
  const [only, ...others] = sitesAsked(desk, asked)
  if (only !== undefined && others.length === 0) return only
  throw new UsageError(`Expected --site with one of ${desk.sites.join(', ')}.`)
}

/** The site asked for as the store has it. @throws UsageError, also for one that is gone meanwhile */
export async function storedSite(desk: ModelDesk, asked: string | undefined): Promise<Site> {
  const id = siteAsked(desk, asked)
  const sites = await desk.store.sites()
  const site = sites.find(one => one.id === id)
  if (site) return site
  throw new UsageError(`Expected --site with one of ${sites.map(one => one.id).join(', ')}, came ${id}.`)
}

/** Who is at the command line, for the history. */
export const actorOf = ({ env }: Io): string => env.USER || env.LOGNAME || env.USERNAME || 'operator'

const STDERR = 2

export const onTerminal = (): boolean => isatty(STDERR)

/** A walk over everybody: its progress is shown, and Ctrl-C stops it. */
export async function watchedWalk({ io, store }: ModelDesk, site: string): Promise<Watch> {
  const { facts: total } = await store.counts(site)
  const progress = { what: 'events', total, clock: io.clock, say: io.err, onTerminal: onTerminal() }
  return { stop: io.stop, onProgress: startProgress(progress) }
}

/** A model file by the name people know it by; null: it is broken, and what is wrong with it has been said. */
export function loadOrSay({ cwd, err }: Io, path: string): LoadedModel | null {
  const loading = loadModelFile(path)
  if (loading.ok) return loading.loaded
  const source = { name: relative(cwd, path), text: readText(path) ?? '' }
  for (const problem of loading.problems) for (const line of problemLines(problem, source)) err(line)
  return null
}
