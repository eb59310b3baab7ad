import type { WireEvent } from '../../shared/wire.ts'
import { isCredentialForm } from '../forms/credentials.ts'
import { attributesOf, controlsOf, fieldsOf } from '../forms/fields.ts'
import { closest, IGNORED } from '../forms/ignored.ts'
import { type Control, labelOf } from '../forms/labels.ts'
import { asksForSecret, looksSecret } from '../forms/safety.ts'
import { isShown } from '../forms/visibility.ts'

type Words = readonly unknown[]

const STATES: Readonly<Record<string, string>> = {
  granted: 'will be sent',
  denied: 'tracking is refused (an answer, Global Privacy Control or Do Not Track)',
  cookieless: 'cookieless: will be sent without visitor and session',
}

const isEvent = (value: unknown): value is WireEvent => Object(value) === value && Object(value).type

/** What was seen: recorded, or held and why. */
const seen = (event: unknown, state: unknown, isHeld: unknown): Words => {
  const type = isEvent(event) ? event.type : ''
  if (isHeld) {
    const why = state === 'granted' ? 'the path is excluded (data-exclude)' : STATES[`${state}`]
    return [`✗ ${type} not recorded: ${why}`, event]
  }
  const sent =
    type === 'form_submit' && state !== 'granted'
      ? 'will be sent without visitor and session'
      : STATES[`${state}`]
  return [`● ${type}: ${sent ?? 'held in memory until consent is granted'}`, event]
}

/** Of a form that is submitted, field by field: what leaves the browser, and what does not, and why. */
const form = (element: HTMLFormElement): Words => {
  const controls = controlsOf(element)
  if (closest(element, IGNORED)) return ['✗ form not recorded: it is marked data-goldpan-ignore', element]
  if (isCredentialForm(element, controls)) return ['✗ form not recorded: it is a log-in or a reset', element]
  return ['● form', element, Object.fromEntries(controls.map(control => [nameOf(control), fateOf(control)]))]
}

const nameOf = (control: Control): string =>
  control.getAttribute('name') || control.id || labelOf(control) || control.type

const fateOf = (control: Control): string => {
  if (!isShown(control)) return 'held, unless a person typed into it: nobody can see or reach it'
  if (fieldsOf([control]).length > 0) return 'sent'
  const words = {
    ...attributesOf(control, 'name', 'id', 'autocomplete', 'placeholder'),
    label: labelOf(control),
  }
  if (asksForSecret(JSON.stringify(words))) return 'held: its words ask for something sensitive'
  if (looksSecret(control.value.trim())) return 'held: its answer looks like something sensitive'
  return 'held: empty, ignored, disabled, or of a type that holds no answer'
}

/** Tells of every request that takes events to the collector what became of it. */
const watchAnswers = (): void => {
  const native = window.fetch
  window.fetch = async (...request) => {
    const answer = native.apply(window, request)
    const [url, init] = request
    if (/\/v1\/events$/.test(`${url}`)) {
      const events = typesIn(`${init?.body}`)
      const isTaken = await answer.then(({ ok }) => ok).catch(() => false)
      console.info('goldpan', isTaken ? '✓ sent' : '… not taken yet, kept and tried again', events)
    }
    return answer
  }
}

const typesIn = (body: string): unknown => {
  try {
    return JSON.parse(body).events.map(({ type }: WireEvent) => type)
  } catch {
    return body
  }
}

/** What the core says is told by its first word: an event, or an error. */
const explained = ([what, ...words]: Words): Words => {
  return isEvent(what) ? seen(what, words[0], words[1]) : ['! an error, caught:', what]
}

/** Tells on the console what was seen, sent and held, and why: what happened so far, then as it happens. */
export const start = (trace: Words[]): void => {
  const explain = (words: Words): void => console.info('goldpan', ...explained(words))
  trace.splice(0).forEach(explain)
  watchAnswers()
  addEventListener(
    'submit',
    ({ target }) => target instanceof HTMLFormElement && console.info('goldpan', ...form(target)),
    true,
  )
  trace.push = (...more) => {
    more.forEach(explain)
    return 0
  }
}
