import { expect, test } from 'vitest'
import { isCredentialForm } from '../../../snippet/forms/credentials.ts'
import { controlsOf } from '../../../snippet/forms/fields.ts'

const isCredential = (html: string): boolean => {
  document.body.innerHTML = html
  const form = document.querySelector('form')
  return !form || isCredentialForm(form, controlsOf(form))
}

const EMAIL = '<input type="email" name="email">'
const PASSWORD = '<input type="password" name="p">'

test.each([
  ['log-in', `<form>${EMAIL}${PASSWORD}</form>`],
  ['log-in by name', `<form><input name="user">${PASSWORD}<input type="checkbox" name="remember"></form>`],
  [
    'log-in with a tenant',
    `<form><input name="org">${EMAIL}<input type="password" autocomplete="current-password"></form>`,
  ],
  ['first step of a log-in', `<form action="/login">${EMAIL}</form>`],
  ['log-in by its id', `<form id="user_login"><input name="a"><input name="b">${PASSWORD}</form>`],
  ['reset request', `<form action="/forgot-password">${EMAIL}</form>`],
  ['reset', `<form action="/password/reset">${EMAIL}${PASSWORD}${PASSWORD}</form>`],
  ['log-in by its button', `<form>${EMAIL}<button>Log in</button></form>`],
  [
    'log-in on a page that leads on to a trial',
    `<form action="/login?next=/trial">${EMAIL}${PASSWORD}</form>`,
  ],
  [
    'log-in with more than one text, by its button',
    `<form action="/sessions/create"><input name="org">${EMAIL}${PASSWORD}<input type="submit" value="Sign on"></form>`,
  ],
  ['new password', `<form>${PASSWORD}${PASSWORD}</form>`],
  [
    'changed password',
    `<form>${EMAIL}<input type="password" autocomplete="current-password">${PASSWORD}${PASSWORD}</form>`,
  ],
])('%s is not recorded', (_, html) => {
  expect(isCredential(html)).toBe(true)
})

test.each([
  ['contact', `<form id="contact">${EMAIL}<textarea name="message"></textarea></form>`],
  ['newsletter', `<form>${EMAIL}</form>`],
  ['sign-up, repeated password', `<form>${EMAIL}${PASSWORD}${PASSWORD}</form>`],
  ['sign-up, new password', `<form>${EMAIL}<input type="password" autocomplete="new-password"></form>`],
  ['sign-up by its address', `<form action="/signup">${EMAIL}${PASSWORD}</form>`],
  ['sign-up by its button', `<form>${EMAIL}${PASSWORD}<input type="submit" value="Create Account"></form>`],
  [
    'sign-up at the log-in',
    `<form id="login-form" action="/users/signup">${EMAIL}${PASSWORD}<button>Sign up</button></form>`,
  ],
  [
    'sign-up at the log-in, repeated password',
    `<form action="/login.php">${EMAIL}${PASSWORD}${PASSWORD}<button type="button">Log in</button><button>Register</button></form>`,
  ],
  ['sign-up that asks more', `<form>${EMAIL}<input name="company">${PASSWORD}</form>`],
  ['a catalogue inquiry', `<form id="catalog-inquiry">${EMAIL}</form>`],
  ['a design inquiry', `<form id="design-inquiry">${EMAIL}</form>`],
  ['disaster recovery', `<form id="disaster-recovery-demo">${EMAIL}</form>`],
])('%s is recorded', (_, html) => {
  expect(isCredential(html)).toBe(false)
})
