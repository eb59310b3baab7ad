import type { FormField } from '../../shared/events.ts'
import { FORM_FIELDS, VALUE_CHARS, WORDS_CHARS } from '../limits.ts'
import { type Control, labelOf } from './labels.ts'
import { asksForSecret, looksSecret } from './safety.ts'

/** A form, a field, a link or anything around them that the page wants left alone. */
export const IGNORED = '[data-goldpan-ignore]'

/** Those of the attributes that the element has. Not its properties: an input named "id" stands in for `form.id`. */
export const attributesOf = <N extends string>(
  element: Element,
  ...names: readonly N[]
): { [K in N]?: string } => {
  const found: { [K in N]?: string } = {}
  for (const name of names) {
    const text = element.getAttribute(name)?.slice(0, WORDS_CHARS)
    if (text) found[name] = text
  }
  return found
}

/** What a person can fill in, of everything that belongs to the form, wherever it stands in the page. */
export const controlsOf = (form: HTMLFormElement): readonly Control[] =>
  [...form.elements].filter((element): element is Control => element.matches('input,select,textarea'))

/** What the person wrote or chose; of a select the text they saw, since values are often numbers of some database. */
const answerOf = (control: Control): string =>
  'selectedOptions' in control
    ? [...control.selectedOptions].map(({ value, text }) => value && text).join(', ')
    : control.value.trim()

/** Types of controls that hold a person's answer: not passwords, files, hidden values, buttons. */
const ANSWERS = /^(text|email|tel|url|number|search|select|date|radio|checkbox)/

/** The field as it may be sent, or nothing: it is empty, or it is not sure to be safe. */
const fieldOf = (control: Control): FormField | readonly [] => {
  const { type } = control
  const value = answerOf(control).slice(0, VALUE_CHARS)
  const trait = control.getAttribute('data-goldpan-field')
  const words = {
    ...attributesOf(control, 'name', 'id', 'autocomplete', 'placeholder'),
    label: labelOf(control).slice(0, WORDS_CHARS),
    ...(trait && { trait }),
  }
  // an input of type email holds nothing but an address, whatever it is named
  const isSafe = type === 'email' || !(asksForSecret(JSON.stringify(words)) || looksSecret(value))
  const isAnswer =
    value &&
    ANSWERS.test(type) &&
    !control.matches(':disabled,[type=radio]:not(:checked),[type=checkbox]:not(:checked)') &&
    !control.closest(IGNORED)
  return isSafe && isAnswer ? { ...words, type, value } : []
}

/** The fields of a form that are safe to send, with their answers. */
export const fieldsOf = (controls: readonly Control[]): FormField[] =>
  controls.flatMap(fieldOf).slice(0, FORM_FIELDS)
