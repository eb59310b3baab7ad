/** What a person can fill in: an input, a select or a text area, and what only some of them have. */
export interface Control extends HTMLElement {
  readonly type: string
  readonly name: string
  readonly value: string
  readonly autocomplete: string
  readonly disabled: boolean
  readonly form: HTMLFormElement | null
  readonly labels: NodeListOf<HTMLLabelElement> | null
  readonly checked?: boolean
  readonly defaultValue?: string
  readonly selectedOptions?: HTMLCollectionOf<HTMLOptionElement>
}

/**
 * The visible name of a control: its labels, else its aria-label, else the last line that is written between it and the
 * control before, or the form's beginning.
 */
export const labelOf = (control: Control, before?: Control): string => {
  const range = document.createRange()
  range.setStart(before ?? control.form ?? control, 0)
  range.setEndBefore(control)
  // a label around a select is not its options
  const labels = [...(control.labels ?? [])].map(label => label.textContent.replace(control.textContent, ''))
  const label = `${labels}` || control.getAttribute('aria-label') || `${range}`.trim().replace(/.*\n/s, '')
  return label.trim()
}
