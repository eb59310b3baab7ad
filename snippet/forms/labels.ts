/** What a person can fill in. */
export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The visible name of a control: its labels, else aria-labelledby, else aria-label; empty when it has none. */
export const labelOf = (control: Control): string => {
  const ids = control.getAttribute('aria-labelledby')?.split(' ') ?? []
  const labels = control.labels?.length ? [...control.labels] : ids.map(id => document.getElementById(id))
  const text = labels.map(label => label?.textContent).join(' ')
  // a label around a select is not its options
  return tidy(text.replace(control.textContent, '')) || tidy(control.getAttribute('aria-label') ?? '')
}
