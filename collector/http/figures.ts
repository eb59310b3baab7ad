/** Figures in the text format of Prometheus, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/). */

type Labels = Readonly<Record<string, string>>

interface Counter {
  add(labels?: Labels, more?: number): void
}

export interface Histogram {
  observe(value: number): void
}

/** One line a value; `help` and kind before the first. */
export interface Gauge {
  readonly name: string
  readonly help: string
  readonly values: readonly (readonly [labels: Labels, value: number])[]
}

export interface Figures {
  /** @param from what is there from the start, at zero, so that its first increase is seen */
  counter(name: string, help: string, from?: readonly Labels[]): Counter
  /** @param bounds upper ends of the buckets, ascending; one without an end is added */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram
  /** Everything counted so far, and what is measured now. */
  text(now: readonly Gauge[]): string
}

export function openFigures(): Figures {
  const writers: (() => readonly string[])[] = []
  return {
    counter: (name, help, from = []) => {
      const sums = new Map(from.map(labels => [written(labels), 0]))
      writers.push(() => [
        ...head(name, help, 'counter'),
        ...[...sums].map(([label, sum]) => `${name}${label} ${sum}`),
      ])
      return {
        add: (labels = {}, more = 1) =>
          void sums.set(written(labels), (sums.get(written(labels)) ?? 0) + more),
      }
    },
    histogram: (name, help, bounds) => {
      const counts = bounds.map(() => 0)
      let [sum, count] = [0, 0]
      writers.push(() => [
        ...head(name, help, 'histogram'),
        ...bounds.map((bound, nth) => `${name}_bucket{le="${bound}"} ${counts[nth]}`),
        `${name}_bucket{le="+Inf"} ${count}`,
        `${name}_sum ${sum}`,
        `${name}_count ${count}`,
      ])
      return {
        observe: value => {
          sum += value
          count += 1
          for (const [nth, bound] of bounds.entries())
            if (value <= bound) counts[nth] = (counts[nth] ?? 0) + 1
        },
      }
    },
    text: gauges => {
      const measured = gauges.flatMap(({ name, help, values }) => [
        ...head(name, help, 'gauge'),
        ...values.map(([labels, value]) => `${name}${written(labels)} ${value}`),
      ])
      return `${[...writers.flatMap(write => write()), ...measured].join('\n')}\n`
    },
  }
}

const head = (name: string, help: string, kind: string): readonly string[] => [
  `# HELP ${name} ${help.replace(/[\\\n]/g, escaped)}`,
  `# TYPE ${name} ${kind}`,
]

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escaped)}"`,
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (char: string): string => (char === '\n' ? '\\n' : `\\${char}`)
