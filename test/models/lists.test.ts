import { describe, expect, it } from 'vitest'
import { readList } from '../../collector/models/lists.ts'
import { changed, modelIn, problemsIn } from './sample.ts'

const problems = (text: string) =>
  readList(text, 'customers.csv').problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

describe('a list file', () => {
  it('has any of the four columns, in any order, with empty cells', () => {
    const { list } = readList(
      'Company,IP,domain,Email\nAcme,,ACME.example,\n"Foo, Bar",203.0.113.0/24,,Ann@Foo.Example\n',
      'x.csv',
    )
    expect(list).toEqual({
      domains: ['acme.example'],
      emails: ['ann@foo.example'],
      companies: ['Acme', 'Foo, Bar'],
      ips: ['203.0.113.0/24'],
    })
  })

  it.each([
    ['a byte order mark', '\ufeffdomain\nacme.example\n'],
    ['semicolons', 'domain;company\nacme.example;\n'],
    ['tabs', 'domain\tcompany\nacme.example\t\n'],
    ['carriage returns', 'domain\r\nacme.example\r\n'],
    ['blank lines', 'domain\n\nacme.example\n\n'],
    ['short lines', 'domain,company\nacme.example\n'],
  ])('may come with %s, as spreadsheets write it', (_name, text) => {
    const reading = readList(text, 'x.csv')
    expect(reading.problems).toEqual([])
    expect(reading.list.domains).toEqual(['acme.example'])
  })

  it.each([
    [
      'an unknown column',
      'domian\nacme.example\n',
      [
        '1:1 domian: expected a header with any of domain, email, company, ip, got "domian". Did you mean "domain"?',
      ],
    ],
    ['a column twice', 'domain,domain\n', ['1:2 domain: expected each column once, got domain again.']],
    [
      'its size',
      `company\n${'x'.repeat(10_000_000)}\n`,
      ['1:1 expected a list of at most 10000000 bytes, got 10000009 bytes.'],
    ],
    ['no header', '', ['1:1 expected a header with any of domain, email, company, ip, got an empty file.']],
    [
      'a value of another kind, with its line',
      'domain,email\nacme.example,\nhttps://foo.example,ann\n',
      [
        '3:1 domain: expected a domain such as rival.example, got "https://foo.example".',
        '3:2 email: expected an address such as ann@rival.example, got "ann".',
      ],
    ],
    [
      'more cells than columns',
      'company\nFoo, Bar\n',
      ['2:2 expected at most 1 cells, as in the header, got 2. Put text with commas in quotes.'],
    ],
    ['a quotation mark that never ends', 'company\n"Foo\n', [/^2:1 expected CSV, got Quote Not Closed/]],
  ])('is refused for %s', (_name, text, expected) => {
    const found = problems(text)
    expect(found).toHaveLength(expected.length)
    expected.forEach((words, index) => {
      if (typeof words === 'string') expect(found[index]).toBe(words)
      else expect(found[index]).toMatch(words)
    })
  })
})

describe('in a model', () => {
  const text = changed('domains: [rival.example]', 'domains: [rival.example], file: rivals.csv')

  it('is joined with what stands there', () => {
    expect(
      modelIn(text, name => (name === 'rivals.csv' ? 'domain\nother.example\n' : null)).lists.rivals?.domains,
    ).toEqual(['rival.example', 'other.example'])
  })

  it('reports mistakes with the name of the file', () => {
    const parsed = problemsIn(text, () => 'domain\nother\n')
    expect(parsed).toEqual(['2:1 domain: expected a domain such as rival.example, got "other".'])
  })
})
