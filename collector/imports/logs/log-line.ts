import type { LogTime } from './time.ts'

/** One request as a web server wrote it down, its escapes undone. */
export interface LogLine extends LogTime {
  /** the virtual host, `www.example.com:443`; null: the format has none */
  readonly host: string | null
  /** the client, as logged: an IP address, or a name where the server looked names up */
  readonly address: string
  /** `GET /pricing HTTP/1.1`; whatever a client sent */
  readonly request: string
  readonly status: number
  /** null: none was sent, or the format has none */
  readonly referrer: string | null
  /** empty: none was sent; null: the format has none */
  readonly agent: string | null
}
