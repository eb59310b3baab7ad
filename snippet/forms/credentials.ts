import { attributesOf } from './fields.ts'
import type { Control } from './labels.ts'

const LOGIN = /(\b|_)(log.?in|sign.?in|reset)|forgot|passw/i
const SIGN_UP = /sign.?up|regist|create|join|trial/i

/**
 * Whether the form lets a known person in or changes a password: that is nobody's lead and is not recorded. A sign-up
 * also asks for a password, but for a new one (repeated, or marked so) or for more about the person.
 */
export const isCredentialForm = (form: HTMLFormElement, controls: readonly Control[]): boolean => {
  const words = JSON.stringify(attributesOf(form, 'id', 'name', 'action'))
  const kinds = controls.map(({ type, autocomplete }) => `${type} ${autocomplete}`).join()
  const count = (kind: RegExp): number => kinds.split(kind).length - 1
  const passwords = count(/password /)
  const isSignUp = passwords > 1 || /new-p/.test(kinds) || SIGN_UP.test(words)
  const needsTexts = passwords ? (isSignUp ? 1 : 2) : 0
  return LOGIN.test(words) || /current-p/.test(kinds) || count(/(?:text|email|tel|url) /) < needsTexts
}
