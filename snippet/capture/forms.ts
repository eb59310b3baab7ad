import { guard, listen } from '../edge.ts'
import { isCredentialForm } from '../forms/credentials.ts'
import { attributesOf, controlsOf, fieldsOf, IGNORED } from '../forms/fields.ts'
import { isShown } from '../forms/visibility.ts'
import { SAME_WITHIN_MS } from '../limits.ts'
import { bareUrl } from '../page.ts'
import { record } from '../record.ts'

/** Controls a person wrote in or chose from. */
const typed = new WeakSet<EventTarget>()
let last = ''
let lastAt = 0

/** Pages that stop a submit, check something and call `form.submit()` do both, and people click twice: it counts once. */
const submitted = guard((form: HTMLFormElement) => {
  const controls = controlsOf(form)
  if (form.closest(IGNORED) || isCredentialForm(form, controls)) return
  const action = bareUrl(form.getAttribute('action') ?? '').replace(`${location.origin}/`, '/')
  const fields = fieldsOf(controls.filter(control => typed.has(control) || isShown(control)))
  const props = { form: { ...attributesOf(form, 'id', 'name'), action }, fields }
  const text = JSON.stringify(props)
  const now = Date.now()
  if (text === last && now - lastAt < SAME_WITHIN_MS) return
  last = text
  lastAt = now
  record('form_submit', props)
})

/** Records every form when it is submitted, by the person or by the page; where a page forbids the patch, by the person. */
export const watchForms = guard(() => {
  listen(({ isTrusted, target }) => {
    if (isTrusted && target) typed.add(target)
  }, 'input')
  listen(({ target }) => {
    if (target instanceof HTMLFormElement) void submitted(target)
  }, 'submit')
  const { prototype } = HTMLFormElement
  const native = prototype.submit
  prototype.submit = function () {
    void submitted(this)
    native.call(this)
  }
})
