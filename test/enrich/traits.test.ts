import fc from 'fast-check'
import { expect, test } from 'vitest'
import { traitsOf } from '../../collector/enrich/traits.ts'
import type { FormField } from '../../shared/events.ts'
import { AT, fact, submit } from './fixtures.ts'

type Expected = Readonly<Record<string, string | number | boolean>>

const said = (fields: readonly FormField[]): Expected =>
  Object.fromEntries(traitsOf(submit(fields)).map(({ name, value }) => [name, value]))

const FORMS: readonly (readonly [what: string, fields: readonly FormField[], expected: Expected])[] = [
  [
    'English, by label',
    [
      { label: 'First name *', name: 'input_1.3', value: ' Ada ' },
      { label: 'Last name', name: 'input_1.6', value: 'Lovelace' },
      { label: 'Work email', name: 'tfa_15', value: 'ADA@Engine.example' },
      { label: 'Company', name: '00N2000000A', value: 'Engine Ltd' },
      { label: 'Number of employees', type: 'select-one', name: 'entry.123', value: '50-200' },
      { label: 'How can we help?', type: 'textarea', name: 'q7', value: 'Rebranding' },
    ],
    {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@engine.example',
      company: 'Engine Ltd',
      companySize: '50-200',
      message: 'Rebranding',
    },
  ],
  [
    'German: Name beside Vorname is the last name',
    [
      { label: 'Anrede', name: 'prefix1', type: 'select-one', value: 'Frau' },
      { label: 'Vorname', name: 'vn', value: 'Lise' },
      { label: 'Name', name: 'nn', value: 'Meitner' },
      { label: 'E-Mail-Adresse', name: 'mail', value: 'lise@physik.example' },
      { label: 'Unternehmen', name: 'firma', value: 'Physik GmbH' },
      { label: 'Funktion', name: 'f', value: 'Leiterin' },
    ],
    {
      firstName: 'Lise',
      lastName: 'Meitner',
      email: 'lise@physik.example',
      company: 'Physik GmbH',
      jobTitle: 'Leiterin',
    },
  ],
  [
    'French',
    [
      { label: 'Titre', name: 'prefix1', type: 'select-one', value: 'Madame' },
      { label: 'Nom', name: 'a', value: 'Curie' },
      { label: 'Prénom', name: 'b', value: 'Marie' },
      { label: 'Courriel', name: 'c', value: 'marie@radium.example' },
      { label: 'Votre fonction', name: 'd', value: 'Directrice' },
    ],
    { lastName: 'Curie', firstName: 'Marie', email: 'marie@radium.example', jobTitle: 'Directrice' },
  ],
  [
    'Polish',
    [
      { label: 'Imię i nazwisko', name: 'x1', value: 'Jan Kowalski' },
      { label: 'Stanowisko', name: 'x2', value: 'Dyrektor Sprzedaży' },
      { label: 'Numer telefonu', name: 'x3', value: '+48 600 700 800' },
      { label: 'Liczba pracowników', name: 'x4', value: '51–200' },
      { label: 'Branża', name: 'x5', value: 'IT' },
    ],
    {
      fullName: 'Jan Kowalski',
      jobTitle: 'Dyrektor Sprzedaży',
      phone: '+48600700800',
      companySize: '51–200',
      industry: 'IT',
    },
  ],
  [
    'Bulgarian: Име beside Фамилия is the first name',
    [
      { label: 'Име', name: 'a', value: 'Васил' },
      { label: 'Фамилия', name: 'b', value: 'Левски' },
      { label: 'Имейл', name: 'c', value: 'vasil@svoboda.example' },
      { label: 'Длъжност', name: 'd', value: 'Ръководител на маркетинга' },
      { label: 'Фирма', name: 'e', value: 'Свобода ООД' },
    ],
    {
      firstName: 'Васил',
      lastName: 'Левски',
      email: 'vasil@svoboda.example',
      jobTitle: 'Ръководител на маркетинга',
      company: 'Свобода ООД',
    },
  ],
  [
    'Russian, by placeholder only',
    [
      { placeholder: 'Ваше имя', value: 'София' },
      { placeholder: 'Электронная почта', value: 's@k.example' },
      { placeholder: 'Телефон', value: '8 (495) 123-45-67' },
      { placeholder: 'Сообщение', type: 'textarea', value: 'Позвоните' },
    ],
    { fullName: 'София', email: 's@k.example', phone: '84951234567', message: 'Позвоните' },
  ],
  [
    'Hebrew',
    [
      { label: 'שם מלא', name: 'a', value: 'דוד כהן' },
      { label: 'דוא"ל', name: 'b', value: 'david@corp.example' },
      { label: 'טלפון נייד', name: 'c', value: '050-1234567' },
      { label: 'שם החברה', name: 'd', value: 'קורפ' },
      { label: 'תפקיד', name: 'e', value: 'מנהל השיווק' },
    ],
    {
      fullName: 'דוד כהן',
      email: 'david@corp.example',
      phone: '0501234567',
      company: 'קורפ',
      jobTitle: 'מנהל השיווק',
    },
  ],
  [
    'Spanish and Italian',
    [
      { label: 'Nombre', name: 'a', value: 'Ana' },
      { label: 'Apellidos', name: 'b', value: 'Ruiz' },
      { label: 'Correo electrónico', name: 'c', value: 'ana@sol.example' },
      { label: 'Azienda', name: 'd', value: 'Sole Srl' },
    ],
    { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@sol.example', company: 'Sole Srl' },
  ],
  [
    'Hungarian',
    [
      { label: 'Vezetéknév', name: 'a', value: 'Neumann' },
      { label: 'Keresztnév', name: 'b', value: 'János' },
      { label: 'E-mail cím', name: 'c', value: 'janos@gep.example' },
      { label: 'Cégnév', name: 'd', value: 'Gép Kft' },
      { label: 'Üzenet', name: 'e', type: 'textarea', value: 'Szia' },
    ],
    {
      lastName: 'Neumann',
      firstName: 'János',
      email: 'janos@gep.example',
      company: 'Gép Kft',
      message: 'Szia',
    },
  ],
  [
    'Swedish, Turkish, Romanian, Greek',
    [
      { label: 'Förnamn', name: 'a', value: 'Greta' },
      { label: 'Soyadınız', name: 'b', value: 'Pamuk' },
      { label: 'Număr de angajați', name: 'c', value: '11-50' },
      { label: 'Τηλέφωνο', name: 'd', value: '+30 210 1234567' },
    ],
    { firstName: 'Greta', lastName: 'Pamuk', companySize: '11-50', phone: '+302101234567' },
  ],
  [
    'the owner’s word goes before all',
    [
      { label: 'Email', name: 'email', type: 'email', value: 'other@x.example' },
      { 'data-goldpan-field': 'email', label: 'Fax', name: 'fax', value: 'named@x.example' },
      { 'data-goldpan-field': 'Job Title', name: 'q', value: 'CEO' },
      { 'data-goldpan-field': 'crm_in_use', name: 'crm', type: 'radio', value: 'none yet' },
    ],
    { email: 'named@x.example', jobTitle: 'CEO', crm_in_use: 'none yet' },
  ],
  [
    'autocomplete goes before type and words',
    [
      { autocomplete: 'section-a work email', name: 'name', value: 'a@x.example' },
      { autocomplete: 'family-name', label: 'Name', value: 'Hopper' },
      { autocomplete: 'off', label: 'Company', value: 'Navy' },
      { autocomplete: 'honorific-prefix', label: 'Title', value: 'Professor' },
    ],
    { email: 'a@x.example', lastName: 'Hopper', company: 'Navy' },
  ],
]

test.each(FORMS)('a form in %s', (_what, fields, expected) => {
  expect(said(fields)).toEqual(expected)
})

const NOTHING: readonly (readonly [what: string, field: FormField])[] = [
  ['a salutation', { label: 'Title', name: 'prefix1', type: 'select-one', value: 'Dr' }],
  ['a salutation by its value', { label: 'Title', name: 'title', value: 'Mrs.' }],
  ['a visible trap', { label: 'Should be empty', name: 'website', value: 'spam.example' }],
  ['a trap in German', { label: 'Bitte nicht ausfüllen', name: 'email', value: 'a@x.example' }],
  ['a fax', { label: 'Fax', name: 'fax', type: 'tel', value: '+359 2 123 456' }],
  ['a tax number', { label: 'VAT number', name: 'company_vat', value: 'BG123456789' }],
  ['a LinkedIn profile', { label: 'LinkedIn', name: 'url', type: 'url', value: 'https://linkedin.com/in/a' }],
  ['a friend', { label: "Friend's email", name: 'email', type: 'email', value: 'friend@x.example' }],
  ['a username', { label: 'Username', name: 'username', value: 'ada' }],
  ['a street', { label: 'Address', name: 'address', type: 'textarea', value: '1 Main St' }],
  ['consent', { label: 'Send me e-mail', name: 'email_optin', type: 'checkbox', value: 'on' }],
  ['a role to tick', { label: 'Buyer', name: 'user[role]', type: 'radio', value: 'buyer' }],
  [
    'a trap for those who are no people',
    { label: 'Если вы человек, оставьте поле', name: 'email', value: 'a@x.example' },
  ],
  ['a trap of Marketo', { name: '_marketo_comments', value: 'Buy now' }],
  ['the title of a message', { label: 'Title', name: 'feedback[title]', value: 'Broken link' }],
  ['a topic', { label: 'How can we help?', name: 'message', type: 'select-one', value: 'Sales' }],
  ['a hidden field', { name: 'email', type: 'hidden', value: 'a@x.example' }],
  ['nothing', { label: 'Company', name: 'company', value: '   ' }],
  ['a preset', { label: 'Country', name: 'country', type: 'select-one', value: '-- Select --' }],
  ['a dialling code', { label: 'Country', name: 'country', type: 'select-one', value: '+359' }],
  ['an answer to something else', { label: 'Favourite colour', name: 'q1', value: 'Gold' }],
  ['a date in a phone field', { label: 'Phone', name: 'phone', value: '12' }],
]

test.each(NOTHING)('%s is no trait', (_what, field) => {
  expect(said([field])).toEqual({})
})

test.each([
  ['a Cyrillic homoglyph', { name: 'еmаil', value: 'a@x.example' }, { email: 'a@x.example' }],
  [
    'an id that contradicts',
    { label: 'Email', id: 'inputPassword3', value: 'a@x.example' },
    { email: 'a@x.example' },
  ],
  ['an invalid type', { name: 'q', type: 'mail', value: 'a@x.example' }, { email: 'a@x.example' }],
  [
    'company size, not company',
    { label: 'Company size', name: 'company', value: '11-50' },
    { companySize: '11-50' },
  ],
  [
    'website, not company',
    { label: 'Company website', name: 'c', value: 'acme.example' },
    { website: 'acme.example' },
  ],
  [
    'an example of an address',
    { placeholder: 'you@company.com', name: 'f1', value: 'a@x.example' },
    { email: 'a@x.example' },
  ],
  [
    'an e-mail named username',
    { label: 'E-mail', name: 'username', value: 'a@x.example' },
    { email: 'a@x.example' },
  ],
  [
    'an e-mail that serves as username',
    { name: 'u', type: 'email', autocomplete: 'username', value: 'a@x.example' },
    { email: 'a@x.example' },
  ],
  ['a name of Rails’', { name: 'user[name]', value: 'Ada' }, { fullName: 'Ada' }],
  ['a label said twice', { label: 'Last name Last name', value: 'Lovelace' }, { lastName: 'Lovelace' }],
  [
    'a sentence before the field',
    {
      label: 'Subscribe and get the news of our company by e-mail every month',
      placeholder: 'Your name',
      value: 'Ada',
    },
    { fullName: 'Ada' },
  ],
  [
    'a label said more precisely',
    { label: 'Name', name: 'company_name', value: 'Acme' },
    { company: 'Acme' },
  ],
  [
    'a message in a field called name',
    { name: 'name', type: 'textarea', value: 'Hello' },
    { message: 'Hello' },
  ],
  [
    'an address nobody asked for in words',
    { name: 'in-newsletter', value: 'a@x.example' },
    { email: 'a@x.example' },
  ],
  [
    'an address instead of a phone',
    { label: 'Mobile or e-mail', autocomplete: 'tel', value: 'a@x.example' },
    { email: 'a@x.example' },
  ],
  ['the name on a card', { autocomplete: 'billing cc-given-name', value: 'Ada' }, { firstName: 'Ada' }],
  ['a machine name', { name: 'contact_form[fields][companyName]', value: 'Acme' }, { company: 'Acme' }],
] as const)('%s is seen through', (_what, field, expected) => {
  expect(said([field])).toEqual(expected)
})

test('a title beside a name is the person’s', () => {
  const name: FormField = { label: 'Name', value: 'Ada' }
  expect(said([name, { label: 'Title', name: 'title', value: 'CTO' }])).toEqual({
    fullName: 'Ada',
    jobTitle: 'CTO',
  })
})

test('an address found by its looks does not go before one that was asked for', () => {
  const loose: FormField = { name: 'q1', value: 'friend@x.example' }
  expect(said([loose, { type: 'email', value: 'ada@x.example' }])).toEqual({ email: 'ada@x.example' })
})

test('of two people in one form the first is the sender', () => {
  const person = (email: string): FormField => ({ label: 'Email', name: 'email[]', value: email })
  expect(said([person('first@x.example'), person('second@x.example')])).toEqual({ email: 'first@x.example' })
})

test.each([
  ['  Ada@Engine.EXAMPLE ', 'ada@engine.example'],
  ['o’brien+news@bücher.example', 'o’brien+news@bücher.example'],
  ['a@b.co', 'a@b.co'],
])('the e-mail %s is kept as %s', (given, kept) => {
  expect(said([{ type: 'email', value: given }])).toEqual({ email: kept })
})

test.each([
  'test@test.com',
  'null',
  '-',
  'a@b',
  'a b@c.de',
  '@c.de',
  'a@@c.de',
  'a@.de',
  'a@c.d',
  'a@1.2.3.4',
  'asdf@asdf.com',
  `${'a'.repeat(300)}@c.de`,
])('%s is nobody’s e-mail', given => {
  expect(said([{ type: 'email', value: given }])).toEqual({})
})

test.each([
  ['+359 (2) 123-456', '+3592123456'],
  ['0888 123 456', '0888123456'],
  ['0000000000', undefined],
  ['call me', undefined],
])('the phone %s is kept as %s', (given, kept) => {
  expect(said([{ type: 'tel', value: given }]).phone).toBe(kept)
})

test('an identify names known traits however they are spelled, and custom ones as given', () => {
  const identify = fact({
    type: 'identify',
    props: {
      email: 'Ada@X.example',
      traits: {
        first_name: 'Ada',
        'Job Title': 'CEO',
        employees: 120,
        plan: 'pro',
        trial: true,
        empty: null,
        phone: '',
      },
    },
  })
  expect(traitsOf(identify).map(({ name, value }) => [name, value])).toEqual([
    ['email', 'ada@x.example'],
    ['firstName', 'Ada'],
    ['jobTitle', 'CEO'],
    ['companySize', 120],
    ['plan', 'pro'],
    ['trial', true],
  ])
})

test('an identify says of the company what stands inside it, and no more', () => {
  const traits = {
    title: 'Head of Sales',
    company: {
      name: 'Acme',
      employee_count: '50-200',
      industry: 'IT',
      id: 'acme-1',
      plan: 'pro',
      email: 'x@x.example',
    },
    address: { country: 'Bulgaria', street: 'Shipka 6' },
    preferences: { country: 'PL' },
  }
  expect(
    traitsOf(fact({ type: 'identify', props: { traits } })).map(({ name, value }) => [name, value]),
  ).toEqual([
    ['jobTitle', 'Head of Sales'],
    ['company', 'Acme'],
    ['companySize', '50-200'],
    ['industry', 'IT'],
    ['country', 'Bulgaria'],
  ])
})

test.each([
  ['browser', 'identify', 'asserted'],
  ['server', 'server', 'verified'],
  ['operator', 'operator', 'verified'],
] as const)('what comes through the door %s is said by %s, %s', (origin, source, strength) => {
  const identify = fact({ type: 'identify', origin, props: { email: 'a@x.example' } })
  expect(traitsOf(identify)).toEqual([{ name: 'email', value: 'a@x.example', source, strength, at: AT }])
})

test('a browser’s form asserts', () => {
  const [claim] = traitsOf(submit([{ type: 'email', value: 'a@x.example' }]))
  expect(claim).toMatchObject({ source: 'form', strength: 'asserted' })
})

test('no trait can reach a prototype', () => {
  const traits = JSON.parse('{"__proto__": "x", "constructor": "y", "plan": "pro"}')
  const claims = traitsOf(fact({ type: 'identify', props: { traits } }))
  expect(claims.map(({ name }) => name)).toEqual(['plan'])
})

test('any other event says nothing of the person', () => {
  for (const type of ['page_view', 'constructor', 'toString', '__proto__', 'purchase']) {
    expect(
      traitsOf(
        fact({ type, props: { email: 'a@x.example', fields: [{ type: 'email', value: 'a@x.example' }] } }),
      ),
    ).toEqual([])
  }
})

test('no props make it throw', () => {
  const field = fc.record(
    {
      name: fc.string({ unit: 'grapheme' }),
      id: fc.string(),
      type: fc.constantFrom('text', 'email', 'tel', 'constructor', '', 'select-one'),
      autocomplete: fc.constantFrom('name', 'email', 'constructor', 'shipping tel', ''),
      label: fc.string({ unit: 'grapheme' }),
      placeholder: fc.string(),
      'data-goldpan-field': fc.string(),
      value: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  const props = fc.oneof(
    fc.record({ fields: fc.oneof(fc.array(fc.oneof(field, fc.jsonValue())), fc.jsonValue()) }),
    fc.record({ email: fc.jsonValue(), phone: fc.jsonValue(), traits: fc.jsonValue() }, { requiredKeys: [] }),
  )
  fc.assert(
    fc.property(fc.constantFrom('form_submit', 'identify'), props, (type, given) => {
      const claims = traitsOf(fact({ type, props: given }))
      expect(new Set(claims.map(({ name }) => name)).size).toBe(claims.length)
      for (const { value } of claims) expect(value).not.toBe('')
    }),
    { numRuns: 50 },
  )
})

test('a phone is one of the country that the same form names, and of no other', () => {
  const phone = { name: 'phone', type: 'tel', value: '0888 777 001' }
  const country = { name: 'country', value: 'България' }
  expect(said([phone, country])).toMatchObject({ phone: '+359888777001' })
  expect(said([country, phone])).toMatchObject({ phone: '+359888777001' })
  expect(said([phone])).toMatchObject({ phone: '0888777001' })
  expect(said([phone, { name: 'country', value: 'Elsewhere' }])).toMatchObject({ phone: '0888777001' })
  const traits = { phone: '(212) 555-0177', address: { country: 'us' } }
  const call = traitsOf(fact({ type: 'identify', props: { traits } }))
  expect(call.find(({ name }) => name === 'phone')?.value).toBe('+12125550177')
})
