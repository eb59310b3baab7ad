import { describe, expect, test } from 'vitest'
import { controlsOf, fieldsOf } from '../../../snippet/forms/fields.ts'

const fieldsIn = (html: string) => {
  document.body.innerHTML = `<form id="f">${html}</form>`
  const form = document.querySelector('form')
  return form ? fieldsOf(controlsOf(form)) : []
}
/** As the collector keeps it: on one line. */
const labelIn = (html: string): string | undefined => fieldsIn(html)[0]?.label?.replace(/\s+/g, ' ')
const valueIn = (html: string): string | undefined => fieldsIn(html)[0]?.value

describe('what a field says of itself', () => {
  test('its attributes and its answer, only those it has', () => {
    expect(
      fieldsIn(
        '<input id="c" name="org" autocomplete="organization" placeholder="Company" data-goldpan-field="company" value=" Acme ">',
      ),
    ).toEqual([
      {
        name: 'org',
        id: 'c',
        autocomplete: 'organization',
        placeholder: 'Company',
        label: '',
        'data-goldpan-field': 'company',
        type: 'text',
        value: 'Acme',
      },
    ])
  })

  test.each([
    ['<label for="a">Your\n  company *</label><input id="a" value="x">', 'Your company *'],
    ['<label>Team size <select><option value="1">1–10</option></select> people</label>', 'Team size people'],
    ['<label for="a">One</label><label for="a">two</label><input id="a" value="x">', 'One,two'],
    ['<input aria-label="Phone" value="x">', 'Phone'],
    ['<input value="x">', ''],
    ['<p>About you</p>\n<td>Your name:</td> <td><input value="x"></td>', 'Your name:'],
    ['Contact\n<b>E-mail</b> <span>*</span><input value="x">\nPhone', 'E-mail *'],
  ])('its label: %s', (html, label) => {
    expect(labelIn(html)).toBe(label)
  })

  test('what is written before the field before is not its label', () => {
    expect(
      fieldsIn('One <input value="1"> two <input value="2"><input value="3">').map(({ label }) => label),
    ).toEqual(['One', 'two', ''])
  })

  test('long labels are cut, long answers less', () => {
    const [field] = fieldsIn(`<label>${'l'.repeat(500)}<input value="${'v'.repeat(9_000)}"></label>`)
    expect([field?.label?.length, field?.value.length]).toEqual([160, 8_192])
  })

  test('of an attribute that is an address nothing of its query', () => {
    const [field] = fieldsIn('<input name="https://acme.example/?email=ann" value="x">')
    expect(field?.name).toBe('https://acme.example/')
  })
})

describe('the answer', () => {
  test.each([
    ['<select><option value="">Choose</option><option value="7" selected>51–200</option></select>', '51–200'],
    ['<select multiple><option selected>a</option><option selected>b</option></select>', 'a,b'],
    ['<input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked>', 'b'],
    ['<input type="checkbox" value="news" checked>', 'news'],
    ['<textarea>Hello</textarea>', 'Hello'],
    ['<input type="tel" value="+359 88 123 4567">', '+359 88 123 4567'],
    ['<input type="email" id="inputPassword3" value="ann@acme.example">', 'ann@acme.example'],
  ])('%s', (html, value) => {
    expect(valueIn(html)).toBe(value)
  })

  test('a message may speak of passwords and cards', () => {
    expect(valueIn('<textarea name="message">I lost my password and bank card token</textarea>')).toContain(
      'password',
    )
  })

  test('controls outside the form that belong to it are asked too', () => {
    document.body.innerHTML =
      '<form id="f"></form><input form="f" name="a" value="x"><input name="b" value="y">'
    const form = document.querySelector('form')
    expect(form && fieldsOf(controlsOf(form)).map(({ name }) => name)).toEqual(['a'])
  })
})

describe('what never leaves', () => {
  test.each([
    '<input type="password" value="x">',
    '<input type="hidden" value="x">',
    '<input type="submit" value="x">',
    '<input type="radio" value="x">',
    '<input type="checkbox" value="x">',
    '<input value="  ">',
    '<input value="x" disabled>',
    '<input value="x" data-goldpan-ignore>',
    '<div data-goldpan-ignore><p><input value="x"></p></div>',
  ])('by kind: %s', html => {
    expect(fieldsIn(html)).toEqual([])
  })

  test.each([
    'name="password_visible"',
    'name="userPwd"',
    'name="cardNumber"',
    'name="cc-exp"',
    'name="cc"',
    'name="CVV2"',
    'name="card_cvc"',
    'name="expiry"',
    'name="x" autocomplete="cc-number"',
    'name="x" autocomplete="one-time-code"',
    'name="iban"',
    'name="account_number"',
    'name="ssn"',
    'name="customer_ssn_last4"',
    'name="user_egn"',
    'aria-label="ЕГН"',
    'aria-label="Парола"',
    'aria-label="National ID"',
    'aria-label="Passport no."',
    'aria-label="Kennwort"',
    'aria-label="Contraseña"',
    'name="otp"',
    'name="x" placeholder="SMS / security code"',
    'name="authenticity_token"',
    'name="csrfmiddlewaretoken"',
    'name="g-recaptcha-response"',
    'name="pin"',
    'name="iban" data-goldpan-field="company"',
    'name="applicantSSN"',
    'name="exp_month"',
    'name="ExpYear"',
    'name="txtPinCode"',
    'name="x" placeholder="MM / YY"',
    'name="confirmation_code"',
    'aria-label="Codice fiscale"',
    'name="cpf"',
    'name="x" autocomplete="cc-name"',
  ])('by name: %s', attributes => {
    expect(fieldsIn(`<input ${attributes} value="x">`)).toEqual([])
  })

  test.each([
    'name="company"',
    'name="shipping_city"',
    'name="pinterest"',
    'name="businessname"',
    'name="authority"',
    'name="account_name"',
    'name="promo_code"',
    'name="zip" placeholder="Postcode"',
    'name="vat"',
    'aria-label="Director of security"',
    'aria-label="Secretary"',
    'name="opinion"',
    'name="ccount"',
    'name="experience"',
    'name="x" placeholder="+359 2 123 4567"',
    'name="comments"',
    'name="expected_start"',
    'name="x" autocomplete="cc-given-name"',
  ])('but not for a look-alike: %s', attributes => {
    expect(fieldsIn(`<input ${attributes} value="x">`)).toHaveLength(1)
  })

  test.each([
    '4111 1111 1111 1111',
    '378282246310005',
    'BG80 BNBG 9661 1020 3456 78',
    'DE89370400440532013000',
    'my card is 4111-1111-1111-1111, thank you',
    '078-05-1120',
    'd41d8cd98f00b204e9800998ecf8427e',
    '6f1ed002-ab5f-4b0a-9d5f-0a1b2c3d4e5f',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  ])('by the shape of the value: %s', value => {
    expect(fieldsIn(`<input name="note" value="${value}">`)).toEqual([])
  })

  test.each([
    '+359 2 123 45 67',
    '0049 151 2345678',
    'Unter den Linden 77',
    '2026-01-05',
    '+359 2 123 45 67, +359 2 123 45 68',
    'https://www.acme.example/a-rather-long-page-name-24',
    'Donaudampfschifffahrtsgesellschaft',
    '150 000',
    'AB12 3CD',
  ])('but not a value like %s', value => {
    expect(valueIn(`<input name="note" value="${value}">`)).toBe(value)
  })
})
