import type { FormField } from '../../shared/events.ts'
import { VALUE_CHARS, WORDS_CHARS } from '../limits.ts'
import { closest, IGNORED } from './ignored.ts'
import { type Control, labelOf } from './labels.ts'
import { asksForSecret, looksSecret } from './safety.ts'

/**
 * Those of the attributes that the element has, without the query an address may hold. Not its properties: an input
 * named "id" stands in for `form.id`.
 */
export const attributesOf = <N extends string>(
  element: Element,
  ...names: readonly N[]
): { [K in N]?: string } => {
  const found: { [K in N]?: string } = {}
  for (const name of names) {
    const text = element.getAttribute(name)?.replace(/\?.*/, '')
    if (text) found[name] = text
  }
  return found
}

/** What a person can fill in, of everything that belongs to the form, wherever it stands; `form.elements` may be a field. */
export const controlsOf = (form: HTMLFormElement): readonly Control[] =>
  [...(form.getRootNode() as ParentNode).querySelectorAll<Control>('input,select,textarea')].filter(
    control => control.form === form && !control.matches(':disabled'),
  )

/** Types of controls that hold no answer of a person's: password, file, hidden, submit, button, image, reset. */
const NO_ANSWER = /^(su|re|[fhbip])/

/** What the person wrote or chose; of a select the text they saw, since values are often numbers of some database. */
const answerOf = ({ value, selectedOptions }: Control): string =>
  `${selectedOptions ? [...selectedOptions].map(option => option.value && option.text) : value}`.trim()

/** The field as it may be sent, or nothing: it is empty, or it is not sure to be safe. */
const fieldOf = (control: Control, i: number, controls: readonly Control[]): FormField | readonly [] => {
  const { type, checked } = control
  const value = answerOf(control).slice(0, VALUE_CHARS)
  const words = {
    ...attributesOf(control, 'name', 'id', 'autocomplete', 'placeholder', 'data-goldpan-field'),
    label: labelOf(control, controls[i - 1]).slice(0, WORDS_CHARS),
  }
  // an input of type email holds nothing but an address, whatever it is named
  const isSafe = type === 'email' || !(asksForSecret(JSON.stringify(words)) || looksSecret(value))
  return value &&
    isSafe &&
    (checked || !/^(ra|ch)/.test(type)) &&
    !NO_ANSWER.test(type) &&
    !closest(control, IGNORED)
    ? { ...words, type, value }
    : []
}

/** The fields of a form that are safe to send, with their answers. */
export const fieldsOf = (controls: readonly Control[]): FormField[] => controls.flatMap(fieldOf)
