import { element, isolated, place, showIn } from './dom.ts'
import type { PanelState } from './state.ts'
import { stageMeaning, stageName } from './words.ts'

const WAY: readonly string[] = ['anonymous', 'lead', 'mql', 'sal', 'sales_qualified', 'customer']

/** The funnel as a track, and who this is below it. */
export function stageView(): (state: PanelState) => void {
  const track = place('track')
  const person = place('person')
  const steps = WAY.map(stage =>
    element('li', {}, element('abbr', { title: stageMeaning(stage) }, stageName(stage))),
  )
  track.append(...steps)

  return state => {
    const stage = state.person?.stage ?? 'anonymous'
    const reached = WAY.indexOf(stage)
    steps.forEach((item, index) => {
      item.dataset.state = index < reached ? 'passed' : index === reached ? 'here' : 'ahead'
      if (index === reached) item.setAttribute('aria-current', 'step')
      else item.removeAttribute('aria-current')
    })
    showIn(person, ...personText(state, reached < 0 ? stageName(stage) : null))
  }
}

function personText({ person, events }: PanelState, aside: string | null): readonly (Node | string)[] {
  if (!person?.email) return [events.length > 0 ? 'Somebody, seen in this browser' : 'Nobody yet']
  const about = isolated([person.jobTitle, person.company])
  return [
    element('b', {}, person.name ?? person.email),
    ...(about.length > 0 ? [element('span', {}, ...about)] : []),
    ...(person.name ? [element('span', {}, person.email)] : []),
    ...(aside ? [element('span', { class: 'aside' }, aside)] : []),
  ]
}
