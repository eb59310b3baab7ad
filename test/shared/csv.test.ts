import { expect, it } from 'vitest'
import { delimiterOf } from '../../shared/csv.ts'

it.each([
  ['email,name\na;b,c', ','],
  ['email;name\na,b;c', ';'],
  ['email\tname, whole\tphone\n', '\t'],
  ['email', ','],
  ['', ','],
  // a name with the other mark in quotes, over two lines, too
  ['"Name; first, and last",email\n', ','],
  ['"name; first","e;mail",phone', ','],
  ['"a\n;;;b",email,phone\n;;;;', ','],
  ['first; middle; last,email,phone,company,title', ','],
])('%j is parted by %j', (text, mark) => {
  expect(delimiterOf(text)).toBe(mark)
})
