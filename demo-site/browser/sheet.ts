import { place, showIn } from './dom.ts'
import type { PanelState } from './state.ts'
import { pointsText, stageName } from './words.ts'

const OPEN = 'goldpan-demo-open'

/** On small screens the panel is a sheet: a line that says the most, and the rest behind a button. */
export function sheetView(): (state: PanelState) => void {
  const toggle = place('toggle')
  const brief = place('brief')
  const panel = toggle.closest<HTMLElement>('.panel')

  const set = (open: boolean): void => {
    toggle.setAttribute('aria-expanded', String(open))
    toggle.textContent = open ? 'Hide' : 'Show'
    if (panel) panel.dataset.open = String(open)
    sessionStorage.setItem(OPEN, String(open))
  }
  set(sessionStorage.getItem(OPEN) === 'true')
  toggle.addEventListener('click', () => set(toggle.getAttribute('aria-expanded') !== 'true'))
  panel?.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || toggle.offsetParent === null) return
    set(false)
    toggle.focus()
  })

  return ({ person }) => {
    const [fit, engagement] = [person?.fit.score ?? 0, person?.engagement ?? 0].map(pointsText)
    showIn(brief, `${stageName(person?.stage ?? 'anonymous')} · fit ${fit} · engagement ${engagement}`)
  }
}
