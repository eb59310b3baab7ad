import type { WireEvent } from '../../shared/wire.ts'
import { controlsOf, fieldsOf } from '../forms/fields.ts'

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

/** Of a form, field by field: what would leave the browser, and what would not. */
const form = (element: unknown, isHeld: unknown): Words => {
  if (isHeld)
    return ['✗ form not recorded: it is marked data-goldpan-ignore, or it is a login or a reset', element]
  const controls = element instanceof HTMLFormElement ? controlsOf(element) : []
  const held = controls.filter(control => fieldsOf([control]).length === 0)
  return [
    '● form; held back: empty, not safe to send, or marked',
    held.map(field => field.getAttribute('name') || field.id || field.type),
  ]
}

/** What became of a request. */
const answer = (isDone: unknown, batch: unknown): Words => {
  const events = Array.isArray(batch) ? batch.map(event => event?.type) : []
  return isDone ? ['✓ sent', events] : ['… not taken yet, kept and tried again', events]
}

const EXPLAIN: Readonly<Record<string, (...words: Words) => Words>> = {
  seen,
  form,
  answer,
  error: error => ['! an error, caught:', error],
}

/** Tells on the console what was seen, sent and held, and why: what happened so far, then as it happens. */
export const start = (trace: Words[]): void => {
  const explain = ([what, ...words]: Words): void =>
    console.info('goldpan', ...(EXPLAIN[`${what}`]?.(...words) ?? words))
  trace.splice(0).forEach(explain)
  trace.push = (...more) => {
    more.forEach(explain)
    return 0
  }
}
