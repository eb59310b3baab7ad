import { guard, handler, listen } from '../edge.ts'
import { isCredentialForm } from '../forms/credentials.ts'
import { attributesOf, controlsOf, fieldsOf } from '../forms/fields.ts'
import { closest, IGNORED } from '../forms/ignored.ts'
import type { Control } from '../forms/labels.ts'
import { isShown } from '../forms/visibility.ts'
import { record } from '../record.ts'
import { recordDeclared } from './declared.ts'

/** Controls a person wrote in or chose from, and forms that were submitted. */
export const typed = new WeakSet<EventTarget>()
/** Controls that were once a password, whatever the page makes of them to show it. */
const secrets = new WeakSet<EventTarget>()
/** The answers sent last. */
let last = ''

/** What may be recorded of the form: its controls; nothing of one that lets somebody in or is to be left alone. */
export const recordable = (form: HTMLFormElement): readonly Control[] | undefined => {
  const controls = controlsOf(form)
  return closest(form, IGNORED) || isCredentialForm(form, controls) ? undefined : controls
}

/** Pages that stop a submit, check something and call `form.submit()` do both, and people click twice: it counts once. */
const submitted = guard((form: HTMLFormElement) => {
  const controls = recordable(form)
  if (!controls) return
  const isMeant = (control: Control): boolean =>
    !secrets.has(control) && (typed.has(control) || isShown(control))
  const props = {
    form: attributesOf(form, 'id', 'name', 'action'),
    fields: fieldsOf(controls.filter(isMeant)),
  }
  const text = JSON.stringify(props)
  if (text === last) return
  last = text
  typed.add(form)
  // only a robot fills in what nobody can see: which of these are traps the collector knows by their names
  const traps = controls.flatMap(control =>
    isMeant(control) || control.value === control.defaultValue ? [] : control.name,
  )
  record('form_submit', { ...props, traps })
  recordDeclared(form)
})

const onSubmit = handler(event => {
  const form = event.composedPath()[0] as HTMLFormElement
  // a page that checks by itself says no by stopping the event: wait for its word
  if (form.noValidate && form.matches(':invalid')) setTimeout(() => event.defaultPrevented || submitted(form))
  else void submitted(form)
})

/** A submit event stays within its shadow root. */
const watchRoots = handler(event => {
  for (const node of event.composedPath()) if (node instanceof ShadowRoot) listen(node, { submit: onSubmit })
})

const onInput = handler(event => {
  watchRoots(event)
  const control = event.composedPath()[0] as Control
  if (event.isTrusted) (control.type === 'password' ? secrets : typed).add(control)
})

/**
 * Records every form of a window when it is submitted, by the person or by the page, in shadow roots, too; where a page
 * forbids the patch, by the person.
 */
export const watchForms = guard((view: Window & typeof globalThis) => {
  listen(view, { submit: onSubmit, input: onInput, click: watchRoots })
  const { prototype } = view.HTMLFormElement
  const native = prototype.submit
  prototype.submit = function () {
    void submitted(this)
    native.call(this)
  }
})
