/** Pictures of long runs: an SVG of its own, light and dark, readable at 360 pixels. */

export const WIDTH = 360
export const MARGIN = 16
export const INNER = WIDTH - 2 * MARGIN

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1c1c22 }
  .title { font-weight: 600; font-size: 14px }
  .quiet { fill: #5b5b66; font-size: 12px }
  .end { text-anchor: end }
  .paper { fill: #ffffff }
  .track { fill: #ececf1 }
  .bar, .dot { fill: #2f6fdb }
  .missed { fill: #b26a00 }
  .open { fill: #9a9aa6 }
  .line { fill: none; stroke: #2f6fdb; stroke-width: 2; stroke-linejoin: round }
  .goal { stroke: #b3261e; stroke-width: 2; stroke-dasharray: 4 3 }
  .axis { stroke: #b9b9c4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f1f1f5 } .quiet { fill: #a9a9b6 } .paper { fill: #17171c } .track { fill: #2b2b34 } .open { fill: #74747f }
    .bar, .dot { fill: #7fb0ff } .line { stroke: #7fb0ff } .missed { fill: #ffb74d } .goal { stroke: #ff8a80 } .axis { stroke: #55555f }
  }`

/** @param label what it shows, for who cannot see it @param parts drawn above each other */
export const svgOf = (label: string, height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
${parts.join('\n')}
</svg>
`

export const titleAt = (top: number, text: string): string =>
  `<text class="title" x="${MARGIN}" y="${top}">${text}</text>`

export interface Chart {
  readonly what: string
  /** at equal distances; what is no number is drawn as nothing */
  readonly values: readonly number[]
  readonly told: (value: number) => string
}

const CHART = 56
/** What a chart takes with its words. */
export const CHART_HEIGHT = CHART + 40

/** A line from zero to the most, so that what is flat looks flat. */
export function chartAt(top: number, { what, values: all, told }: Chart): string {
  const values = all.map(value => (Number.isFinite(value) ? value : 0))
  const most = Math.max(...values, Number.MIN_VALUE)
  const bottom = top + 22 + CHART
  const step = INNER / Math.max(1, values.length - 1)
  const points = values.map(
    (value, nth) => `${(MARGIN + nth * step).toFixed(1)},${(bottom - (value / most) * CHART).toFixed(1)}`,
  )
  return `<g><text x="${MARGIN}" y="${top + 14}">${what}</text>
<text class="quiet end" x="${WIDTH - MARGIN}" y="${top + 14}">${told(values[0] ?? 0)} → ${told(values.at(-1) ?? 0)}, most ${told(most)}</text>
<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${bottom}" y2="${bottom}"/>
<polyline class="line" points="${points.join(' ')}"/></g>`
}
