/** A domain or host and what it lies under: `a.b.c`, `b.c`, `c`. */
export function withParents(name: string): readonly string[] {
  const parts = name.split('.')
  return parts.map((_, at) => parts.slice(at).join('.'))
}
