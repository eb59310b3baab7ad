import { attributesOf } from './fields.ts'
import type { Control } from './labels.ts'

const LOGIN = /(\b|_)((log|sign).?[io]n|reset)|forgot|passw/i
const SIGN_UP = /sign.?up|re[gj]i[sz]|create|join|trial|scri|регистр/i

/**
 * Whether the form lets a known person in or changes a password: that is nobody's lead and is not recorded. A sign-up
 * also asks for a password, but says what it is (its button, else the form's own words), or asks for a new one (repeated,
 * or marked so) or for more about the person.
 */
export const isCredentialForm = (form: HTMLFormElement, controls: readonly Control[]): boolean => {
  const button = form.querySelector<HTMLButtonElement>('[type=submit],button:not([type])')
  const said = [
    `${button?.value} ${button?.textContent}`,
    JSON.stringify(attributesOf(form, 'id', 'name', 'action')),
  ].find(text => LOGIN.test(text) !== SIGN_UP.test(text))
  const kinds = `${controls.map(({ type, autocomplete }) => `${type} ${autocomplete}`)}`
  // of text, tel, textarea, email, url
  const texts = kinds.match(/\b(te|em|ur)\w* /g) ?? ''
  const isSignUp = /word .*word |new-p/.test(kinds) || SIGN_UP.test(`${said}`)
  return (
    /current-p/.test(kinds) ||
    LOGIN.test(`${said}`) ||
    (/word /.test(kinds) && texts.length < (isSignUp ? 1 : 2))
  )
}
