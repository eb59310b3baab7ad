/** What `GET /metrics` tells, by name and labels as written: `goldpan_memory_bytes{kind="rss"}`. */
export interface Figures {
  /** @returns 0 for what was not counted yet */
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
  return { of: name => values.get(name) ?? 0 }
}
