import { expect, test } from 'vitest'
import { filledTrap } from '../../collector/enrich/fields.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'
import { fact } from '../enrich/fixtures.ts'
import { CARD, PASSWORD, useWorld } from './world.ts'

const world = useWorld()

/** Marks what no body may hold: the world fails a test whose bodies hold `private`. */
const SECRET = 'value="private"'

type Form = readonly [what: string, fields: string, traits?: Readonly<Record<string, string>>]

/** Submits each form as its page would, and gives what came of it: its props, or nothing. */
const submitted = async (forms: readonly Form[]) => {
  await world.open(
    forms.map(([, fields], at) => `<form id="f${at}">${fields}<button>Send</button></form>`).join('\n'),
  )
  await world.page.evaluate(() => {
    addEventListener('submit', event => event.preventDefault())
    for (const input of document.querySelectorAll<HTMLInputElement>('[data-filled]'))
      input.value = input.dataset.filled ?? ''
    for (const form of document.querySelectorAll('form')) form.requestSubmit()
  })
  await world.fence()
  const events = world.collector.kept('form_submit')
  return forms.map(
    (_, at) => events.find(({ props }) => JSON.stringify(props?.form).includes(`"f${at}"`))?.props,
  )
}

const traitsIn = (props: Readonly<Record<string, unknown>> = {}) =>
  Object.fromEntries(traitsOf(fact({ type: 'form_submit', props })).map(({ name, value }) => [name, value]))

const EMAIL = '<label>E-mail <input type="email" name="e" value="ann@acme.example"></label>'
const ONLY_EMAIL = { email: 'ann@acme.example' }

test('what is sensitive never leaves, whatever it is called, and the rest does', async () => {
  const secrets: readonly string[] = [
    `<label>Card number <input type="tel" name="a1" ${SECRET}></label>`,
    `<input type="tel" name="a2" value="${CARD}">`,
    `<textarea name="note">Take it from ${CARD} please</textarea>`,
    `<input name="f" autocomplete="section-pay cc-number" ${SECRET}>`,
    `<input name="f" autocomplete="one-time-code" ${SECRET}>`,
    `<label>Expires <select name="exp_month"><option>private</option></select></label>`,
    `<table><tr><td>Verification code</td><td><input name="x1" ${SECRET}></td></tr></table>`,
    `<p>Card holder and such</p> Bank account: <br> <input name="x2" ${SECRET}>`,
    `<span id="by">PIN</span><input aria-labelledby="by" name="x3" ${SECRET}>`,
    `<label>Last four digits of your SSN <input name="q" ${SECRET}></label>`,
    `<input name="applicantSSN" ${SECRET}>`,
    `<label>National ID <input name="checkout[nid]" ${SECRET}></label>`,
    `<label>ЕГН <input name="n" ${SECRET}></label>`,
    `<label>Codice fiscale <input name="cf" ${SECRET}></label>`,
    `<input name="authenticity_token" ${SECRET}><input name="access_token" ${SECRET}>`,
    `<input type="text" name="k" value="hidden-token-9f86d081884c7d659a2feaa0">`,
  ]
  const props = await submitted(secrets.map(html => [html, html + EMAIL]))
  expect(props.map(traitsIn)).toEqual(secrets.map(() => ONLY_EMAIL))
})

test('fields nobody reaches are not sent, however robots fill them', async () => {
  const unseen = 'name="website" data-filled="private"'
  const traps: readonly string[] = [
    `<label>Website <input ${unseen} autocomplete="off" tabindex="-1"></label>`,
    `<div aria-hidden="true"><input ${unseen}></div>`,
    `<div style="position:absolute;left:-5000px"><input ${unseen}></div>`,
    `<input ${unseen} style="position:absolute;clip:rect(0,0,0,0);width:1px;height:1px;border:0;padding:0">`,
    `<div style="opacity:0"><input ${unseen}></div>`,
    `<div style="visibility:hidden"><input ${unseen}></div>`,
    `<div hidden><input ${unseen}></div>`,
    `<div class="ohnohoney"><label>Name <input ${unseen}></label></div>`,
    `<div class="gform_validation_container"><label>Name <input ${unseen}></label></div>`,
  ]
  const props = await submitted(traps.map(html => [html, html + EMAIL]))
  expect(props.map(traitsIn)).toEqual(traps.map(() => ONLY_EMAIL))
})

