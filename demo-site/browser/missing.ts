import { element, place, showIn } from './dom.ts'
import type { PanelState } from './state.ts'

/** Stages in which the question "what is missing for an MQL" is open. */
const OPEN: ReadonlySet<string> = new Set(['anonymous', 'lead', 'nurturing'])

/** What still keeps this person from qualifying, in the collector's words. */
export function missingView(): (state: PanelState) => void {
  const section = place('missing')
  const list = place('missing-list')
  return ({ person }) => {
    const open = person !== null && OPEN.has(person.stage) && person.missing.length > 0
    section.hidden = !open
    showIn(list, ...(open ? person.missing.map(text => element('li', {}, text)) : []))
  }
}
