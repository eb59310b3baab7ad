import { accessSync, constants, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { DAY_MS } from '../shared/time.ts'
import { RETENTION_DEFAULTS, type RetentionPeriods } from './queries/retention.ts'

/** Everything a collector is told from outside. The only reader of the environment makes it: `readConfig`. */
export interface Config {
  /** 0: any free port */
  readonly port: number
  readonly host: string
  /** where the demo site listens: another origin than the collector's */
  readonly demoPort: number
  /** `sqlite:/absolute/path` */
  readonly databaseUrl: string
  /** absolute path of goldpan.yaml */
  readonly modelPath: string
  /** null: one is made at the first start and printed once */
  readonly adminToken: string | null
  /** what people type, without a trailing slash; null: as it listens */
  readonly publicUrl: string | null
  /** `` or `/path`, before every route */
  readonly basePath: string
  /** networks whose X-Forwarded-For is believed */
  readonly trustedProxies: readonly Network[]
  /** key for secrets at rest; null: none is kept */
  readonly secretKey: string | null
  /** absolute path of an MMDB file with countries; null: no address tells one */
  readonly geoDb: string | null
  /** absolute path of a CSV file with companies' address ranges; null: no address tells one */
  readonly companyNetworks: string | null
  readonly quotas: QuotaLimits
  /** how the log is written: for people, or a line of JSON for each thing */
  readonly logFormat: 'text' | 'json'
  /** how long what is kept */
  readonly retention: RetentionPeriods
  /** with less free space where the database is, events are answered 503 */
  readonly minFreeBytes: number
}

/** How much may come in a minute, and as much at once; null: no limit. docs/limits.md */
export interface QuotaLimits {
  /** requests from one address, or one IPv6 /64 */
  readonly address: number | null
  /** requests with one token */
  readonly token: number | null
  /** events of one site from pages, and as many from its servers */
  readonly site: number | null
}

export type Network = ReturnType<typeof ipaddr.parseCIDR>

/**
 * Why the collector cannot start, in words for the person at the terminal: what was expected, what came, how to mend it.
 * Shown without a stack.
 */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}

/** Every variable that is wrong, each with what was expected, what came and how to mend it. */
export class ConfigError extends StartError {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(['The configuration is wrong:', ...problems].join('\n  '))
    this.problems = problems
  }
}

export type Env = Readonly<Record<string, string | undefined>>

/** Who reads a variable: its text, or null, as a value; what it says is wrong goes to `problems`. */
type Reader<T> = (text: string) => T | Wrong
interface Wrong {
  readonly expected: string
  readonly fix: string
}

/**
 * Reads the environment; relative paths are relative to `cwd`. A variable may also come as `…_FILE`, the path of a file
 * that holds it (a mounted secret). An empty variable counts as absent.
 * @throws ConfigError with all problems at once
 */
