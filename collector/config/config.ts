import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { RETENTION_DEFAULTS } from '../queries/retention.ts'
import type { Config } from './shape.ts'
import { ConfigError } from './start-error.ts'
import {
  basePath,
  databaseUrl,
  hostName,
  httpUrl,
  isWrong,
  logFormat,
  megabytes,
  networks,
  portNumber,
  QUOTAS,
  quota,
  type Reader,
  readableFile,
  retention,
  secret,
} from './values.ts'

export type Env = Readonly<Record<string, string | undefined>>

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
