import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { DAY_MS } from '../../shared/time.ts'
import { RETENTION_DEFAULTS, type RetentionPeriods } from '../queries/retention.ts'
import type { Network, QuotaLimits } from './shape.ts'

/** How the text of each variable becomes a value. */

/** Who reads a variable: its text, or null, as a value; what it says is wrong goes to `problems`. */
export type Reader<T> = (text: string) => T | Wrong
export interface Wrong {
  readonly expected: string
  readonly fix: string
}

export const isWrong = (value: unknown): value is Wrong =>
  typeof value === 'object' && value !== null && 'expected' in value && 'fix' in value

export const portNumber: Reader<number> = text =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? Number(text)
    : { expected: 'a port number from 0 to 65535', fix: 'Use 8787, say, or 0 for any free port.' }

/** Our choice: a hundred requests a second from one office, and more than a machine of two cores does (docs/limits.md). */
export const QUOTAS: QuotaLimits = { address: 6_000, token: 60_000, site: 3_000_000 }

export function quota(text: string): number | null | Wrong {
  if (text === 'off') return null
  return /^[1-9]\d{0,8}$/.test(text)
    ? Number(text)
    : { expected: 'a whole number, how many in a minute, or off', fix: 'Use 6000, say.' }
}

export const logFormat: Reader<'text' | 'json'> = text =>
  text === 'text' || text === 'json' ? text : { expected: 'text or json', fix: 'Use json, say.' }

export const hostName: Reader<string> = text =>
  /^[\w.:-]+$/.test(text)
    ? text
    : {
        expected: 'an address or host name to listen on',
        fix: 'Use 127.0.0.1 for this machine only, 0.0.0.0 for all networks.',
      }

export function databaseUrl(text: string, cwd: string): string | Wrong {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(text)?.[1]
  if (path === undefined)
    return {
      expected: 'sqlite:<path>',
      fix: 'Use sqlite:data/goldpan.db; other engines are not in this release.',
    }
  return path === ':memory:' ? text : `sqlite:${resolve(cwd, path)}`
}

export const secret =
  (minChars: number): Reader<string> =>
  text =>
    text.length >= minChars && /^[\x21-\x7e]+$/.test(text)
      ? text
      : {
          expected: `at least ${minChars} visible ASCII characters without spaces`,
          fix: 'Make one with `openssl rand -base64 32`.',
        }

export const readableFile =
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

export function httpUrl(text: string): string | Wrong {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === ''
    ? url.href.replace(/\/+$/, '')
    : { expected: 'an http(s) address without query', fix: 'Use https://go.example.com, say.' }
}

export function basePath(text: string): string | Wrong {
  const path = text.replace(/\/+$/, '')
  return path === '' || /^(?:\/[\w.~-]+)+$/.test(path)
    ? path
    : { expected: 'a path that starts with /', fix: 'Use /goldpan, say.' }
}

export const megabytes: Reader<number> = text =>
  /^\d{1,9}$/.test(text)
    ? Number(text)
    : { expected: 'a number of megabytes', fix: 'Use 200, say, or 0 to go on until the disk is full.' }

/** `anonymous=30d leads=never`: what is not named keeps its default. */
export function retention(text: string): RetentionPeriods | Wrong {
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

export function networks(text: string): readonly Network[] | Wrong {
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

/** The widest that may be one's own are 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
const WIDEST_BITS = { ipv4: 8, ipv6: 7 } as const

/** What is allowed, and most likely a mistake: in words for the operator, or null. */
export function trustWarning(trusted: readonly Network[]): string | null {
  const wide = trusted.filter(([address, bits]) => bits < WIDEST_BITS[address.kind()])
  if (wide.length === 0) return null
  const named = wide.map(([address, bits]) => `${address.toString()}/${bits}`).join(', ')
  return `GOLDPAN_TRUSTED_PROXIES: expected the networks of your own proxies, came ${named}. Whoever connects from there can name any address as a sender's, and get round the quotas. Name the proxies alone.`
}