test('a trap that people see and leave is no trait; a robot fills it and is told by it', async () => {
  const traps: readonly string[] = [
    '<label>Should be empty <input name="email2" value="robot@spam.example"></label>',
    '<label>Name <input name="hp_name" value="Robot"></label>',
    '<label>Оставьте это поле пустым <input name="company" value="Robot Ltd"></label>',
    '<input name="b_0123456789abcdef0123456789_ab12cd34ef" value="Robot" placeholder="Name">',
  ]
  const props = await submitted([...traps.map((html): Form => [html, html + EMAIL]), ['none', EMAIL]])
  expect(props.map(traitsIn)).toEqual([...traps, ''].map(() => ONLY_EMAIL))
  expect(props.map(given => filledTrap(given ?? {}) !== null)).toEqual([...traps.map(() => true), false])
})

const SEEN_THROUGH: readonly Form[] = [
  [
    'a salutation called Title beside a job title',
    '<label>Title <select name="prefix1"><option>Dr</option></select></label><label>Title <input name="title" value="CTO"></label><label>Name <input name="n" value="Ann"></label>',
    { fullName: 'Ann', jobTitle: 'CTO' },
  ],
  [
    'opaque names, words in cells',
    '<table><tr><td>Ваше имя*:</td><td><input name="tfa_15" value="Анна"></td></tr><tr><td>Организация</td><td><input name="00N2" value="Акме"></td></tr></table>',
    { fullName: 'Анна', company: 'Акме' },
  ],
  [
    'one name on both, an id that contradicts, invalid types',
    '<label>Full name <input name="c" value="Ann Lee"></label><label>Phone <input name="c" type="phone" value="+359 2 1234567"></label><input type="email" id="inputPassword3" value="ann@acme.example">',
    { ...ONLY_EMAIL, fullName: 'Ann Lee', phone: '+35921234567' },
  ],
  [
    'a homoglyph, no name, a placeholder only',
    '<input name="соmpany" value="Acme"><input type="mail" placeholder="Work e-mail" value="ann@acme.example">',
    { ...ONLY_EMAIL, company: 'Acme' },
  ],
  [
    'two people, the second after a heading',
    '<label>E-mail <input name="a" value="ann@acme.example"></label><h3>Second attendee</h3><label>E-mail <input name="b" value="bo@acme.example"></label>',
    ONLY_EMAIL,
  ],
  [
    'fax, VAT, LinkedIn and revenue',
    '<label>Fax <input type="tel" name="f" value="+359 2 7654321"></label><label>VAT <input name="v" value="BG123"></label><label>LinkedIn <input type="url" name="l" value="https://l.example/in/ann"></label><label>Annual revenue <input name="r" value="5M"></label>',
    { revenue: '5M' },
  ],
]

test('real traits are seen through strange fields', async () => {
  const props = await submitted(SEEN_THROUGH)
  expect(props.map(traitsIn)).toEqual(SEEN_THROUGH.map(([, , traits]) => traits))
})

const LEAD = `${EMAIL}<input type="password" value="${PASSWORD}">`

test('who signs up is a lead, who logs in is not: the button says it before the address does', async () => {
  const props = await submitted([
    ['sign-up on the address of the log-in', `${LEAD}<input type="submit" value="Create account">`],
    ['sign-up in Cyrillic', `${LEAD}<input type="submit" value="Регистрация">`],
    [
      'log-in',
      `${LEAD}<label>Tenant <input name="t" value="acme"></label><input type="submit" value="Log in">`,
    ],
    ['first step of a log-in', `${EMAIL}<input type="submit" value="Sign in">`],
  ])
  expect(props.map(given => given !== undefined)).toEqual([true, true, false, false])
  expect(props.slice(0, 2).map(traitsIn)).toEqual([ONLY_EMAIL, ONLY_EMAIL])
})
