/** What a person can fill in. */
export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** The visible name of a control: its labels, else its aria-label; empty when it has none. */
export const labelOf = (control: Control): string => {
  const text = [...(control.labels ?? [])].map(label => label.textContent).join(' ')
  // a label around a select is not its options
  const label = text.replace(control.textContent, '').trim() || control.getAttribute('aria-label')
  return (label ?? '').replace(/\s+/g, ' ').trim()
}
