import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
const documentation = read('docs/snippet.md')
const found = (path: string, pattern: RegExp): readonly string[] =>
  [...read(path).matchAll(pattern)].map(([, name, other]) => name ?? other ?? '')

const SOURCES = ['config', 'storage', 'page', 'record', 'entry', 'capture/links', 'chunks/domains']
const attributes = SOURCES.flatMap(file =>
  found(`snippet/${file}.ts`, /(?:options|dataset)\.(\w+)|'(\w+)' in dataset/g),
)
const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
const commands = found('snippet/commands.ts', /^ {2}(\w+)(?:: \(?\w+|,$)/gm)

test('every attribute of the tag is documented', () => {
  expect(attributes).toEqual(
    expect.arrayContaining(['site', 'consent', 'gpc', 'dnt', 'forms', 'downloads', 'cookieDomain']),
  )
  expect(attributes.filter(name => !documentation.includes(`| \`data-${kebab(name)}\``))).toEqual([])
})

test('every command is documented', () => {
  expect(commands).toEqual(expect.arrayContaining(['identify', 'page', 'track', 'consent', 'reset']))
  expect(commands.filter(name => !documentation.includes(`- \`${name}\`:`))).toEqual([])
})
