import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { openStore } from '../../../../collector/storage/open.ts'
import { type Store, StoreError } from '../../../../collector/storage/store.ts'
import { SITE } from '../../../contract/store/samples.ts'
import { ENDS, PER_BATCH } from '../../../support/damaged-database.ts'
import type { Random } from '../../../support/random.ts'

/** Where a byte is flipped: of a database that was closed, or as a kill left it, with its log. */
export const KINDS = {
  'first 100 bytes, closed': { isKilled: false, end: '', from: 0, to: 100 },
  'anywhere, closed': { isKilled: false, end: '', from: 0, to: Number.POSITIVE_INFINITY },
  'anywhere, with a log': { isKilled: true, end: '', from: 0, to: Number.POSITIVE_INFINITY },
  'head of the log': { isKilled: true, end: '-wal', from: 0, to: 32 },
  'frames of the log': { isKilled: true, end: '-wal', from: 32, to: Number.POSITIVE_INFINITY },
  'index of the log': { isKilled: true, end: '-shm', from: 0, to: Number.POSITIVE_INFINITY },
} as const
export type Kind = keyof typeof KINDS

/**
 * What a start made of it: it refused, in words that help; served all as it was; served all, but for a value that reads otherwise;
 * refused what it was asked for, later; served all but the last transaction, which may never have reached the disk for all that can
 * be told; or served less than there was, as if nothing were wrong.
 */
export type End = 'refused' | 'right' | 'altered' | 'failed later' | 'last undone' | 'lost' | 'unhelpful'

export interface Tried {
  readonly end: End
  /** the byte that was flipped, how, and what was said or found */
  readonly words: string
}

/** A sound database, closed or as a kill left it, to be damaged again and again. */
export interface Sound {
  readonly path: string
  /** every fact, as JSON */
  readonly facts: readonly string[]
}

const PAGE = 1_000

export async function factsIn(store: Store): Promise<readonly string[]> {
  const facts: string[] = []
  for (let seq = 0; ; ) {
    const page = await store.factsSince(SITE, seq, PAGE)
    facts.push(...page.map(fact => JSON.stringify(fact)))
    seq = page.at(-1)?.seq ?? seq
    if (page.length < PAGE) return facts
  }
}

/** Copies a sound database to `path`, flips a bit of it, and opens it. */
export async function tryFlip(sound: Sound, path: string, kind: Kind, random: Random): Promise<Tried> {
  for (const end of ENDS) {
    rmSync(`${path}${end}`, { force: true })
    if (existsSync(`${sound.path}${end}`)) copyFileSync(`${sound.path}${end}`, `${path}${end}`)
  }
  const { end, from, to } = KINDS[kind]
  const at = random.whole(from, Math.min(to, statSync(`${path}${end}`).size) - 1)
  const content = readFileSync(`${path}${end}`)
  content[at] = (content[at] ?? 0) ^ (1 << random.whole(0, 7))
  writeFileSync(`${path}${end}`, content)
  const before = readFileSync(path)
  const tried = await opened(path, sound.facts)
  const isTouched = tried.end === 'refused' && !readFileSync(path).equals(before)
  const told = `byte ${at} of ${end || 'the file'}: ${tried.words}`
  return isTouched ? { end: 'unhelpful', words: `${told}; and it wrote` } : { end: tried.end, words: told }
}

const HELP = /restore|Choose another path|Start the release|the database is as it was/

async function opened(path: string, expected: readonly string[]): Promise<Tried> {
  let store: Store
  try {
    store = await openStore(`sqlite:${path}`)
  } catch (error) {
    const isHelpful = error instanceof StoreError && HELP.test(error.message)
    return { end: isHelpful ? 'refused' : 'unhelpful', words: String(error) }
  }
  try {
    const found = await factsIn(store)
    const words = `${found.length} of ${expected.length} events`
    if (found.length < expected.length)
      return { end: found.length === expected.length - PER_BATCH ? 'last undone' : 'lost', words }
    const isSame = found.every((fact, nth) => fact === expected[nth])
    return { end: isSame ? 'right' : 'altered', words }
  } catch (error) {
    return { end: 'failed later', words: String(error) }
  } finally {
    await store.close()
  }
}
