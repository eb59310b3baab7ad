/** What `GET /metrics` tells, by name and labels as written: `goldpan_memory_bytes{kind="rss"}`. */
export interface Figures {
  /** @throws Error when there is none of that name: one that was renamed is no 0 */
  of(name: string): number
}

export function figuresIn(text: string): Figures {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const values = new Map(
    lines.map(line => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))] as const
    }),
  )
  return {
    of: name => {
      const value = values.get(name)
      if (value === undefined) throw new Error(`expected ${name} among the metrics`)
      return value
    },
  }
}
