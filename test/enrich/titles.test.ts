import { expect, test } from 'vitest'
import { jobFunctionNamed, readTitle, seniorityNamed } from '../../collector/enrich/titles.ts'

type Row = readonly [title: string, seniority: string | null, jobFunction: string | null]

const TITLES: Readonly<Record<string, readonly Row[]>> = {
  English: [
    ['Head of Marketing', 'head', 'marketing'],
    ['Chief Marketing Officer', 'c_level', 'marketing'],
    ['CMO', 'c_level', 'marketing'],
    ['VP of Sales', 'vp', 'sales'],
    ['Senior Vice President, Engineering', 'vp', 'engineering'],
    ['Sales Director', 'director', 'sales'],
    ['Operations Director', 'director', 'operations'],
    ['Founder & CEO', 'c_level', 'general_management'],
    ['Co-Founder', 'owner', 'general_management'],
    ['Owner', 'owner', 'general_management'],
    ['Marketing Manager', 'manager', 'marketing'],
    ['Senior Product Marketing Manager', 'manager', 'marketing'],
    ['Product Manager', 'manager', 'product'],
    ['Product Owner', 'specialist', 'product'],
    ['Software Engineer', 'specialist', 'engineering'],
    ['Senior Software Engineer', 'senior', 'engineering'],
    ['Junior Accountant', 'junior', 'finance'],
    ['Team Lead, Customer Support', 'lead', 'support'],
    ['Lead Generation Specialist', 'specialist', 'marketing'],
    ['IT Manager', 'manager', 'it'],
    ['HR Business Partner', null, 'hr'],
    ['Chief Information Security Officer', 'c_level', 'it'],
    ['Head of Procurement', 'head', 'procurement'],
    ['General Counsel', null, 'legal'],
    ['Marketing Intern', 'intern', 'marketing'],
    ['International Sales Manager', 'manager', 'sales'],
    ['Production Manager', 'manager', 'operations'],
    ['Not a CEO', null, null],
    ['No longer the CEO', null, null],
    ['C E O', 'c_level', 'general_management'],
    ['C. T. O.', 'c_level', 'engineering'],
    ['Deputy Director', null, null],
    ['Marketing Director (interim)', null, 'marketing'],
    ['rukovoditel marketing', 'head', 'marketing'],
    ['Rukovoditel otdela prodazh', 'head', 'sales'],
    ['Generalny direktor', 'c_level', 'general_management'],
    ['Zamestitel direktora', null, null],
  ],
  German: [
    ['Marketingleiterin', 'head', 'marketing'],
    ['Leiter/in Marketing', 'head', 'marketing'],
    ['Vertriebsleiter', 'head', 'sales'],
    ['Geschäftsführer', 'c_level', 'general_management'],
    ['Geschaeftsfuehrerin', 'c_level', 'general_management'],
    ['Assistenz der Geschäftsführung', 'specialist', null],
    ['Inhaberin', 'owner', 'general_management'],
    ['Praktikant Marketing', 'intern', 'marketing'],
    ['Softwareentwickler', 'specialist', 'engineering'],
    ['Teamleiter Einkauf', 'lead', 'procurement'],
    ['Stellvertretender Vertriebsleiter', null, 'sales'],
    ['Zugbegleiter', null, null],
  ],
  French: [
    ['Responsable marketing', 'head', 'marketing'],
    ['Directrice commerciale', 'director', 'sales'],
    ['Directeur général', 'c_level', 'general_management'],
    ['Directeur de l’exploitation', 'director', 'operations'],
    ['Chef de projet informatique', 'manager', 'it'],
    ['Stagiaire en communication', 'intern', 'marketing'],
    ['PDG', 'c_level', 'general_management'],
    ['Directeur(trice) des ressources humaines', 'director', 'hr'],
  ],
  Spanish: [
    ['Jefa de Marketing', 'head', 'marketing'],
    ['Director de Ventas', 'director', 'sales'],
    ['Director de Operaciones', 'director', 'operations'],
    ['Gerente General', 'c_level', 'general_management'],
    ['Becaria de marketing', 'intern', 'marketing'],
    ['Propietario', 'owner', 'general_management'],
    ['Especialista en compras', 'specialist', 'procurement'],
  ],
  Italian: [
    ['Responsabile Marketing', 'head', 'marketing'],
    ['Direttore Vendite', 'director', 'sales'],
    ['Amministratore Delegato', 'c_level', 'general_management'],
    ['Titolare', 'owner', 'general_management'],
    ['Tirocinante', 'intern', null],
  ],
  Dutch: [
    ['Hoofd Marketing', 'head', 'marketing'],
    ['Verkoopdirecteur', 'director', 'sales'],
    ['Eigenaar', 'owner', 'general_management'],
    ['Inkoopmanager', 'manager', 'procurement'],
  ],
  Portuguese: [
    ['Diretora de Marketing', 'director', 'marketing'],
    ['Gerente de Vendas', 'manager', 'sales'],
    ['Sócio', 'owner', 'general_management'],
    ['Estagiário de TI', 'intern', 'it'],
  ],
  Polish: [
    ['Dyrektor Sprzedaży', 'director', 'sales'],
    ['Dyrektor Operacyjny', 'director', 'operations'],
    ['Kierownik działu marketingu', 'head', 'marketing'],
    ['Kierowniczka ds. marketingu', 'head', 'marketing'],
    ['Kierownik projektu', 'manager', null],
    ['Prezes Zarządu', 'c_level', 'general_management'],
    ['Wiceprezes ds. sprzedaży', 'vp', 'sales'],
    ['Właściciel', 'owner', 'general_management'],
    ['Stażystka', 'intern', null],
    ['Zastępca dyrektora finansowego', null, 'finance'],
  ],
  Bulgarian: [
    ['Ръководител на маркетинга', 'head', 'marketing'],
    ['Ръководител маркетинг', 'head', 'marketing'],
    ['Ръководител проект', 'manager', null],
    ['Търговски директор', 'director', 'sales'],
    ['Изпълнителен директор', 'c_level', 'general_management'],
    ['Оперативен директор', 'director', 'operations'],
    ['Управител', 'c_level', 'general_management'],
    ['Управител на магазин', 'manager', null],
    ['Стажант маркетинг', 'intern', 'marketing'],
    ['Мениджър продажби', 'manager', 'sales'],
    ['Собственик', 'owner', 'general_management'],
    ['Старши счетоводител', 'senior', 'finance'],
  ],
  Russian: [
    ['Руководитель отдела маркетинга', 'head', 'marketing'],
    ['Директор по маркетингу', 'director', 'marketing'],
    ['Коммерческий директор', 'director', 'sales'],
    ['Генеральный директор', 'c_level', 'general_management'],
    ['Менеджер по продажам', 'manager', 'sales'],
    ['Стажёр', 'intern', null],
    ['Системный администратор', 'specialist', 'it'],
    ['Заместитель директора', null, null],
  ],
  Hebrew: [
    ['מנהל השיווק', 'head', 'marketing'],
    ['מנהל/ת השיווק', 'head', 'marketing'],
    ['מנהלת מחלקת שיווק', 'head', 'marketing'],
    ['ראש תחום שיווק', 'head', 'marketing'],
    ['סמנכ"לית שיווק', 'vp', 'marketing'],
    ['מנכ״ל', 'c_level', 'general_management'],
    ['מנהל/ת מכירות', 'manager', 'sales'],
    ['עוזרת למנכ"ל', 'specialist', null],
    ['ראש צוות פיתוח', 'lead', 'engineering'],
    ['מתמחה בשיווק', 'intern', 'marketing'],
  ],
}

