import { isIP } from 'node:net'
import { LIMITS } from '../../../shared/limits.ts'
import type { WireEvent } from '../../../shared/wire.ts'
import { eventIdOf } from '../ids.ts'
import type { LogLine } from './log-line.ts'
import type { Asked } from './target.ts'

/** As much of a user agent as facts keep (ingest/fact.ts). */
const AGENT_CHARS = 512

/**
 * The event of a line. Its id is made of what the line says, and not of how: half a line, or the same request in a log of
 * another format, is the same event. Logs are written to the second, so of one second those that came from elsewhere are
 * folded first: they began the visit.
 * @param origin `https://www.example.com`
 */
export function logEvent(site: string, line: LogLine, asked: Asked, origin: string): WireEvent {
  const { at, address, agent, request, status } = line
  const url = fitting(`${origin}${asked.target}`)
  const referrer = line.referrer === null ? null : fitting(line.referrer)
  const order = referrer?.startsWith(`${origin}/`) ? 1 : 0
  const id = eventIdOf(at, order, [site, 'log', address, at, request, status, line.referrer, agent])
  const sender = {
    ...(isIP(address) !== 0 && { ip: address }),
    ...(agent !== null && { userAgent: agent.slice(0, AGENT_CHARS) }),
  }
  const common = { id, at, context: sender }
  if (asked.kind === 'download') {
    const page = referrer !== null && order === 1 ? { page: { url: referrer } } : {}
    return { ...common, type: 'download', ...page, props: { url } }
  }
  return { ...common, type: 'page_view', page: { url, ...(referrer !== null && { referrer }) } }
}

/** A URL within the limits of the wire: first its query goes, for it says least of the page. */
function fitting(url: string): string {
  const text = url.length > LIMITS.stringChars ? (url.split(/[?#]/, 1)[0] ?? '') : url
  return text.slice(0, LIMITS.stringChars)
}
