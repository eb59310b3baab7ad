import type { Clock } from '../contracts/clock.ts'
import { maskPersonal } from '../ingest/mask.ts'

export type LogFormat = 'json' | 'text'

type Fields = Readonly<Record<string, string | number>>

/** What the operator is told. Never personal data: who logs does not know what a message of another library holds. */
export interface Log {
  /** said in `json` alone: at a terminal it is noise */
  info(event: string, message: string, fields?: Fields): void
  warn(event: string, message: string, fields?: Fields): void
}

export interface LogOptions {
  readonly format: LogFormat
  readonly clock: Clock
  readonly write: (line: string) => void
}

/**
 * One line for each thing: `{"time", "level", "event", "message", …}`, or the message alone. Addresses, numbers, tokens and
 * keys are masked in all of it.
 */
export function openLog({ format, clock, write }: LogOptions): Log {
  const say = (level: 'info' | 'warn', event: string, message: string, fields: Fields = {}): void => {
    const masked = maskSecrets(message)
    if (format === 'text') {
      if (level === 'warn') write(masked)
      return
    }
    const kept = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskSecrets(value) : value,
    ])
    write(
      JSON.stringify({
        time: new Date(clock()).toISOString(),
        level,
        event,
        message: masked,
        ...Object.fromEntries(kept),
      }),
    )
  }
  return {
    info: (event, message, fields) => say('info', event, message, fields),
    warn: (event, message, fields) => say('warn', event, message, fields),
  }
}

const SECRET = /\b(gp|sk|pk_live|pk_test)_[\w-]{8,}/g
const IPV4 = /\b(?!127\.|0\.0\.0\.0)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b/g
/** Quoted in messages of JSON.parse and of drivers: a part of what came. */
const JSON_EXCERPT = /(Unexpected (?:token|non-whitespace|end)[^"]*)".*" is not valid JSON/gs

const maskSecrets = (text: string): string =>
  maskPersonal(
    text
      .replace(JSON_EXCERPT, '$1[…] is not valid JSON')
      .replace(SECRET, '$1_[secret]')
      .replace(IPV4, '$1.0'),
  )
