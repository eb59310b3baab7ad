import type { Control } from './marks.ts'

/** What runs inside the page: each function is sent there as text and may use nothing from outside itself. */

/** What the page has, in the order of `querySelectorAll('input,select,textarea')`. */
export const describeControls = (): readonly Control[] =>
  [...document.querySelectorAll<HTMLInputElement>('input,select,textarea')].map(control => ({
    type: control.type,
    inForm: !!control.form,
  }))

export interface Filling {
  readonly idx: number
  readonly value: string
  /** what is not typed but chosen: its text or value must carry the mark too */
  readonly marksChoice: boolean
}

/** Fills in every field, whether it is to be seen or not, and ticks every box. Gives back what stands there then. */
export const fillIn = (fillings: readonly Filling[]): readonly string[] => {
  const controls = [
    ...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input,select,textarea'),
  ]
  const choose = (select: HTMLSelectElement, { value, marksChoice }: Filling): string => {
    const options = [...select.options]
    const option =
      options.find(({ value, text, disabled }) => value && text.trim() && !disabled) ?? options.at(-1)
    const chosen = marksChoice || !option ? new Option(value, value) : option
    if (chosen !== option) select.add(chosen)
    for (const other of options) other.selected = false
    chosen.selected = true
    return chosen.text
  }
  const tick = (box: HTMLInputElement, { value, marksChoice }: Filling): string => {
    if (marksChoice) box.value = value
    box.checked = true
    return box.value
  }
  return fillings.map(filling => {
    const control = controls[filling.idx]
    if (!control || /file|submit|button|image|reset/.test(control.type)) return ''
    if (control instanceof HTMLSelectElement) return choose(control, filling)
    if (/radio|checkbox/.test(control.type)) return tick(control, filling)
    control.value = filling.value
    return control.value
  })
}

export type Way = 'ajax' | 'submit()' | 'native'

/** Submits every form of the page: stopped as pages do that send it themselves, by `form.submit()`, or by its button. */
export const submitForms = (way: Way): void => {
  const BUTTON = ['button:not([type=button],[type=reset])', 'input[type=submit]', 'input[type=image]']
    .map(button => `${button}:not([disabled])`)
    .join()
  const { submit, requestSubmit } = HTMLFormElement.prototype
  const stop = (event: Event): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  /** what is sent elsewhere finds nobody: then the page stays */
  const isOwn = (form: Element): boolean =>
    new URL(form.getAttribute('action') ?? '', location.href).origin === location.origin
  const press = (form: HTMLFormElement): void => {
    const button = form.querySelector<HTMLElement>(BUTTON)
    if (button) button.click()
    else requestSubmit.call(form)
  }
  /** made-up values need not suit every pattern */
  const lift = (form: Element): void => {
    const rules = ['required', 'pattern', 'minlength', 'maxlength', 'min', 'max', 'step']
    for (const control of form.querySelectorAll('input,select,textarea'))
      for (const rule of rules) control.removeAttribute(rule)
  }
  const send = (form: HTMLFormElement): void => {
    if (way === 'ajax') form.addEventListener('submit', stop, { once: true })
    if (way === 'native') press(form)
    else (way === 'ajax' ? requestSubmit : submit).call(form)
  }
  for (const form of document.querySelectorAll('form')) {
    lift(form)
    form.setAttribute('target', way === 'native' && isOwn(form) ? '_self' : 'sink')
    send(form)
  }
}
