import { expect, test } from 'vitest'
import { amountIn } from '../../collector/enrich/amounts.ts'

test.each([
  ['11-50 employees', 31],
  ['10–49 osób', 30],
  ['1,001-5,000', 3001],
  ['1 001 – 5 000', 3001],
  ['1\u202f001 à 5\u202f000 salariés', 3001],
  ["1'000-5'000", 3000],
  ['between 50 and 200', 125],
  ['от 50 до 200 души', 125],
  ['від 50 до 200', 125],
  ['von 50 bis 200 Mitarbeitern', 125],
  ['de 50 a 200 empleados', 125],
  ['בין 50 ל-200', 125],
  ['Small (1-10)', 6],
  ['51-200 (Medium)', 126],
  ['１１－５０', 31],
])('the range %s is %s', (given, expected) => {
  expect(amountIn(given)).toBe(expected)
})

test.each([
  ['1 000+', 1000],
  ['10,000+ employees', 10_000],
  ['500 or more', 500],
  ['500 und mehr', 500],
  ['500 и повече', 500],
  ['500 et plus', 500],
  ['ab 500', 500],
  ['от 500', 500],
  ['>1000', 1001],
  ['mehr als 500 Mitarbeiter', 501],
  ['über 250', 251],
  ['more than 200 people', 201],
  ['больше 100', 101],
  ['більше 100', 101],
  ['понад 1000', 1001],
  ['więcej niż 250', 251],
  ['powyżej 250', 251],
  ['más de 100', 101],
  ['più di 100', 101],
  ['plus de 100', 101],
  ['meer dan 100', 101],
  ['mais de 100', 101],
  ['повече от 250', 251],
  ['מעל 100', 101],
  ['יותר מ-100', 101],
  ['ca. 50', 50],
  ['~ 50', 50],
])('%s is at least %s', (given, expected) => {
  expect(amountIn(given)).toBe(expected)
})

test.each([
  ['<10', 5],
  ['< 10 people', 5],
  ['под 50', 25],
  ['до 50', 25],
  ['до 10 человек', 5],
  ['not more than 20', 10],
  ['50 or fewer', 25],
  ['50 и менее', 25],
  ['10 ou moins', 5],
  ['до 50 осіб', 25],
  ['менше 50', 25],
  ['unter 50 Mitarbeiter', 25],
  ['bis zu 50', 25],
  ['moins de 10', 5],
  ['jusqu’à 10', 5],
  ['até 10 funcionários', 5],
  ['mniej niż 10', 5],
  ['poniżej 10', 5],
  ['по-малко от 10', 5],
  ['עד 10', 5],
  ['פחות מ-10', 5],
  ['under $1M', 500_000],
  ['Revenue: less than €2 million', 1_000_000],
])('%s is at most twice %s', (given, expected) => {
  expect(amountIn(given)).toBe(expected)
})

test.each([
  ['€5M–€10M', 7_500_000],
  ['€5–10M', 7_500_000],
  ['$500K - $1M', 750_000],
  ['5-10 млн. лв.', 7_500_000],
  ['5-10 млн', 7_500_000],
  ['1,5 млн. евро', 1_500_000],
  ['2 мільйони', 2_000_000],
  ['3 мільйонів', 3_000_000],
  ['$1B+', 1_000_000_000],
  ['1.5m', 1_500_000],
  ['30K', 30_000],
  ['5M€', 5_000_000],
  ['5 Mio. €', 5_000_000],
  ['2 Mrd.', 2_000_000_000],
  ['10 tys. zł', 10_000],
  ['250 хил. лв.', 250_000],
  ['1.000.000 €', 1_000_000],
  ['1,234,567.89', 1_234_567.89],
  ['1.234,50', 1234.5],
  ['3 מיליון', 3_000_000],
  ['5 crore', 50_000_000],
])('the money %s is %s', (given, expected) => {
  expect(amountIn(given)).toBe(expected)
})

test.each([
  'solo',
  'Just me',
  'Self-employed',
  'само аз',
  'только я',
  'самозанятый',
  'jednoosobowa działalność',
])('%s is one', given => {
  expect(amountIn(given)).toBe(1)
})

test.each([
  'enterprise',
  'Small business',
  'many',
  '',
  '10-20-30',
  '50%',
  '200-50',
  '9'.repeat(400),
  'до',
  '<',
])('%s is no number', given => {
  expect(amountIn(given)).toBeNull()
})

test.each(['-5', '−5', '-€5', '€ -5', '(-1,000)', '1e3', '1.5e6', '2E10'])(
  '%s is no number of anything',
  given => {
    expect(amountIn(given)).toBeNull()
  },
)

test.each([
  ['- 50 employees', 50],
  ['staff-50', 50],
  ['1-5', 3],
  ['1 e 3', 2],
  ['١٢٣', 123],
  ['١١–٥٠', 31],
  ['۱۲۳', 123],
  ['١٬٢٣٤', 1234],
  ['١٫٥', 1.5],
])('%s is %s', (given, expected) => {
  expect(amountIn(given)).toBe(expected)
})

test.each([
  ['2 billones', 2e12],
  ['1 billón', 1e12],
  ['2 mil millones', 2e9],
  ['3 mil milhões', 3e9],
  ['2 bilhões', 2e9],
  ['1.5 trillion', 1.5e12],
  ['2 трлн', 2e12],
  ['2 Billionen', 2e12],
  ['2 mil', 2000],
])('the long number %s is %s', (given, expected) => {
  expect(amountIn(given)).toBe(expected)
})
