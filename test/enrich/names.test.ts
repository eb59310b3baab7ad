import { expect, test } from 'vitest'
import { fullNameOf, namesIn, personNameOrNull, titleOrNull } from '../../collector/enrich/names.ts'

test.each([
  ['Ada Lovelace', 'Ada', 'Lovelace'],
  ['ada lovelace', 'ada', 'lovelace'],
  ['ADA LOVELACE', 'ADA', 'LOVELACE'],
  ['Lovelace, Ada', 'Ada', 'Lovelace'],
  ['van Beethoven, Ludwig', 'Ludwig', 'van Beethoven'],
  ['Dr. Ada Lovelace', 'Ada', 'Lovelace'],
  ['Prof. Dr. Lise Meitner', 'Lise', 'Meitner'],
  ['Mr Alan Turing', 'Alan', 'Turing'],
  ['Ada Lovelace, PhD', 'Ada', 'Lovelace'],
  ['Ada Lovelace MBA', 'Ada', 'Lovelace'],
  ['John F. Kennedy', 'John', 'Kennedy'],
  ['Herr Max Planck', 'Max', 'Planck'],
  ['г-н Васил Левски', 'Васил', 'Левски'],
  ['פרופ׳ דוד כהן', 'דוד', 'כהן'],
  ['ד"ר דוד כהן', 'דוד', 'כהן'],
  ['Anna-Maria Smith-Jones', 'Anna-Maria', 'Smith-Jones'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['Rosa de la Cruz', 'Rosa', 'de la Cruz'],
  ['Johann Wolfgang von Goethe', null, null],
  ['DUPONT Marie', 'Marie', 'DUPONT'],
  ['Marie DUPONT', 'Marie', 'DUPONT'],
  ['Иванов Иван Иванович', 'Иван', 'Иванов'],
  ['Анна Петровна Иванова', 'Анна', 'Иванова'],
  ['Иван Петрович', 'Иван', null],
  ['Don Draper', 'Don', 'Draper'],
  ['Pan Wei', 'Pan', 'Wei'],
  ['Jack Ma', 'Jack', 'Ma'],
  ['山田 太郎', '太郎', '山田'],
  ['山田太郎', null, null],
  ['김철수', null, null],
  ['Madonna', null, null],
  ['Dr. House', null, 'House'],
  ['Prof. Dr. med. Müller', null, 'Müller'],
  ['Frau Müller', null, 'Müller'],
  ['Dr. rer. nat. Lise Meitner', 'Lise', 'Meitner'],
  ['Dr. med Anna Müller', 'Anna', 'Müller'],
  ['Phil Collins', 'Phil', 'Collins'],
  ['Pani Anna', null, null],
  ['Mr', null, null],
  ['Ada King Lovelace', null, null],
  ['Maria Teresa Garcia Lopez', null, null],
  ['Lovelace, Ada, Byron', null, null],
  [',', null, null],
  ['', null, null],
])('%s is %s %s', (full, first, last) => {
  expect(namesIn(full)).toEqual([first, last])
})

test('a full name is written in the order of its script', () => {
  expect(fullNameOf('Ada', 'Lovelace')).toBe('Ada Lovelace')
  expect(fullNameOf('太郎', '山田')).toBe('山田太郎')
})

test('letters and their marks are one letter, however they were typed', () => {
  expect(personNameOrNull('Rene\u0301')).toBe('Ren\u00e9')
})

test.each(['O’Brien', 'J.R.R. Tolkien', 'Łukasz', 'محمد', 'St. John', "D'Angelo"])('%s is a name', name => {
  expect(personNameOrNull(name)).toBe(name)
})

test.each([
  'ada@acme.example',
  'https://spam.example',
  'www.spam.example',
  'Win now spam.com',
  'bit.ly/abc/',
  '<b>Ada</b>',
  '[url=x]y[/url]',
  '&lt;script&gt;',
  'javascript:alert(1)',
  '12345',
  '???',
  'x'.repeat(150),
])('%s is nobody’s name', name => {
  expect(personNameOrNull(name)).toBeNull()
})

test('a company may be called like its address', () => {
  expect(titleOrNull('Booking.com')).toBe('Booking.com')
  expect(titleOrNull('AT&T')).toBe('AT&T')
})
