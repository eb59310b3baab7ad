import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openTerminal } from './model-terminal.ts'

const NOT_UNDERSTOOD = 2

const DOC = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')

/** The commands of its blocks, without what is said of them. */
const COMMANDS = [...DOC.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, text = '']) =>
  text.split('\n').flatMap(line => (line.startsWith('goldpan ') ? [line.replace(/ +#.*/, '')] : [])),
)

it('docs/operating.md names every command of this kind', () => {
  const named = new Set(COMMANDS.map(line => line.split(' ')[1]))
  expect(named).toEqual(new Set(['backup', 'restore', 'doctor', 'size', 'retention']))
})

it.each(COMMANDS)('%s', async line => {
  const terminal = openTerminal()
  await terminal.collectorWith(0)
  const { code, err } = await terminal.goldpan(line.split(' ').slice(1), { ask: async () => 'n' })
  expect(code, err).not.toBe(NOT_UNDERSTOOD)
})
