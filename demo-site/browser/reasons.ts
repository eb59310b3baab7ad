import { element, keyedList, place, type Row, showIn } from './dom.ts'
import type { PanelState, Reason } from './state.ts'
import { pointsText, sentence, spaced } from './words.ts'

interface ReasonLine {
  readonly reason: Reason
  /** 0 to 1, of the largest on show */
  readonly share: number
}

/** The score rule by rule, the weightiest first. */
export function reasonsView(): (state: PanelState) => void {
  const show = keyedList<ReasonLine>(
    place('reasons'),
    ({ reason }) => `${reason.axis}:${reason.rule}`,
    reasonRow,
  )
  const empty = place('reasons-empty')
  return ({ person }) => {
    const reasons = [...(person?.reasons ?? [])].sort((a, b) => b.points - a.points)
    const largest = Math.max(1, ...reasons.map(reason => Math.abs(reason.points)))
    show(reasons.map(reason => ({ reason, share: Math.abs(reason.points) / largest })))
    empty.hidden = reasons.length > 0
  }
}

/** How often and how much was cut: what the points alone do not say. */
function detailOf({ count, capped, axis }: Reason): string {
  const times = axis === 'engagement' && count > 1 ? `${count} times` : ''
  const cut = capped === 0 ? '' : `${pointsText(Math.abs(capped))} cut by the cap`
  return [times, cut].filter(Boolean).join(', ')
}

function reasonRow(): Row<ReasonLine> {
  const name = element('span', { class: 'reason-name' })
  const detail = element('span', { class: 'reason-detail' })
  const points = element('span', { class: 'reason-points' })
  const fill = element('i', { class: 'fill' })
  const row = element(
    'li',
    { class: 'reason' },
    name,
    detail,
    points,
    element('span', { class: 'meter', 'aria-hidden': 'true' }, fill),
  )
  return {
    element: row,
    show: ({ reason, share }) => {
      row.dataset.axis = reason.points < 0 ? 'against' : reason.axis
      showIn(name, sentence(spaced(reason.rule)))
      showIn(detail, detailOf(reason))
      showIn(points, `${reason.points > 0 ? '+' : ''}${pointsText(reason.points)}`)
      fill.style.inlineSize = `${share * 100}%`
    },
  }
}
