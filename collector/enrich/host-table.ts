import { getDomainWithoutSuffix } from 'tldts'

/**
 * Looks hosts up in a list of hosts and brands: a host is found under itself, a parent of it, or `brand.*`, the brand
 * under any public suffix. The nearest wins.
 */
export function hostTable<T>(
  entries: Iterable<readonly [pattern: string, value: T]>,
): (host: string) => T | null {
  const table = new Map(entries)
  return host => {
    for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
      const value = table.get(name)
      if (value !== undefined) return value
    }
    return table.get(`${getDomainWithoutSuffix(host) ?? ''}.*`) ?? null
  }
}
