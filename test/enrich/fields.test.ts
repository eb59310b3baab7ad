import { expect, test } from 'vitest'
import { fieldMeaning } from '../../collector/enrich/fields.ts'

test.each([
  'Company size',
  'How many people work at your company?',
  'No. of staff',
  'Total number of employees',
  'numberOfEmployees',
  'employee_count',
  'Beschäftigte',
  'Größe Ihres Unternehmens',
  'Taille de votre organisation',
  'Nombre de salariés',
  'Plantilla',
  'Numero addetti',
  'Aantal FTE',
  'Dimensão da empresa',
  'Wielkość przedsiębiorstwa',
  'Ilu pracowników zatrudniacie?',
  'Брой служители',
  'Размер на организацията',
  'Количество работников',
  'Чисельність персоналу',
  'מספר מועסקים',
])('%s asks for the company’s size', label => {
  expect(fieldMeaning({ label, type: 'text' })).toBe('companySize')
})

test.each([
  'Industry',
  'Nature of business',
  'businessCategory',
  'Branche',
  'Wirtschaftszweig',
  "Secteur d'activité",
  'Giro de la empresa',
  'Settore',
  'Bedrijfstak',
  'Ramo de atividade',
  'Rodzaj działalności',
  'Сфера на дейност',
  'Вид деятельности',
  'תחום עיסוק',
])('%s asks for the industry', label => {
  expect(fieldMeaning({ label, type: 'text' })).toBe('industry')
})

test.each([
  'Company registration number',
  'Year founded',
  'Legal form',
  'Rechtsform',
  'Forme juridique',
  'NAICS',
  'Years in the industry',
  'Annual payroll',
  'Number of users',
  'Number of locations',
  'Employee ID',
  'Company description',
  'Правна форма',
  'ОКВЭД',
  'Tipo de empresa',
])('%s asks for neither', label => {
  expect([null, 'none']).toContain(fieldMeaning({ label, type: 'text' }))
})

test.each([
  ['an address as an example', ' jane@acme.example ', 'email'],
  ['an address that is too long to be one', `${'a'.repeat(250)}@acme.example`, null],
  ['at signs and dots in turn', `${'@.'.repeat(10_000)} x`, null],
  ['blanks between two letters', `q${' '.repeat(100_000)}z`, null],
])('%s in a placeholder', (_what, placeholder, meaning) => {
  expect(fieldMeaning({ placeholder, type: 'text' })).toBe(meaning)
})

test('a label that is said twice is said once', () => {
  const once = fieldMeaning({ label: 'Name of your company', type: 'text' })
  expect(fieldMeaning({ label: 'Name of your company  Name of your company', type: 'text' })).toBe(once)
})
