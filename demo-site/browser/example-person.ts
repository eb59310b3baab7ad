/** Somebody to fill forms with, so that a tour takes a minute. The names are invented, the domains reserved (RFC 2606). */
export interface ExamplePerson {
  readonly name: string
  readonly email: string
  readonly company: string
}

const FIRST = [
  'Mira',
  'Jonas',
  'Elena',
  'Tomasz',
  'Noa',
  'Petar',
  'Clara',
  'Iva',
  'Oskar',
  'Lena',
  'Amit',
  'Sofia',
]
const LAST = [
  'Petrova',
  'Lindqvist',
  'Nowak',
  'Halevi',
  'Weber',
  'Ferrari',
  'Stoyanov',
  'Novak',
  'Brandt',
  'Kowal',
]
const COMPANIES = [
  'Northlight Software',
  'Bluebeam Systems',
  'Rilla Data',
  'Kestrel Cloud',
  'Marlin IT',
  'Oakroot Labs',
]

/** What the person answers beyond name, address and company: a fitting lead for the model of the demo. */
const ANSWERS: Readonly<Record<string, string>> = {
  job_title: 'Head of Marketing',
  industry: 'Information technology',
  company_size: '50–200',
  country: 'Bulgaria',
  phone: '+359 2 555 0142',
  message: 'We plan in eleven spreadsheets. Can you show us how finance would approve a quarter?',
  goal: 'How our quarter would look, and what it costs for a team of nine.',
}

/** The same person for the same visitor, another one for most others: a new visitor should be a new lead. */
export function examplePerson(visitor: string): ExamplePerson {
  let hash = 0
  for (const char of visitor) hash = (hash * 31 + char.charCodeAt(0)) >>> 0
  const [first, last, company] = [FIRST, LAST, COMPANIES].map(names => {
    const name = names[hash % names.length] ?? ''
    hash = Math.floor(hash / names.length)
    return name
  })
  const domain = `${company?.toLowerCase().replace(/[^a-z]+/g, '-')}.example`
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}@${domain}`.toLowerCase(),
    company: company ?? '',
  }
}

/** The form this page is about, if it has one. */
export const formToFill = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>('main form')

/** Fills the fields it knows as typing would, leaves the sending to the visitor. */
export function fillForm(form: HTMLFormElement, person: ExamplePerson): void {
  const answers: Readonly<Record<string, string>> = { ...ANSWERS, ...person }
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = true
    else if (isField(field)) field.value = answers[field.name] ?? field.value
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  form.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
}

const isField = (field: Element): field is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
  field instanceof HTMLInputElement ||
  field instanceof HTMLSelectElement ||
  field instanceof HTMLTextAreaElement
