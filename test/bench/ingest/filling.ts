import {
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '../../../collector/contracts/facts.ts'
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts'
import type { Say } from '../../support/say.ts'
import { historyOf, nextOf } from '../scoring/crowd.ts'
import { openTown } from './town.ts'

/** How large a database is to be. */
export interface Size {
  readonly leads: number
  /** of each lead, its history of scoring/crowd.ts first */
  readonly eventsEach: number
}

/** How far a database is, kept beside it: a filling that is cut goes on. */
interface Filling extends Size {
  /** epoch ms of the first lead's first event */
  readonly from: number
  readonly done: number
}

const BLOCK_LEADS = 250
/** One lead after another, a million of them in two months: less than anything is kept for (queries/retention.ts). */
const LEAD_MS = (60 * DAY_MS) / 1_000_000

/**
 * Fills a database through the store's own port and qualifies everybody, in the order of their ids as time would have it.
 * One that is filled already is brought up to date: who came due since, and what a newer engine computes anew.
 * @throws Error when the folder holds another size
 */
export async function fill(folder: string, size: Size, say: Say): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const began = fillingIn(folder, size)
  const town = await openTown(folder, say)
  try {
    for (let done = began.done; done < size.leads; done += BLOCK_LEADS) {
      const leads = Array.from({ length: Math.min(BLOCK_LEADS, size.leads - done) }, (_, n) => done + n)
      await town.store.record({ facts: leads.flatMap(lead => factsOf(lead, began)), quarantined: [] })
      await town.settle()
      note(folder, { ...began, done: done + leads.length })
      say('filling the database, leads', done + leads.length, size.leads)
    }
    await town.settle()
  } finally {
    await town.close()
  }
}

/** The same, and on the way a copy of the database at each of these shares of its leads, ascending. */
export async function fillWithCopies(
  folder: string,
  size: Size,
  say: Say,
  shares: readonly number[],
): Promise<void> {
  for (const share of shares) {
    const to = copyFolder(folder, share)
    const leads = Math.round(size.leads * share)
    const isTooLate = (fillingOf(folder)?.done ?? 0) > leads
    if (existsSync(join(to, DATABASE)) || isTooLate) continue
    await fill(folder, { ...size, leads }, say)
    mkdirSync(to, { recursive: true })
    copyFileSync(join(folder, DATABASE), join(to, `${DATABASE}.part`), constants.COPYFILE_FICLONE)
    renameSync(join(to, `${DATABASE}.part`), join(to, DATABASE))
  }
  await fill(folder, size, say)
}

/** Reads a database that was kept: one that was just filled is in the system's memory, too, as far as it has room. */
export async function readOnce(folder: string, say: Say): Promise<void> {
  const file = join(folder, DATABASE)
  const megabytes = Math.ceil(statSync(file).size / 1e6)
  let read = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    read += chunk.length
    say('reading the database, MB', Math.floor(read / 1e6), megabytes)
  }
}

const DATABASE = 'goldpan.db'
const NOTE = 'filling.json'

export const copyFolder = (folder: string, share: number): string =>
  join(folder, `at-${Math.round(share * 100)}-percent`)

export const hasCopy = (folder: string, share: number): boolean =>
  existsSync(join(copyFolder(folder, share), DATABASE))

function fillingIn(folder: string, size: Size): Filling {
  const known = fillingOf(folder)
  if (known === null) return { ...size, from: Date.now() - size.leads * LEAD_MS - DAY_MS, done: 0 }
  if (known.eventsEach === size.eventsEach && known.done <= size.leads) return { ...known, ...size }
  throw new Error(
    `${folder} holds ${known.done} leads with ${known.eventsEach} events each; expected at most ${size.leads} with ${size.eventsEach}. Name another folder.`,
  )
}

function fillingOf(folder: string): Filling | null {
  const file = join(folder, NOTE)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

function note(folder: string, filling: Filling): void {
  const file = join(folder, NOTE)
  writeFileSync(`${file}.new`, JSON.stringify(filling))
  renameSync(`${file}.new`, file)
}

/** Between two views of a lead after its history. */
const PAUSE_MS = 7 * MINUTE_MS

/** What a lead did, at its place in the two months. */
function factsOf(lead: number, { eventsEach, from }: Filling): readonly Fact[] {
  const history = historyOf(lead)
  const first = history[0]?.occurredAt ?? 0
  const more = Array.from({ length: eventsEach - history.length }, (_, n) =>
    nextOf(lead, first + (n + 1) * PAUSE_MS),
  )
  const by = from + Math.floor(lead * LEAD_MS) - first
  return [...history, ...more].map(fact => moved(fact, by))
}

/** The same fact at another time: its id begins with it (UUIDv7), and so does that of the view it is about. */
function moved(fact: Fact, by: number): Fact {
  const { view } = fact.props
  return {
    ...fact,
    id: movedId(fact.id, by),
    occurredAt: fact.occurredAt + by,
    receivedAt: fact.receivedAt + by,
    session: `${fact.session}-${by}`,
    props: typeof view === 'string' ? { ...fact.props, view: movedId(view, by) } : fact.props,
  }
}

/** Hexadecimal digits of the time in an id, a dash among them. */
const TIME_CHARS = 13

function movedId(id: string, by: number): string {
  const at = Number.parseInt(id.slice(0, TIME_CHARS).replace('-', ''), 16) + by
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}${id.slice(TIME_CHARS)}`
}
