import { expect, test } from 'vitest'
import { industryNamed } from '../../collector/enrich/industries.ts'

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  it: [
    'IT',
    'Information Technology & Services',
    'IT-Branche',
    'Technologie',
    'Сектор ИТ',
    'הייטק',
    'Sektor IT',
  ],
  software: [
    'SaaS',
    'Software development',
    'Softwareindustrie',
    'Разработка ПО',
    'Софтуерна компания',
    'תוכנה',
  ],
  finance: ['Banking', 'Finance and banking', 'Finanzdienstleister', 'Banque et finance', 'Банки', 'Finanza'],
  insurance: ['Insurance', 'Versicherungen', 'Seguros', 'Застраховане', 'ביטוח', 'Ubezpieczenia'],
  healthcare: ['Hospital & Health Care', 'Gesundheitswesen', 'Santé', 'Здравеопазване', 'Zorg', 'Saúde'],
  education: ['E-learning', 'Bildung', 'Enseignement', 'Образование', 'Onderwijs', 'Szkolenia'],
  manufacturing: [
    'Manufacturing industry',
    'Maschinenbau',
    'Przemysł',
    'Производство',
    'Industria',
    'תעשייה',
  ],
  retail: [
    'Retail',
    'Einzelhandel',
    'Grande distribution',
    'Търговия на дребно',
    'Handel detaliczny',
    'קמעונאות',
  ],
  ecommerce: ['E-Commerce', 'Online-Handel', 'Sklep internetowy', 'Онлайн магазин', 'Comercio electrónico'],
  construction: ['Construction', 'Bauwesen', 'BTP', 'Строителство', 'branża budowlana', 'בנייה'],
  real_estate: ['Real Estate', 'Immobilien', 'Недвижими имоти', 'Nieruchomości', 'נדל"ן'],
  logistics: ['Transport & Logistics', 'Spedition', 'Транспорт и логистика', 'Trasporti', 'Logistiek'],
  marketing: ['Marketing & Advertising', 'Werbeagentur', 'Publicité', 'Рекламна агенция', 'שיווק'],
  consulting: ['Consultancy', 'Unternehmensberatung', 'Консалтинг', 'Doradztwo', 'Consulenza aziendale'],
  hospitality: ['Hotels', 'Tourismus', 'Hôtellerie-Restauration', 'Хотелиерство', 'Horeca', 'תיירות'],
  telecommunications: ['Telecom', 'Telekommunikation', 'Далекосъобщения', 'Telecomunicações'],
  energy: ['Oil & Gas', 'Energiewirtschaft', 'Енергетика', 'Énergie', 'OZE'],
  automotive: ['Automotive industry', 'Kfz-Branche', 'Motoryzacja', 'Автомобили'],
  government: ['Public sector', 'Öffentliche Verwaltung', 'Публичен сектор', 'Samorząd'],
  beauty: ['Cosmetics', 'Козметика', 'Beauté', 'Kosmetyki'],
  food: ['Food & Beverages', 'Lebensmittel', 'Храни и напитки', 'מזון'],
}

test.each(
  Object.entries(SPELLINGS).flatMap(([name, spellings]) => spellings.map(text => [text, name] as const)),
)('%s is %s', (text, name) => {
  expect(industryNamed(text)).toBe(name)
})

test.each([
  ['Banking / Insurance', 'finance'],
  ['Media, Telecom', 'media'],
  ['Falconry', 'Falconry'],
  ['Taxi', 'Taxi'],
  ['Falconry and software', 'Falconry and software'],
  ['Other', 'Other'],
  ['', ''],
])('%s stays, or is the first that is known: %s', (text, name) => {
  expect(industryNamed(text)).toBe(name)
})
