/** What `GET /metrics` tells, by name and labels as written: `goldpan_memory_bytes{kind="rss"}`. */
export interface Figures {
  /** @returns 0 for what was not counted yet */
  of(name: string): number
  /** of a histogram: the upper end of the bucket that the quantile lies in */
  quantile(histogram: string, share: number): number
}

export function figuresIn(text: string): Figures {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const values = new Map(
    lines.map(line => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))] as const
    }),
  )
  const of = (name: string): number => values.get(name) ?? 0
  return {
    of,
    quantile: (histogram, share) => {
      const wanted = of(`${histogram}_count`) * share
      const head = `${histogram}_bucket{le="`
      const reached = [...values].find(([name, count]) => name.startsWith(head) && count >= wanted)
      return Number(reached?.[0].slice(head.length, -2).replace('+Inf', 'Infinity') ?? Number.NaN)
    },
  }
}
