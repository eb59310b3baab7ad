import { expect, test } from 'vitest'
import { fileOf } from '../../../snippet/capture/downloads.ts'

const linkOf = (attributes: string): Element => {
  document.head.innerHTML = '<base href="https://acme.example/docs/">'
  document.body.innerHTML = `<a ${attributes}>link</a>`
  return document.body.firstElementChild ?? document.body
}

test.each([
  ['href="guide.pdf"', 'https://acme.example/docs/guide.pdf', 'guide.pdf'],
  ['href="/A.PDF?token=t#page=2"', 'https://acme.example/A.PDF', 'A.PDF'],
  ['href="https://cdn.example/x/list.xlsx?gclid=1"', 'https://cdn.example/x/list.xlsx', 'list.xlsx'],
  ['href="/b.tar.gz"', 'https://acme.example/b.tar.gz', 'b.tar.gz'],
  ['href="/report/7" download', 'https://acme.example/report/7', '7'],
  ['href="/report/7" download="Q1.pdf"', 'https://acme.example/report/7', 'Q1.pdf'],
])('%s is a file', (attributes, url, file) => {
  expect(fileOf(linkOf(attributes))).toEqual({ url, file })
})

test.each([
  'href="/pricing"',
  'href="/pricing?file=a.pdf"',
  'href="/pdf"',
  'href="/about.html"',
  'href="/photo.jpg"',
  'href="mailto:ann@acme.zip"',
  'href="data:text/csv,a,b" download="a.csv"',
  'href="#a.pdf"',
])('%s is none', attributes => {
  expect(fileOf(linkOf(attributes))).toBeNull()
})
