import { summed } from './wal-frames.ts'

/** https://www.sqlite.org/fileformat2.html#wal_file_format: magic, version, page size, checkpoint, two salts, two sums. */
const HEADER_BYTES = 32
const SUMMED_BYTES = 24
const MAGIC = 0x377f0682

/**
 * Whether SQLite would take the log for an empty one, and write over it, because of its first bytes.
 * @returns what is wrong, or null
 */
export function walHeaderFlaw(start: Buffer): string | null {
  const header = start.subarray(0, HEADER_BYTES)
  // a power failure may leave the length of what never reached the disk: nothing was acknowledged of it
  if (header.length < HEADER_BYTES || header.every(byte => byte === 0)) return null
  const magic = header.readUInt32BE(0)
  // the last bit says in which order of bytes the sums are made
  if ((magic & ~1) !== MAGIC)
    return 'is no log of a database: its first bytes are others; it holds the latest events'
  const [first, second] = summed(header.subarray(0, SUMMED_BYTES), (magic & 1) === 1, [0, 0])
  const isRight = first === header.readUInt32BE(24) && second === header.readUInt32BE(28)
  return isRight ? null : 'is damaged: the sum of its first bytes is another; it holds the latest events'
}
