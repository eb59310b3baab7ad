import { beforeEach, expect, it } from 'vitest'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { openTerminal } from './model-terminal.ts'

let terminal: ReturnType<typeof openTerminal>
let collector: Awaited<ReturnType<ReturnType<typeof openTerminal>['collectorWith']>>
beforeEach(async () => {
  terminal = openTerminal()
  collector = await terminal.collectorWith(0)
  const [site] = await collector.store.sites()
  const body = JSON.stringify(envelopeOf([eventOf({ type: 'download' }), { odd: 1 }], site?.publicKey))
  await fetch(`${collector.url}/v1/events`, { method: 'POST', body })
})

const goldpan = (...argv: readonly string[]) => terminal.goldpan(['quarantine', ...argv])

it('lists what waits, mends one, lets the other go, each once', async () => {
  const { code, out } = await goldpan()
  expect(code).toBe(0)
  const [head, newest, older] = out.split('\n')
  expect(head).toBe('acme: 2 events in quarantine')
  expect(newest).toMatch(/^ {2}2 .+ UTC +invalid_event .*expected/)
  expect(older).toMatch(/^ {2}1 .+invalid_props +\/props/)
  const [listed] = (await goldpan('list', '--json')).out.split('\n')
  expect(JSON.parse(listed ?? '')).toMatchObject({ site: 'acme', id: '2', event: { odd: 1 } })

  terminal.write('{"type":"download","at":1,"props":{}}', 'event.json')
  expect(await goldpan('release', '1', 'event.json')).toMatchObject({
    code: 1,
    err: expect.stringContaining('still fails its check: /props'),
  })
  terminal.write('{"type":"download","at":1,"props":{"url":"https://a.example/x.pdf"}}', 'event.json')
  expect(await goldpan('release', '1', 'event.json')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^acme: 1 released as event [0-9a-f-]{36}$/),
  })
  expect(await goldpan('release', '1', 'event.json')).toMatchObject({
    code: 1,
    err: '  1: mara has released it already',
  })
  expect(await goldpan('discard', '2', '7')).toMatchObject({
    code: 1,
    out: 'acme: 1 event discarded',
    err: '  7: there is no such event in quarantine',
  })
  expect((await goldpan()).out).toBe('acme: 0 events in quarantine')
  expect(await collector.store.counts('acme')).toMatchObject({ facts: 1, quarantined: 0 })
})

it.each([[['release', '1']], [['release', '1', 'none.json']], [['discard']], [['nonsense']]])(
  'is not understood with %j',
  async argv => {
    expect(await goldpan(...argv)).toMatchObject({ code: 2, out: '' })
  },
)
