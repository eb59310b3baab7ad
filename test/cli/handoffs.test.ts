import { beforeEach, describe, expect, it } from 'vitest'
import { leadsOf, openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
let collector: Awaited<ReturnType<ReturnType<typeof openTerminal>['collectorWith']>>
beforeEach(async () => {
  terminal = openTerminal()
  terminal.write(`${terminal.read()}handoff: manual\n`)
  collector = await terminal.collectorWith(3)
})

const goldpan = (...argv: readonly string[]) => terminal.goldpan(argv)
const waiting = async (): Promise<readonly string[]> => {
  const { out } = await goldpan('handoffs', '--json')
  return (JSON.parse(out).waiting as readonly { id: string }[]).map(({ id }) => id)
}
const statuses = async () =>
  (await leadsOf(collector.url)).flatMap(({ handoffs }) => handoffs.map(({ status }) => status)).sort()

describe('goldpan handoffs', () => {
  it('lists who waits and why', async () => {
    const { code, out } = await goldpan('handoffs')
    expect(code).toBe(0)
    const [head, first] = out.split('\n')
    expect(head).toBe('acme: 3 hand-offs wait')
    expect(first).toMatch(/^ {2}[0-9a-f]{24} +\S+ \S+ UTC +version 1 +D × 50 +lead-0@acme\.example +demo$/)
  })

  it('says yes or no of some, beside a collector at work', async () => {
    const [first = '', second = ''] = await waiting()
    expect(await goldpan('handoffs', 'approve', first)).toMatchObject({
      code: 0,
      out: 'acme: 1 hand-off told',
    })
    expect((await goldpan('handoffs', 'decline', second)).code).toBe(0)
    expect(await statuses()).toEqual(['declined', 'told', 'waiting'])
    expect((await goldpan('handoffs', 'approve', first)).out).toContain('1 had that answer already')
    expect(await goldpan('handoffs', 'decline', first, 'nobody')).toMatchObject({
      code: 1,
      err: `  ${first}: is told\n  nobody: there is no such hand-off`,
    })
    expect(await statuses()).toEqual(['declined', 'told', 'waiting'])
    expect((await collector.store.handoff('acme', first))?.answeredBy).toBe('mara')
  })

  it('says it of all at once, or of those that a model version made', async () => {
    expect(await goldpan('handoffs', 'decline', '--model', '99')).toMatchObject({
      code: 1,
      err: 'acme: expected a published version, 1 to 1, came 99.',
    })
    expect(await waiting()).toHaveLength(3)
    expect((await goldpan('handoffs', 'decline', '--model', '1', '--json')).out).toMatch(
      /"status":"declined"/,
    )
    expect(await statuses()).toEqual(['declined', 'declined', 'declined'])
    await terminal.anotherLead(collector)
    expect((await goldpan('handoffs', 'approve', '--all')).out).toBe('acme: 1 hand-off told')
    expect((await goldpan('handoffs')).out).toBe('acme: 0 hand-offs wait')
  })

  it.each([
    [['approve']],
    [['approve', 'x', '--all']],
    [['approve', '--model', 'x']],
    [['--all']],
    [['tell', 'x']],
  ])('%j is not understood, and nothing is done', async args => {
    expect(await goldpan('handoffs', ...args)).toMatchObject({
      code: 2,
      err: expect.stringContaining('goldpan handoffs'),
    })
    expect(await waiting()).toHaveLength(3)
  })
})
