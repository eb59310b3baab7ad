import { MINUTE_MS } from '../../../shared/time.ts'
import type { Clock } from '../../contracts/clock.ts'
import { automatedBy } from '../../enrich/user-agents.ts'
import type { Delivery } from '../delivery.ts'
import { keyedHash } from '../ids.ts'
import { type LogFormat, lineReader } from './line.ts'
import { logEvent } from './log-event.ts'
import type { LogLine } from './log-line.ts'
import { type BrokenLine, type LogTally, startTally } from './log-tally.ts'
import type { Places } from './places.ts'
import type { Span } from './span.ts'
import { type Asked, askedIn, type SkipReason } from './target.ts'
import { startVisits } from './visits.ts'

export interface LogImportGiven {
  readonly site: string
  /** keys the hashes that visitors' ids are (Store, installationSecret) */
  readonly secret: string
  readonly format: LogFormat
  readonly places: Places
  readonly span: Span
  /** programs that name themselves leave no facts */
  readonly skipBots: boolean
  /** null: only count */
  readonly delivery: Delivery | null
  readonly clock: Clock
}

export interface LogImport {
  /** Begins the next log, oldest first. The returned function takes its lines, in order; null: one that is too long. */
  open(file: string): (lines: readonly (string | null)[]) => Promise<void>
  tally(): LogTally
}

/** From the lines of access logs to the events of visitors: read → asked for what? → whose? → deliver. */
export function startLogImport(given: LogImportGiven): LogImport {
  const { site, secret, format, places, span, skipBots, delivery, clock } = given
  const tally = startTally()
  const visitOf = startVisits(keyedHash(secret, site))

  function wanted(line: LogLine): Found | SkipReason {
    if (!span(line)) return 'outside'
    if (line.at > clock() + MINUTE_MS) return 'future'
    const asked = askedIn(line)
    if (typeof asked === 'string') return asked
    const origin = places(asked.host)
    return origin === null ? 'other_host' : { asked, origin }
  }

  async function take(line: LogLine): Promise<void> {
    const found = wanted(line)
    if (typeof found === 'string') return tally.skip(found)
    const bot = line.agent === null ? null : (automatedBy(line.agent)?.kind ?? null)
    const visit = visitOf(line)
    tally.event({ ...visit, ...line, bot, kind: found.asked.kind })
    if (bot !== null && skipBots) return tally.skip('bot')
    const { visitor, session } = visit
    await delivery?.add({ visitor, session }, logEvent(site, line, found.asked, found.origin))
  }

  async function takeText(text: string | null, read: Read, place: Place): Promise<void> {
    tally.line()
    const line = text === null ? null : read(text)
    if (line !== null) return take(line)
    if (text?.trim() === '') tally.empty()
    else tally.broken({ ...place, text })
  }

  return {
    open: file => {
      const read = lineReader(format)
      let number = 0
      return async lines => {
        for (const text of lines) {
          number += 1
          await takeText(text, read, { file, line: number })
        }
      }
    },
    tally: tally.sum,
  }
}

type Read = ReturnType<typeof lineReader>
type Place = Pick<BrokenLine, 'file' | 'line'>

interface Found {
  readonly asked: Asked
  readonly origin: string
}