export function readConfig(env: Env, cwd: string): Config {
  const problems: string[] = []
  function read<T>(name: string, parse: Reader<T>, absent: T): T {
    const text = textOf(env, name, problems)
    if (text === null) return absent
    const parsed = parse(text)
    if (!isWrong(parsed)) return parsed
    const came = SECRET.has(name) ? `${text.length} characters` : JSON.stringify(text)
    problems.push(`${name}: expected ${parsed.expected}, came ${came}. ${parsed.fix}`)
    return absent
  }

  const port = read('PORT', portNumber, 8787)
  const config: Config = {
    port,
    host: read('HOST', hostName, '127.0.0.1'),
    demoPort: read('DEMO_PORT', portNumber, port === 0 ? 0 : port + 1),
    databaseUrl: read(
      'DATABASE_URL',
      text => databaseUrl(text, cwd),
      `sqlite:${resolve(cwd, 'data/goldpan.db')}`,
    ),
    modelPath: read('GOLDPAN_MODEL', text => resolve(cwd, text), resolve(cwd, 'goldpan.yaml')),
    adminToken: read<string | null>('GOLDPAN_ADMIN_TOKEN', secret(8), null),
    publicUrl: read<string | null>('GOLDPAN_PUBLIC_URL', httpUrl, null),
    basePath: read('GOLDPAN_BASE_PATH', basePath, ''),
    trustedProxies: read('GOLDPAN_TRUSTED_PROXIES', networks, []),
    secretKey: read<string | null>('GOLDPAN_SECRET_KEY', secret(32), null),
    geoDb: read<string | null>('GOLDPAN_GEO_DB', readableFile(cwd), null),
    companyNetworks: read<string | null>('GOLDPAN_COMPANY_NETWORKS', readableFile(cwd), null),
    logFormat: read<'text' | 'json'>('GOLDPAN_LOG', logFormat, 'text'),
    quotas: {
      address: read<number | null>('GOLDPAN_QUOTA_ADDRESS', quota, QUOTAS.address),
      token: read<number | null>('GOLDPAN_QUOTA_TOKEN', quota, QUOTAS.token),
      site: read<number | null>('GOLDPAN_QUOTA_SITE', quota, QUOTAS.site),
    },
    retention: read('GOLDPAN_RETENTION', retention, RETENTION_DEFAULTS),
    minFreeBytes: read('GOLDPAN_MIN_FREE_MB', megabytes, 200) * 1_000_000,
  }
  if (port !== 0 && config.demoPort === port)
    problems.push(
      `DEMO_PORT: expected another port than PORT (${port}), came the same. Leave it out for ${port + 1}.`,
    )
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

const SECRET: ReadonlySet<string> = new Set(['GOLDPAN_ADMIN_TOKEN', 'GOLDPAN_SECRET_KEY'])

const isWrong = (value: unknown): value is Wrong =>
  typeof value === 'object' && value !== null && 'expected' in value && 'fix' in value

function textOf(env: Env, name: string, problems: string[]): string | null {
  const direct = env[name] || null
  const path = env[`${name}_FILE`] || null
  if (path === null) return direct
  if (direct !== null) {
    problems.push(`${name}: expected one source, came both ${name} and ${name}_FILE. Unset one of them.`)
    return null
  }
  try {
    return readFileSync(path, 'utf8').trim() || null
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    problems.push(
      `${name}_FILE: expected a readable file, came ${JSON.stringify(path)} (${reason}). Check the path and its permissions.`,
    )
    return null
  }
}

const portNumber: Reader<number> = text =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? Number(text)
    : { expected: 'a port number from 0 to 65535', fix: 'Use 8787, say, or 0 for any free port.' }

/** Our choice: a hundred requests a second from one office, and more than a machine of two cores does (docs/limits.md). */
const QUOTAS: QuotaLimits = { address: 6_000, token: 60_000, site: 3_000_000 }

function quota(text: string): number | null | Wrong {
  if (text === 'off') return null
  return /^[1-9]\d{0,8}$/.test(text)
    ? Number(text)
    : { expected: 'a whole number, how many in a minute, or off', fix: 'Use 6000, say.' }
}

const logFormat: Reader<'text' | 'json'> = text =>
  text === 'text' || text === 'json' ? text : { expected: 'text or json', fix: 'Use json, say.' }

const hostName: Reader<string> = text =>
  /^[\w.:-]+$/.test(text)
    ? text
    : {
        expected: 'an address or host name to listen on',
        fix: 'Use 127.0.0.1 for this machine only, 0.0.0.0 for all networks.',
      }

function databaseUrl(text: string, cwd: string): string | Wrong {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(text)?.[1]
  if (path === undefined)
    return {
      expected: 'sqlite:<path>',
      fix: 'Use sqlite:data/goldpan.db; other engines are not in this release.',
    }
  return path === ':memory:' ? text : `sqlite:${resolve(cwd, path)}`
}

const secret =
  (minChars: number): Reader<string> =>
  text =>
    text.length >= minChars && /^[\x21-\x7e]+$/.test(text)
      ? text
      : {
          expected: `at least ${minChars} visible ASCII characters without spaces`,
          fix: 'Make one with `openssl rand -base64 32`.',
        }

const readableFile =
  (cwd: string): Reader<string> =>
  text => {
    const path = resolve(cwd, text)
    try {
      accessSync(path, constants.R_OK)
      return path
    } catch {
      return {
        expected: 'the path of a readable file',
        fix: 'Check the path and its permissions, or unset it.',
      }
    }
  }

function httpUrl(text: string): string | Wrong {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === ''
    ? url.href.replace(/\/+$/, '')
    : { expected: 'an http(s) address without query', fix: 'Use https://go.example.com, say.' }
}

function basePath(text: string): string | Wrong {
  const path = text.replace(/\/+$/, '')
  return path === '' || /^(?:\/[\w.~-]+)+$/.test(path)
    ? path
    : { expected: 'a path that starts with /', fix: 'Use /goldpan, say.' }
}

const megabytes: Reader<number> = text =>
  /^\d{1,9}$/.test(text)
    ? Number(text)
    : { expected: 'a number of megabytes', fix: 'Use 200, say, or 0 to go on until the disk is full.' }

/** `anonymous=30d leads=never`: what is not named keeps its default. */
function retention(text: string): RetentionPeriods | Wrong {
  const periods: { -readonly [name in keyof RetentionPeriods]: RetentionPeriods[name] } = {
    ...RETENTION_DEFAULTS,
  }
  for (const part of text.split(/[\s,]+/).filter(part => part !== '')) {
    const [, name, days] = /^(quarantine|anonymous|leads)=(?:(\d{1,5})d|never)$/.exec(part) ?? []
    const periodMs = days === undefined ? null : Number(days) * DAY_MS
    if (name === 'quarantine') periods.quarantineMs = periodMs
    else if (name === 'anonymous') periods.anonymousMs = periodMs
    else if (name === 'leads') periods.leadsMs = periodMs
    else
      return {
        expected: 'periods for quarantine, anonymous and leads, in days or never',
        fix: `Mend ${JSON.stringify(part)}: use anonymous=90d leads=730d quarantine=never, say.`,
      }
  }
  return periods
}

function networks(text: string): readonly Network[] | Wrong {
  const parts = text.split(/[\s,]+/).filter(part => part !== '')
  const parsed: Network[] = []
  for (const part of parts) {
    const cidr = ipaddr.isValidCIDR(part)
      ? part
      : ipaddr.isValid(part)
        ? `${part}/${part.includes(':') ? 128 : 32}`
        : null
    if (cidr === null)
      return {
        expected: 'networks in CIDR notation, separated by commas',
        fix: `Mend ${JSON.stringify(part)}: use 10.0.0.0/8, say.`,
      }
    parsed.push(ipaddr.parseCIDR(cidr))
  }
  return parsed
}
