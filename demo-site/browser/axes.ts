import { element, place, showIn, svgElement } from './dom.ts'
import type { PanelState, Person } from './state.ts'
import { pointsText } from './words.ts'

/** The square's side and the margin for its labels, in SVG units. */
const SIDE = 150
const MARGIN = 24
/** Points at the far end of each axis; a higher score stays on the edge (our choice: a model's grades end near it). */
const FULL = 100

const along = (points: number): number => (Math.min(FULL, Math.max(0, points)) / FULL) * SIDE

/** Fit to the right, engagement upwards, the corner of the MQL in gold where the definition names both bars. */
export function axesView(): (state: PanelState) => void {
  const zone = svgElement('rect', { class: 'zone' })
  const bars = svgElement('path', { class: 'bars' })
  const trail = svgElement('path', { class: 'trail' })
  const dot = svgElement(
    'g',
    { class: 'dot-place' },
    svgElement('circle', { class: 'halo', r: '11' }),
    svgElement('circle', { class: 'grain', r: '5.5' }),
  )
  const picture = chart(zone, bars, trail, dot)
  const fit = axisNumber('Fit', 'who they are', 'fit')
  const engagement = axisNumber('Engagement', 'what they do', 'engagement')
  place('axes').append(picture, element('div', { class: 'numbers' }, engagement.element, fit.element))

  return ({ person, bar }) => {
    const x = along(person?.fit.score ?? 0)
    const y = SIDE - along(person?.engagement ?? 0)
    dot.style.transform = `translate(${x}px, ${y}px)`
    trail.setAttribute('d', `M${x} ${SIDE}V${y}M0 ${y}H${x}`)
    picture.dataset.mql = String(person?.mqlSince != null)
    drawBars(zone, bars, bar)
    fit.show(person?.fit.score ?? 0, bar.fit, fitNote(person))
    engagement.show(person?.engagement ?? 0, bar.engagement, null)
    picture.setAttribute(
      'aria-label',
      `Fit ${pointsText(person?.fit.score ?? 0)}, engagement ${pointsText(person?.engagement ?? 0)} of ${FULL}`,
    )
  }
}

const fitNote = (person: Person | null): string | null =>
  person && (person.fit.known ? `grade ${person.fit.grade}` : 'unknown')

function chart(...content: readonly Node[]): SVGSVGElement {
  const grid = svgElement('path', { class: 'grid', d: `M${SIDE / 2} 0V${SIDE}M0 ${SIDE / 2}H${SIDE}` })
  const frame = svgElement('rect', { class: 'frame', width: String(SIDE), height: String(SIDE), rx: '8' })
  const labels = [
    svgElement(
      'text',
      { class: 'axis-label', x: String(SIDE), y: String(SIDE + 13), 'text-anchor': 'end' },
      'fit →',
    ),
    svgElement(
      'text',
      { class: 'axis-label', x: '0', y: '-13', transform: `rotate(-90)`, 'text-anchor': 'end' },
      'engagement →',
    ),
  ]
  const inner = svgElement('g', { transform: `translate(${MARGIN} 8)` }, frame, grid, ...content, ...labels)
  return svgElement(
    'svg',
    { class: 'chart', viewBox: `0 0 ${SIDE + MARGIN + 8} ${SIDE + MARGIN + 8}`, role: 'img' },
    inner,
  )
}

function drawBars(zone: SVGRectElement, bars: SVGPathElement, bar: PanelState['bar']): void {
  const x = bar.fit === null ? null : along(bar.fit)
  const y = bar.engagement === null ? null : SIDE - along(bar.engagement)
  bars.setAttribute('d', `${x === null ? '' : `M${x} 0V${SIDE}`}${y === null ? '' : `M0 ${y}H${SIDE}`}`)
  zone.setAttribute('x', String(x ?? 0))
  zone.setAttribute('width', String(x === null ? 0 : SIDE - x))
  zone.setAttribute('height', String(y ?? 0))
}

function axisNumber(name: string, meaning: string, axis: string) {
  const value = element('span', { class: 'value' })
  const rest = element('span', { class: 'rest' })
  const meter = element('i', { class: 'fill' })
  const box = element(
    'div',
    { class: 'number', 'data-axis': axis },
    element('p', { class: 'number-name' }, element('b', {}, name), ` ${meaning}`),
    element('p', { class: 'number-value' }, value, rest),
    element('span', { class: 'meter', 'aria-hidden': 'true' }, meter),
  )
  return {
    element: box,
    show: (points: number, bar: number | null, note: string | null) => {
      showIn(value, pointsText(points))
      showIn(rest, [note, bar === null ? null : `MQL from ${bar}`].filter(Boolean).join(', '))
      meter.style.inlineSize = `${(along(points) / SIDE) * 100}%`
    },
  }
}
