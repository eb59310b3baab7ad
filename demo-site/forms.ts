/**
 * The site's forms as data. They post to the site itself and work without JavaScript; what they hold is checked and then
 * forgotten: a demo keeps no customers.
 */

export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'tel' | 'select' | 'textarea' | 'checkbox'
  readonly autocomplete?: string
  readonly required?: boolean
  readonly options?: readonly string[]
  readonly hint?: string
  /** takes a whole row */
  readonly wide?: boolean
}

export interface FormDefinition {
  /** id of the form element and last segment of its action: what the tag reports */
  readonly id: string
  /** path of the page that shows it, and shows it again when something is missing */
  readonly page: string
  readonly submit: string
  readonly fields: readonly FormField[]
  readonly thanks: { readonly title: string; readonly text: string }
}

/** What a visitor sent: the values as typed, and per field what is wrong with it. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

export const EMPTY_FORM: FormState = { values: {}, errors: {} }

const name: FormField = {
  name: 'name',
  label: 'Your name',
  type: 'text',
  autocomplete: 'name',
  required: true,
}
const email: FormField = {
  name: 'email',
  label: 'Work e-mail',
  type: 'email',
  autocomplete: 'email',
  required: true,
}
const company: FormField = {
  name: 'company',
  label: 'Company',
  type: 'text',
  autocomplete: 'organization',
  required: true,
}
const jobTitle: FormField = {
  name: 'job_title',
  label: 'Job title',
  type: 'text',
  autocomplete: 'organization-title',
}
const companySize: FormField = {
  name: 'company_size',
  label: 'Company size',
  type: 'select',
  options: ['1–9', '10–49', '50–200', '201–500', 'More than 500'],
}
const industry: FormField = {
  name: 'industry',
  label: 'Industry',
  type: 'select',
  options: [
    'Information technology',
    'Software',
    'Manufacturing',
    'Professional services',
    'Financial services',
    'Retail',
    'Healthcare',
    'Education',
    'Other',
  ],
}
const country: FormField = {
  name: 'country',
  label: 'Country',
  type: 'text',
  autocomplete: 'country-name',
  wide: true,
}
const newsletterConsent: FormField = {
  name: 'consent',
  label: 'Yes, send me one letter a month about marketing planning. Every issue has a one-click way out.',
  type: 'checkbox',
  required: true,
}

export const FORMS: readonly FormDefinition[] = [
  {
    id: 'newsletter',
    page: '/newsletter',
    submit: 'Subscribe',
    fields: [email, newsletterConsent],
    thanks: {
      title: 'You are on the list',
      text: 'The next letter leaves on the first Tuesday of the month. It takes six minutes to read.',
    },
  },
  {
    id: 'contact',
    page: '/contact',
    submit: 'Send message',
    fields: [
      name,
      email,
      company,
      jobTitle,
      industry,
      companySize,
      country,
      { name: 'message', label: 'How can we help?', type: 'textarea', required: true, wide: true },
    ],
    thanks: {
      title: 'Thank you, your message is here',
      text: 'A person reads it today and answers within one working day, from a real address.',
    },
  },
  {
    id: 'demo-request',
    page: '/demo',
    submit: 'Request my demo',
    fields: [
      name,
      email,
      company,
      jobTitle,
      companySize,
      { name: 'phone', label: 'Phone', type: 'tel', autocomplete: 'tel', hint: 'Only to agree on a time.' },
      { name: 'goal', label: 'What should the half hour answer?', type: 'textarea', wide: true },
    ],
    thanks: {
      title: 'Your demo is as good as booked',
      text: 'You will get three times to choose from within two working hours. Bring your messiest plan.',
    },
  },
  {
    id: 'webinar',
    page: '/webinars/plan-in-an-afternoon',
    submit: 'Save my seat',
    fields: [name, email, company, jobTitle],
    thanks: {
      title: 'Your seat is saved',
      text: 'The link and a calendar entry are on their way. Cameras stay off unless you want yours on.',
    },
  },
]

/** @throws when there is no such form: pages name the forms they show, so that is a slip in this folder */
export function formNamed(id: string): FormDefinition {
  const form = FORMS.find(candidate => candidate.id === id)
  if (!form)
    throw new Error(`no form "${id}" in demo-site/forms.ts; there are ${FORMS.map(f => f.id).join(', ')}`)
  return form
}

/** One character each side of an @ and a dot in the domain: what is worth asking about before sending (our choice). */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** Checks a submission against its form. `errors` is empty when everything needed is there. */
export function checkForm(form: FormDefinition, sent: Readonly<Record<string, string>>): FormState {
  const values: Record<string, string> = {}
  const errors: Record<string, string> = {}
  for (const field of form.fields) {
    const value = (sent[field.name] ?? '').trim()
    values[field.name] = value
    const problem = problemOf(field, value)
    if (problem) errors[field.name] = problem
  }
  return { values, errors }
}

function problemOf(field: FormField, value: string): string | null {
  if (value === '') {
    if (!field.required) return null
    return field.type === 'checkbox' ? 'Please tick this box to subscribe.' : `${field.label} is missing.`
  }
  if (field.type === 'email' && !EMAIL.test(value)) {
    return 'Please write the address like name@company.com.'
  }
  return null
}
