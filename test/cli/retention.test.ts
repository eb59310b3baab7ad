import { expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { aFact, aQuarantined } from '../contract/store/samples.ts'
import { openTerminal } from './model-terminal.ts'

const SITE = 'acme'
const NOW = Date.now()
const daysAgo = (days: number): number => NOW - days * DAY_MS

const view = (id: string, visitor: string, days: number) =>
  aFact(id, { site: SITE, visitor, occurredAt: daysAgo(days), receivedAt: daysAgo(days) })
const form = (id: string, visitor: string, days: number, email: string) => ({
  ...view(id, visitor, days),
  type: 'form_submit',
  props: { form: { id: 'demo' }, fields: [{ name: 'email', type: 'email', value: email }] },
})

/** Visitors and leads of many ages, all qualified. */
async function history(changes: Readonly<Record<string, string>> = {}) {
  const terminal = openTerminal()
  const collector = await terminal.collectorWith(0)
  await collector.store.record({
    facts: [
      view('old-1', 'old', 200),
      view('old-2', 'old', 91),
      view('back-1', 'back', 200),
      view('back-2', 'back', 89),
      view('imported', 'imported', 200),
      form('cold', 'cold', 800, 'cold@acme.example'),
      view('cold-past', 'cold', 810),
      form('warm', 'warm', 800, 'warm@globex.example'),
      view('warm-phone', 'warm-phone', 3),
      form('warm-again', 'warm-phone', 2, 'warm@globex.example'),
      form('customer', 'customer', 900, 'customer@initech.example'),
      { ...view('hers', 'customer', 890), type: 'page_view' },
    ].map(fact => (fact.id === 'imported' ? { ...fact, origin: 'server', receivedAt: daysAgo(1) } : fact)),
    quarantined: [31, 29].map(days => aQuarantined({ site: SITE, receivedAt: daysAgo(days) })),
  })
  await collector.settle()
  const goldpan = (...argv: readonly string[]) =>
    terminal.goldpan(argv, { env: { ...terminal.env, ...changes } })
  const ids = async () =>
    (await collector.store.factsSince(SITE, 0, 100)).map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1))
  return { collector, goldpan, ids }
}

async function decideCustomer({ collector }: Awaited<ReturnType<typeof history>>): Promise<void> {
  const { items } = await collector.store.persons({
    ...{ site: SITE, stages: [], isTest: false, grade: null, account: null, minRank: null },
    ...{ text: 'customer@', sort: 'engagement', limit: 1, cursor: null },
  })
  const lead = items[0]?.state.id ?? ''
  const word = aFact('word', { site: SITE, subject: lead, visitor: null, session: null, type: 'decision' })
  const decided = {
    occurredAt: daysAgo(880),
    receivedAt: daysAgo(880),
    origin: 'operator',
    actor: 'mara',
  } as const
  const facts = [{ ...word, ...decided, page: null, props: { to: 'customer', reason: 'signed' } }]
  await collector.store.record({ facts, quarantined: [] })
  await collector.settle()
}

const KEPT = ['back-1', 'back-2', 'customer', 'hers', 'imported', 'warm', 'warm-again', 'warm-phone', 'word']

it('takes out whole components that are too old, beside a collector at work, and nothing of anybody else', async () => {
  const world = await history()
  await decideCustomer(world)
  const trial = await world.goldpan('retention', '--dry-run')
  expect(trial.out).toContain('anonymous visitors: 1 group of connected people with 2 events')
  expect(trial.out).toContain('inactive leads: 1 group of connected people with 2 events')
  expect(await world.ids()).toHaveLength(13)
  const { code, out } = await world.goldpan('retention', '--json')
  expect(code).toBe(0)
  const [report] = JSON.parse(out)
  expect(report).toMatchObject({
    ...{ site: SITE, quarantined: 1 },
    anonymous: { components: 1, events: 2, persons: 1 },
    leads: { components: 1, events: 2, persons: 1 },
  })
  expect(await world.ids()).toEqual(KEPT)
  expect(await world.collector.store.counts(SITE)).toMatchObject({ quarantined: 1, persons: 4 })
  expect((await world.goldpan('replay', '--verify')).out).toContain('0 differences')
  const again = JSON.parse((await world.goldpan('retention', '--json')).out)
  expect(again[0]).toMatchObject({ quarantined: 0, anonymous: { events: 0 }, leads: { events: 0 } })
})

it('keeps no tombstone: who comes again is somebody new', async () => {
  const { collector, goldpan, ids } = await history()
  await goldpan('retention')
  expect(await collector.store.tombstones(0)).toEqual([])
  const facts = [view('old-3', 'old', 0), form('cold-again', 'cold', 0, 'cold@acme.example')]
  expect((await collector.store.record({ facts, quarantined: [] })).outcomes).toEqual([
    'accepted',
    'accepted',
  ])
  await collector.settle()
  expect(await ids()).toContain('old-3')
  expect((await goldpan('replay', '--verify')).out).toContain('0 differences')
})

it('keeps what is to be kept for ever, and reads periods from the environment', async () => {
  const never = await history({ GOLDPAN_RETENTION: 'anonymous=never leads=never quarantine=never' })
  await never.goldpan('retention')
  expect(await never.ids()).toHaveLength(12)
  const short = await history({ GOLDPAN_RETENTION: 'anonymous=10d, leads=never' })
  await short.goldpan('retention')
  expect(await short.ids()).not.toContain('back-2')
  expect(await short.ids()).toContain('cold')
  const wrong = await history({ GOLDPAN_RETENTION: 'visitors=3d' })
  expect(await wrong.goldpan('retention')).toMatchObject({
    code: 1,
    err: expect.stringContaining('visitors=3d'),
  })
})

it('leaves alone whom something came for that was not seen, or that waits to be computed', async () => {
  const { collector, goldpan } = await history()
  await goldpan('replay', '--verify')
  const { store } = collector
  const old = { site: SITE, subjects: ['old'], facts: ['old-1'], persons: [] }
  expect(await store.forget([old])).toMatchObject({ components: 0, events: 0 })
  expect((await store.forget([{ ...old, facts: ['old-1', 'old-2'] }])).events).toBe(2)
})
