import { TRAIT_NAMES } from '../../shared/traits.ts'
import { controlsOf } from '../forms/fields.ts'
import type { Control } from '../forms/labels.ts'

/** `Company-Size` is companySize: as the collector reads names (collector/queries/profile.ts). */
const simple = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '')

const TRAITS = new Map(TRAIT_NAMES.map(name => [simple(name), name]))

/** Which trait a control asks for: what the page's owner says, else what its name says; undefined: none that may be hidden. */
const fieldOf = (control: Control): string | undefined =>
  control.matches('[data-goldpan-keep],[type=hidden],[type=submit],[type=button],[type=image],[type=reset]')
    ? undefined
    : control.getAttribute('data-goldpan-field') || TRAITS.get(simple(control.getAttribute('name') ?? ''))

/** The controls of each field, in the order in which the form asks. */
const fieldsIn = (form: HTMLFormElement): ReadonlyMap<string, readonly Control[]> => {
  const fields = new Map<string, Control[]>()
  for (const control of controlsOf(form)) {
    const field = fieldOf(control)
    if (field) fields.set(field, [...(fields.get(field) ?? []), control])
  }
  return fields
}

export const fieldNames = (form: HTMLFormElement): readonly string[] => [...fieldsIn(form).keys()]

/** Whether somebody is at it, or something is filled in already: what one sees while writing does not go away. */
export const isBegun = (form: HTMLFormElement): boolean =>
  [...fieldsIn(form).values()]
    .flat()
    .some(
      control =>
        control === document.activeElement ||
        (control.defaultValue !== undefined && control.value !== control.defaultValue),
    )

/** Hides the fields that are known, but for the first where all are: a form asks for something. */
export const showOnly = (form: HTMLFormElement, unknown: readonly string[]): void => {
  const fields = [...fieldsIn(form)]
  const known = fields.filter(([name]) => !unknown.includes(name))
  for (const [, controls] of known.length === fields.length ? known.slice(1) : known) controls.forEach(hide)
}

/** Disabled, it is neither sent nor asked for by `required`. */
const hide = (control: Control): void => {
  for (const element of [control, ...(control.labels ?? [])]) {
    element.hidden = true
    // a page's own rule for inputs is stronger than the attribute
    element.style.setProperty('display', 'none', 'important')
  }
  control.toggleAttribute('disabled', true)
}
