import { element, isolated, place, showIn } from './dom.ts'
import type { HandoffNote, PanelState, Person } from './state.ts'
import { clockText, pointsText, sentence, spaced } from './words.ts'

const CELEBRATED = 'goldpan-demo-celebrated'
/** Grains that fall when a lead qualifies; the style sheet places them. */
const GRAINS = 14

/** The moment of the MQL: the note sales gets, celebrated once. */
export function momentView(announce: (text: string) => void): (state: PanelState) => void {
  const card = place('moment')
  const content = element('div')
  card.append(content)
  return ({ person }) => {
    card.hidden = person?.mqlSince == null
    if (!person || person.mqlSince === null) return
    showIn(content, ...note(person))
    const episode = String(person.mqlSince)
    if (sessionStorage.getItem(CELEBRATED) === episode) return
    sessionStorage.setItem(CELEBRATED, episode)
    card.dataset.fresh = 'true'
    card.append(grains())
    card.scrollIntoView({ block: 'nearest' })
    announce(`${nameOf(person)} is now a marketing qualified lead. ${toldText(person.handoff)}.`)
  }
}

const nameOf = ({ name, email }: Person): string => name ?? email ?? 'Somebody'

function note(person: Person): readonly Node[] {
  const { handoff } = person
  const fit = handoff?.fit ?? person.fit.score
  const grade = handoff?.grade ?? person.fit.grade
  const engagement = handoff?.engagement ?? person.engagement
  const about = isolated([person.jobTitle, person.company])
  return [
    element('p', { class: 'moment-kind' }, 'Marketing qualified'),
    element('h2', {}, nameOf(person)),
    element('p', { class: 'moment-about' }, ...about),
    element(
      'dl',
      {},
      pair('Fit', `${pointsText(fit)}, grade ${grade}`),
      pair('Engagement', pointsText(engagement)),
      pair('E-mail', person.email ?? 'none'),
    ),
    element('p', { class: 'moment-why' }, 'Because'),
    element('ol', {}, ...topReasons(person).map(text => element('li', {}, text))),
    element('p', { class: 'moment-told' }, toldText(handoff)),
  ]
}

const pair = (term: string, value: string): HTMLElement =>
  element('div', {}, element('dt', {}, term), element('dd', {}, value))

function topReasons({ handoff, reasons }: Person): readonly string[] {
  const known = handoff && handoff.reasons.length > 0 ? handoff.reasons : reasons
  return [...known]
    .sort((a, b) => b.points - a.points)
    .slice(0, 3)
    .map(reason => `${sentence(spaced(reason.rule))}, ${pointsText(reason.points)} points`)
}

function toldText(handoff: HandoffNote | null): string {
  if (!handoff) return 'The note to sales is on its way'
  if (handoff.status === 'waiting') return 'Waiting for somebody to approve the hand-off'
  if (handoff.status === 'withdrawn') return 'Sales was told, and told again that it no longer holds'
  return handoff.at === null ? 'Sales was told' : `Sales was told at ${clockText(handoff.at)}`
}

function grains(): HTMLElement {
  return element(
    'span',
    { class: 'grains', 'aria-hidden': 'true' },
    ...Array.from({ length: GRAINS }, () => element('i')),
  )
}
