import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** https://www.sqlite.org/fileformat2.html#wal_file_format */
const HEADER_BYTES = 32
const PAGE_SIZE_AT = 8
const SALTS_AT = 16
const SUMS_AT = 24
/** Of a frame: page, pages of the database after a commit (0: none), two salts, two sums. */
const FRAME_HEADER_BYTES = 24
const FRAME_COMMIT_AT = 4
const FRAME_SALTS_AT = 8
const FRAME_SUMS_AT = 16

/** Frames read at once: a long backup lets a log grow to gigabytes. Our choice, some hundred kilobytes. */
const READ_FRAMES = 64

type Sums = readonly [first: number, second: number]

/** A log that goes on behind a frame whose sum is another. */
export interface BrokenLog {
  /** the first such frame, from 0 */
  readonly frame: number
  /** whole transactions behind the one that it is of */
  readonly behind: number
}

/**
 * The first frame that is damaged though whole transactions follow; null: there is none. SQLite takes the first frame whose sum
 * is another for the end of the log, and forgets all that was committed since. A frame's sum goes on from that of the frame before,
 * so what follows a damaged one is known to be whole by the sum that is written there.
 *
 * Damage in the very last transaction cannot be told from one that never reached the disk. Nor can this be told from pages that a
 * power failure kept from the disk while later ones reached it, none of them synced: only decisions then, or a delivery that
 * was not acknowledged.
 * @param log path of one whose header is sound
 */
export function brokenLog(log: string): BrokenLog | null {
  const file = openSync(log, 'r')
  try {
    return walk(file)
  } finally {
    closeSync(file)
  }
}

function walk(file: number): BrokenLog | null {
  const header = Buffer.alloc(HEADER_BYTES)
  if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null
  let broken: number | null = null
  const commits: boolean[] = []
  for (const { nth, isWhole, isCommit } of lookedAt(file, header)) {
    if (!isWhole) broken ??= nth
    if (broken !== null && isCommit) commits.push(isWhole)
  }
  const behind = commits.slice(1).filter(isWhole => isWhole).length
  return broken !== null && behind > 0 ? { frame: broken, behind } : null
}

interface Looked {
  readonly nth: number
  /** its sum goes on from what is written in the frame before */
  readonly isWhole: boolean
  readonly isCommit: boolean
}

function* lookedAt(file: number, header: Buffer): Generator<Looked> {
  const pageBytes = header.readUInt32BE(PAGE_SIZE_AT)
  // never written to the disk, like all that follows (wal-header.ts)
  if (pageBytes === 0) return
  const follows = follower(header)
  let before = sumsAt(header, SUMS_AT)
  for (const [nth, frame] of framesOf(file, FRAME_HEADER_BYTES + pageBytes)) {
    const isCommit = frame.readUInt32BE(FRAME_COMMIT_AT) !== 0
    yield { nth, isWhole: follows(frame, before), isCommit }
    before = sumsAt(frame, FRAME_SUMS_AT)
  }
}

function* framesOf(file: number, frameBytes: number): Generator<readonly [nth: number, frame: Buffer]> {
  const count = Math.floor((fstatSync(file).size - HEADER_BYTES) / frameBytes)
  const frames = Buffer.alloc(READ_FRAMES * frameBytes)
  for (let from = 0; from < count; from += READ_FRAMES) {
    const bytes = readSync(file, frames, 0, frames.length, HEADER_BYTES + from * frameBytes)
    const there = Math.min(Math.floor(bytes / frameBytes), count - from)
    for (let nth = 0; nth < there; nth += 1)
      yield [from + nth, frames.subarray(nth * frameBytes, (nth + 1) * frameBytes)]
  }
}

/** Says of a frame whether it is of this log's generation, and its sum goes on from the one before. */
function follower(header: Buffer): (frame: Buffer, before: Sums) => boolean {
  const isBigEndian = (header.readUInt32BE(0) & 1) === 1
  const salts = header.subarray(SALTS_AT, SUMS_AT)
  return (frame, before) => {
    if (!frame.subarray(FRAME_SALTS_AT, FRAME_SUMS_AT).equals(salts)) return false
    const head = summed(frame.subarray(0, FRAME_SALTS_AT), isBigEndian, before)
    const [first, second] = summed(frame.subarray(FRAME_HEADER_BYTES), isBigEndian, head)
    const [wantedFirst, wantedSecond] = sumsAt(frame, FRAME_SUMS_AT)
    return first === wantedFirst && second === wantedSecond
  }
}

const sumsAt = (bytes: Buffer, at: number): Sums => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]

/** Fibonacci-weighted sums, going on from `before`: https://www.sqlite.org/fileformat2.html#checksum_algorithm */
export function summed(bytes: Buffer, isBigEndian: boolean, before: Sums): Sums {
  let [first, second] = before
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at < words.byteLength; at += 8) {
    first = (first + words.getUint32(at, !isBigEndian) + second) | 0
    second = (second + words.getUint32(at + 4, !isBigEndian) + first) | 0
  }
  return [first >>> 0, second >>> 0]
}
