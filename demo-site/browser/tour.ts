import { element, place, showIn } from './dom.ts'
import { type ExamplePerson, fillForm, formToFill } from './example-person.ts'
import { recordOf, textOf } from './reading.ts'
import type { HeardEvent, PanelState } from './state.ts'
import { endSession } from './visitor.ts'

interface Step {
  readonly text: string
  readonly href: string
  readonly why: string
  readonly done: (event: HeardEvent) => boolean
}

const formSent =
  (id: string) =>
  ({ type, props }: HeardEvent): boolean =>
    type === 'form_submit' && textOf(recordOf(props.form).id) === id

const STEPS: readonly Step[] = [
  {
    text: 'Read the prices',
    href: '/pricing',
    why: 'Stay ten seconds: attention counts, not the click.',
    done: ({ type, page }) => type === 'page_view' && page?.path === '/pricing',
  },
  {
    text: 'Subscribe to the letter',
    href: '/newsletter',
    why: 'An address makes a lead of an anonymous visitor, and keeps the history.',
    done: formSent('newsletter'),
  },
  {
    text: 'Download the guide',
    href: '/resources',
    why: 'A guide says more than a checklist. Still content interest, not yet product interest.',
    done: ({ type, props }) => type === 'download' && textOf(props.file).includes('guide'),
  },
  {
    text: 'Say who you are',
    href: '/contact',
    why: 'Title, industry and size are the other axis: fit. Until now it was unknown.',
    done: formSent('contact'),
  },
  {
    text: 'Ask for a demo',
    href: '/demo',
    why: 'Product interest from somebody who fits: the moment of the MQL.',
    done: formSent('demo-request'),
  },
]

/** The next of a few suggested steps, ticked off by what was heard, not by what was clicked. */
export function tourView(person: () => ExamplePerson): (state: PanelState) => void {
  const section = place('tour')
  const count = element('span', { class: 'tour-count' })
  const next = element('a')
  const why = element('p', { class: 'tour-why' })
  const fill = element(
    'button',
    { type: 'button', class: 'panel-button panel-button-gold' },
    'Fill in an example person',
  )
  const list = element('ol')
  const items = STEPS.map(step => ({
    step,
    item: element('li', {}, element('a', { href: step.href }, step.text)),
  }))
  list.append(...items.map(({ item }) => item))
  section.append(
    element('h2', {}, 'See a lead become gold ', count),
    element('p', { class: 'tour-next' }, next),
    why,
    fill,
    element('details', {}, element('summary', {}, 'All steps'), list, ...returning()),
  )
  const form = formToFill()
  fill.hidden = form === null
  fill.addEventListener('click', () => form && fillForm(form, person()))

  return ({ events, earlier }) => {
    const done = STEPS.map(step => [...events, ...earlier].some(step.done))
    items.forEach(({ item }, index) => {
      item.dataset.done = String(done[index])
    })
    showIn(count, `${done.filter(Boolean).length} of ${STEPS.length}`)
    const step = STEPS[done.indexOf(false)]
    pointAt(next, step)
    showIn(why, step?.why ?? ALL_DONE_WHY)
  }
}

const ALL_DONE_WHY = 'Start again as a new visitor, or try what must not qualify: careers, a wrong title.'

/** Always the same link, so that it keeps the focus; without an address where it leads nowhere. */
function pointAt(link: HTMLAnchorElement, step: Step | undefined): void {
  const isHere = step?.href === location.pathname
  showIn(link, step ? `${step.text}${isHere ? ', here on this page' : ''}` : 'All five steps done.')
  if (step && !isHere) link.href = step.href
  else link.removeAttribute('href')
}

/** Coming back counts for more than staying: a way to come back without waiting for half an hour. */
function returning(): readonly Node[] {
  const button = element('button', { type: 'button', class: 'panel-button' }, 'Leave and come back')
  button.addEventListener('click', () => {
    endSession()
    location.assign('/')
  })
  const text =
    'Three visits to the prices within two weeks weigh more than one long one. A visit ends after half an hour of silence, or now:'
  return [element('p', { class: 'tour-why' }, text), button]
}
