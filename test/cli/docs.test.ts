import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openTerminal } from './model-terminal.ts'

const DOC = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')

/** The commands of its blocks, without what is said of them. */
const BLOCKS = [...DOC.matchAll(/```sh\n([^`]*)```/g)].map(([, text = '']) =>
  text.split('\n').flatMap(line => (line.startsWith('goldpan ') ? [line.replace(/ +#.*/, '')] : [])),
)
const PUBLISHING = BLOCKS.find(block => block.includes('goldpan model publish')) ?? []

const NOT_UNDERSTOOD = 2

describe('the commands of docs/model.md', () => {
  it('are there', () => {
    expect(PUBLISHING.length).toBeGreaterThan(8)
  })

  it.each(BLOCKS.flat())('%s', async line => {
    const terminal = openTerminal()
    await terminal.collectorWith(0)
    const { code, err } = await terminal.goldpan(line.split(' ').slice(1))
    expect(code, err).not.toBe(NOT_UNDERSTOOD)
  })

  it.each(PUBLISHING)('%s --site acme --json', async line => {
    const terminal = openTerminal()
    await terminal.collectorWith(0)
    const { code, out, err } = await terminal.goldpan([
      ...line.split(' ').slice(1),
      '--site',
      'acme',
      '--json',
    ])
    expect(code, err).toBe(0)
    for (const answer of out.split('\n')) expect(() => JSON.parse(answer)).not.toThrow()
  })
})
