import { accessSync, closeSync, constants, createReadStream, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type LogFormat, lineReader } from '../imports/logs/line.ts'
import { linesIn } from '../imports/logs/lines.ts'

export const STDIN = '-'
const STDIN_FD = 0

export interface LogFile {
  /** as the command line says it; `-`: standard input */
  readonly name: string
  /** on the disk; null: nobody knows */
  readonly bytes: number | null
  /** From its beginning, inflated. `bytesRead`: of those on the disk, so far. */
  read(): { readonly chunks: AsyncIterable<Buffer>; readonly bytesRead: () => number }
}

/** A log, plain or gzip as its first bytes say, whatever its name; null when it cannot be read. */
export function openLogFile(cwd: string, name: string): LogFile | null {
  if (name === STDIN)
    return { name, bytes: null, read: () => reading(createReadStream('', { fd: STDIN_FD })) }
  const path = resolve(cwd, name)
  try {
    accessSync(path, constants.R_OK)
    const stat = statSync(path)
    if (stat.isDirectory()) return null
    const isGzip = stat.isFile() && beginsAsGzip(path)
    const bytes = stat.isFile() ? stat.size : null
    return { name, bytes, read: () => reading(createReadStream(path), isGzip) }
  } catch {
    return null
  }
}

function reading(stream: ReturnType<typeof createReadStream>, isGzip = false): ReturnType<LogFile['read']> {
  const bytesRead = (): number => stream.bytesRead
  if (!isGzip) return { chunks: stream, bytesRead }
  const inflated = createGunzip()
  stream.on('error', error => inflated.destroy(error))
  return { chunks: stream.pipe(inflated), bytesRead }
}

/** RFC 1952 §2.3.1 */
function beginsAsGzip(path: string): boolean {
  const file = openSync(path, 'r')
  const start = Buffer.alloc(2)
  readSync(file, start, 0, start.length, 0)
  closeSync(file)
  return start[0] === 0x1f && start[1] === 0x8b
}

/**
 * Logs by the time of their first line, as visits went on from one to the next: a shell lists `access.log` before the older
 * `access.log.1`. Standard input comes last: it can be read only once.
 */
export async function inOrderOfTime(
  files: readonly LogFile[],
  format: LogFormat,
): Promise<readonly LogFile[]> {
  const timed: { readonly file: LogFile; readonly at: number }[] = []
  for (const file of files) timed.push({ file, at: await firstTime(file, format) })
  return timed.sort((a, b) => a.at - b.at).map(({ file }) => file)
}

/** Infinity when nothing tells. */
async function firstTime(file: LogFile, format: LogFormat): Promise<number> {
  if (file.bytes === null) return Number.POSITIVE_INFINITY
  const read = lineReader(format)
  try {
    for await (const lines of linesIn(file.read().chunks))
      for (const text of lines) {
        const line = text === null ? null : read(text)
        if (line) return line.at
      }
  } catch {
    // what is wrong with it is said when it is imported
  }
  return Number.POSITIVE_INFINITY
}
