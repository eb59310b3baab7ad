import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
const documentation = read('docs/snippet.md')
const found = (path: string, pattern: RegExp): readonly string[] =>
  [...read(path).matchAll(pattern)].map(([, name]) => name ?? '')

const attributes = [
  ...found('snippet/config.ts', /dataset\.(\w+)/g),
  ...found('snippet/config.ts', /captures = \(name: (.*)\):/g).flatMap(names => names.match(/\w+/g) ?? []),
]
const commands = found('snippet/commands.ts', /^ {4}(\w+)(?:: \(\) =>|,)/gm)

test('every attribute of the tag is documented', () => {
  expect(attributes).toEqual(expect.arrayContaining(['site', 'consent', 'gpc', 'forms', 'downloads']))
  expect(attributes.filter(name => !documentation.includes(`| \`data-${name}\``))).toEqual([])
})

test('every command is documented', () => {
  expect(commands).toEqual(expect.arrayContaining(['identify', 'page', 'track', 'consent', 'reset']))
  expect(commands.filter(name => !documentation.includes(`- \`${name}\`:`))).toEqual([])
})
