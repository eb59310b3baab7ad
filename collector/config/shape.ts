import type ipaddr from 'ipaddr.js'
import type { RetentionPeriods } from '../queries/retention.ts'

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
