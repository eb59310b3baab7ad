import { isIP } from 'node:net'
import { unescaped } from './escapes.ts'
import { jsonLine } from './json-line.ts'
import type { LogLine } from './log-line.ts'
import { timeIn } from './time.ts'

/** `auto` looks at each line; the others take only lines of their kind. */
export const LOG_FORMATS = ['auto', 'combined', 'common', 'vhost', 'json'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

/** `client - - [time] "request" status bytes`, and what follows. */
const QUOTED = '"([^"\\\\]*(?:\\\\.[^"\\\\]*)*)"'
const LINE = new RegExp(`^([^"\\[]*) \\[([^\\]]{10,40})\\] ${QUOTED} (\\d{3}) (?:\\d+|-)(?= |$)`)
/** Some log times and sizes before them. */
const REFERRER_AND_AGENT = new RegExp(`^(?: [\\d.:-]+){0,6} ${QUOTED} ${QUOTED}`)

/**
 * Reads the lines of one log. Once a line has named a user agent, one without is half a line (written while the log was
 * rotated, say), not one of the common format.
 * @returns null for what is no line of such a log
 */
export function lineReader(format: LogFormat): (text: string) => LogLine | null {
  let mustHaveAgent = format === 'combined'
  return text => {
    const isJson = format === 'json' || (format === 'auto' && text.startsWith('{'))
    const line = isJson ? jsonLine(text) : textLine(text, format)
    if (line === null || (line.agent === null && mustHaveAgent)) return null
    mustHaveAgent ||= line.agent !== null && format !== 'common'
    return line
  }
}

function textLine(text: string, format: LogFormat): LogLine | null {
  const found = LINE.exec(text)
  if (!found) return null
  const [all, head = '', time = '', request = '', status] = found
  const when = timeIn(time)
  const who = clientIn(head.split(' ').filter(Boolean), format)
  if (when === null || who === null) return null
  const [, referrer, agent] = REFERRER_AND_AGENT.exec(text.slice(all.length)) ?? []
  return {
    ...when,
    ...who,
    request: unescaped(request),
    status: Number(status),
    referrer: unescaped(referrer ?? '').replace(/^-$/, '') || null,
    agent: agent === undefined ? null : unescaped(agent).replace(/^-$/, ''),
  }
}

/** The words before the time: client, identity and user, perhaps behind a virtual host; users may hold spaces. */
function clientIn(words: readonly string[], format: LogFormat): Pick<LogLine, 'host' | 'address'> | null {
  const hasHost = format === 'vhost' || (format === 'auto' && beginsWithHost(words))
  const [client, ...rest] = hasHost ? words.slice(1) : words
  if (client === undefined || rest.length < 2) return null
  const [address = ''] = client.split(',', 1)
  return { host: (hasHost && words[0]) || null, address: address.replace(IPV4_PORT, '$1') }
}

const IPV4_PORT = /^(\d+(?:\.\d+){3}):\d+$/
const HOST_AND_PORT = /^[\w.-]+:\d{1,5}$/

const beginsWithHost = ([first = '', , identity, ...rest]: readonly string[]): boolean =>
  rest.length > 0 && (HOST_AND_PORT.test(first) || (rest.length === 1 && identity === '-' && isName(first)))

const isName = (word: string): boolean => /^[\w.-]+$/.test(word) && isIP(word) === 0
