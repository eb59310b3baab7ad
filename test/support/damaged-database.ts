import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { aFact } from '../contract/store/samples.ts'

/** What belongs to a database beside its file: the log, and the index of the log. */
export const ENDS = ['', '-wal', '-shm'] as const

/** Facts in one transaction of `fillAndKill`. */
export const PER_BATCH = 10

/**
 * A database of facts with ids `e0`, `e1` …, open.
 * @param batches how many commits they come in. @default one
 */
export async function fill(path: string, events: number, batches = 1): Promise<Store> {
  const store = await openStore(`sqlite:${path}`)
  const facts = Array.from({ length: events }, (_, n) => aFact(`e${n}`, { visitor: `visitor-${n % 50}` }))
  const each = Math.ceil(events / batches)
  for (let from = 0; from < events; from += each)
    await store.record({ facts: facts.slice(from, from + each), quarantined: [] })
  return store
}

/** As a kill leaves it: a log with the latest events, not closed. */
export async function fillAndKill(path: string, events: number): Promise<void> {
  const store = await fill(path, events, events / PER_BATCH)
  for (const end of ENDS) copyFileSync(`${path}${end}`, `${path}.kept${end}`)
  await store.close()
  for (const end of ENDS) {
    copyFileSync(`${path}.kept${end}`, `${path}${end}`)
    rmSync(`${path}.kept${end}`)
  }
}

/** @param bit of the byte, as a mask */
export function flip(file: string, at: number, bit = 0x10): void {
  const content = readFileSync(file)
  content[at] = (content[at] ?? 0) ^ bit
  writeFileSync(file, content)
}
