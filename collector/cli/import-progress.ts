import { SECOND_MS } from '../../shared/time.ts'
import type { LogFile } from './import-files.ts'
import type { Io } from './io.ts'
import { onTerminal } from './model-desk.ts'
import { startProgress } from './progress.ts'

const KILOBYTE = 1_024

/** How far the reading of some logs has come, in KB on the disk; of standard input nobody knows how much there is. */
export function importProgress(io: Io, files: readonly LogFile[]): (bytes: number) => Promise<void> {
  const sizes = files.flatMap(({ bytes }) => bytes ?? [])
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0) / KILOBYTE
  if (sizes.length < files.length) return endless(io)
  const progress = startProgress({
    ...{ what: 'KB of log', total, clock: io.clock, say: io.err },
    onTerminal: onTerminal(),
  })
  return bytes => progress(bytes / KILOBYTE)
}

const REPEAT_MS = 10 * SECOND_MS

function endless({ clock, err }: Io): (bytes: number) => Promise<void> {
  const startedAt = clock()
  let saidAt = startedAt
  let kilobytes = 0
  return async bytes => {
    kilobytes += bytes / KILOBYTE
    const now = clock()
    if (now - saidAt < REPEAT_MS) return
    saidAt = now
    const perSecond = (kilobytes / (now - startedAt)) * SECOND_MS
    err(`${words(kilobytes)} KB of log, ${words(perSecond)} a second`)
  }
}

const words = (number: number): string => Math.round(number).toLocaleString('en')
