import { beforeEach, expect, it } from 'vitest'
import { openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
beforeEach(async () => {
  terminal = openTerminal()
  await terminal.collectorWith(3)
})
const goldpan = (...argv: readonly string[]) => terminal.goldpan(['accounts', ...argv])

it('lists companies in words: how hot, how good, how far, and who is missing', async () => {
  const { code, out } = await goldpan()
  expect(code).toBe(0)
  const [head, first, ...more] = out.split('\n')
  expect([head, more]).toEqual(['acme: 1 account', []])
  expect(first).toMatch(
    /^ {2}acme\.example +\d+ +D +MQL +3 leads +no decision maker, champion, technical, procurement, legal$/,
  )
})

it('answers programs as the API does', async () => {
  const { out } = await goldpan('--json', '--sort', 'people', '--limit', '5', '--site', 'acme')
  expect(JSON.parse(out)).toMatchObject({
    site: 'acme',
    next: null,
    data: [{ domain: 'acme.example', people: 3 }],
  })
})

it.each([
  ['--sort', 'hotness'],
  ['--limit', '0'],
  ['--site', 'nowhere'],
  ['acme', ''],
])('does not understand %s %s', async (...argv) => {
  expect((await goldpan(...argv)).code).toBe(2)
})
