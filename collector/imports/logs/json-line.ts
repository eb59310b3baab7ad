import type { LogLine } from './log-line.ts'
import { type LogTime, timeIn, timeOfNumber } from './time.ts'

/** What nginx (`log_format … escape=json`), Caddy, Traefik and others call each part; the first that is there counts. */
const NAMES = {
  address:
    'remote_addr remote_ip client_ip clientip client_addr ip remote_address clienthost clientaddr remote_host',
  time: 'time_iso8601 time_local @timestamp timestamp time ts msec starttime startutc start_time date',
  request: 'request request_line',
  method: 'request_method method requestmethod verb http_method',
  target: 'request_uri uri requestpath path url target request_path',
  status: 'status status_code downstreamstatus originstatus response_code response code',
  agent: 'http_user_agent user_agent useragent agent user-agent request_user-agent',
  referrer: 'http_referer referer referrer request_referer http_referrer',
  host: 'http_host host server_name requesthost vhost virtual_host',
} as const

type Part = keyof typeof NAMES
const NAMES_OF: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NAMES).map(([part, names]) => [part, names.split(' ')]),
)

/** A line that is a JSON object, or null when it is none or lacks what a request needs. */
export function jsonLine(text: string): LogLine | null {
  const fields = fieldsIn(text)
  const find = (part: Part): string | number | undefined =>
    NAMES_OF.get(part)?.flatMap(name => fields.get(name) ?? [])[0]
  const when = timeOf(find('time'))
  const [address = ''] = String(find('address') ?? '').split(/[,\s]/, 1)
  const status = Number(find('status'))
  const request = find('request') ?? requestOf(find('method'), find('target'))
  if (when === null || address === '' || !Number.isInteger(status) || request === null) return null
  const textAt = (part: Part): string | null => {
    const value = find(part)
    return value === undefined || value === '-' ? null : String(value)
  }
  return {
    ...when,
    address,
    status,
    request: String(request),
    host: textAt('host') || null,
    referrer: textAt('referrer') || null,
    // the servers write empty fields as "" or leave them out
    agent: textAt('agent') ?? '',
  }
}

const requestOf = (method: string | number | undefined, target: string | number | undefined) =>
  method === undefined || target === undefined ? null : `${method} ${target}`

function timeOf(value: string | number | undefined): LogTime | null {
  if (value === undefined) return null
  const number = Number(value)
  return Number.isFinite(number) ? timeOfNumber(number) : timeIn(String(value))
}

/** Fields by lower-case name. Caddy puts the client's into `request`, and its headers, as lists, into `request.headers`. */
function fieldsIn(text: string): ReadonlyMap<string, string | number> {
  try {
    // of two with one name the outer counts
    return new Map(plainFields(JSON.parse(text), DEPTH).reverse())
  } catch {
    return new Map()
  }
}

const DEPTH = 2

type Field = readonly [name: string, value: string | number]

function plainFields(value: unknown, depth: number): Field[] {
  if (typeof value !== 'object' || value === null) return []
  const fields = Object.entries(value).map(([name, field]) => [
    name.toLowerCase(),
    Array.isArray(field) ? field[0] : field,
  ])
  const inner = depth === 0 ? [] : fields.flatMap(([, field]) => plainFields(field, depth - 1))
  return [...fields.flatMap(([name, field]) => plainField(name, field)), ...inner]
}

const plainField = (name: string, value: unknown): readonly Field[] =>
  typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
