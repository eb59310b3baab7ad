import { getDomainWithoutSuffix, getPublicSuffix } from 'tldts'
import { withParents } from './parents.ts'

/**
 * Looks hosts up in a list of hosts and brands: a host is found under itself, a parent of it, or `brand.*`, the brand under
 * any public suffix (`maps.brand.*`, a part of it). What is written out goes before `*`, and the nearest before the rest.
 */
export function hostTable<T>(
  entries: Iterable<readonly [pattern: string, value: T]>,
): (host: string) => T | null {
  const table = new Map(entries)
  return host => {
    for (const name of withParents(host)) {
      const value = table.get(name)
      if (value !== undefined) return value
    }
    for (const name of withParents(withoutSuffix(host))) {
      const value = table.get(`${name}.*`)
      if (value !== undefined) return value
    }
    return null
  }
}

/** `maps.brand` of `maps.brand.co.uk`; the host itself when it is no domain. */
function withoutSuffix(host: string): string {
  const suffix = getDomainWithoutSuffix(host) ? getPublicSuffix(host) : null
  return suffix ? host.slice(0, -suffix.length - 1) : ''
}