const rows = Object.entries(TITLES).flatMap(([language, titles]) =>
  titles.map(row => [language, ...row] as const),
)

test.each(rows)('%s: %s is %s of %s', (_language, title, seniority, jobFunction) => {
  expect(readTitle(title)).toEqual({ seniority, jobFunction })
})

test.each([
  '',
  'Ninja',
  '???',
  'Student',
  'Ex-CEO',
  'Assistant Director',
  '山田',
  '12345',
  'x'.repeat(5_000),
])('what a title does not say stays unknown: %s', title => {
  expect(readTitle(title).seniority).toBeNull()
})

test.each([
  ['Director', 'director'],
  ['C-Level', 'c_level'],
  ['VP', 'vp'],
  ['Vice President', 'vp'],
  ['owner', 'owner'],
  ['Leiter', 'head'],
  ['Guru', null],
])('a given seniority %s is %s', (given, expected) => {
  expect(seniorityNamed(given)).toBe(expected)
})

test.each([
  ['Human Resources', 'hr'],
  ['IT', 'it'],
  ['General Management', 'general_management'],
  ['Vertrieb', 'sales'],
  ['Other', 'other'],
  ['Alchemy', null],
])('a given function %s is %s', (given, expected) => {
  expect(jobFunctionNamed(given)).toBe(expected)
})
