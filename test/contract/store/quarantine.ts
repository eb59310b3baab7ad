import { expect, it } from 'vitest'
import type { Came } from '../../../collector/contracts/facts.ts'
import { anOrder, aQuarantined, NOW, SITE } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const CAME: Came = {
  origin: 'browser',
  subject: 'visitor-1',
  visitor: 'visitor-1',
  session: 'session-1',
  sentAt: NOW - 5,
  ip: '192.0.2.0',
  userAgent: 'Mozilla/5.0',
  noted: { country: 'BG' },
}
const word = (as: 'released' | 'discarded') => ({ as, at: NOW + 9, actor: 'mara' })

/** What waits for a person (collector/storage/quarantine-store.ts). */
export function quarantineContract({ store, reopen }: StoreUnderTest): void {
  const fill = async (count: number, site = SITE) => {
    const quarantined = Array.from({ length: count }, (_, nth) =>
      aQuarantined({ site, body: `{"nth":${nth}}`, came: CAME }),
    )
    await store().record({ facts: [], quarantined })
    return store().aside(site, 100)
  }

  it('keeps what came and how, newest first', async () => {
    await fill(3)
    await reopen()
    const waiting = await store().aside(SITE, 10)
    expect(waiting.map(({ body }) => body)).toEqual(['{"nth":2}', '{"nth":1}', '{"nth":0}'])
    const [newest] = waiting
    expect(newest).toEqual({
      ...aQuarantined({ body: '{"nth":2}', came: CAME }),
      id: expect.stringMatching(/^\d+$/),
      settled: null,
    })
    expect(await store().asideById(SITE, newest?.id ?? '')).toEqual(newest)
  })

  it('goes on after one, even when that is settled meanwhile', async () => {
    const [first, second, third] = await fill(3)
    await store().settleAside(SITE, second?.id ?? '', word('discarded'))
    expect(await store().aside(SITE, 10, second?.id)).toEqual([third])
    expect(await store().aside(SITE, 1)).toEqual([first])
    expect(await store().aside(SITE, 10, 'nonsense')).toEqual([])
  })

  it('settles once, lets go of what it said, and counts what waits', async () => {
    const [one] = await fill(2)
    const id = one?.id ?? ''
    const settled = await store().settleAside(SITE, id, word('released'))
    expect(settled).toMatchObject({ settled: word('released'), body: 'null', came: null })
    expect(await store().settleAside(SITE, id, word('released'))).toBeNull()
    expect(await store().settleAside(SITE, id, word('discarded'))).toBeNull()
    expect(await store().asideById(SITE, id)).toEqual(settled)
    expect(await store().counts(SITE)).toMatchObject({ quarantined: 1 })
  })

  it('a release that was under way wins over a discard', async () => {
    const [one] = await fill(1)
    const id = one?.id ?? ''
    await store().settleAside(SITE, id, word('discarded'))
    expect(await store().settleAside(SITE, id, word('discarded'))).toBeNull()
    expect(await store().settleAside(SITE, id, word('released'))).toMatchObject({ settled: word('released') })
  })

  it('is of one site', async () => {
    const [one] = await fill(1)
    expect(await store().asideById('other', one?.id ?? '')).toBeNull()
    expect(await store().settleAside('other', one?.id ?? '', word('released'))).toBeNull()
    expect(await store().aside('other', 10)).toEqual([])
    expect(await store().aside(SITE, 10)).toEqual([one])
  })

  it.each(['', '0', '-1', '1e3', '9'.repeat(40)])('has none of the id %j', async id => {
    await fill(1)
    expect(await store().asideById(SITE, id)).toBeNull()
  })

  it('an erasure takes what came on timelines that are the person’s own', async () => {
    await fill(1)
    await store().record({ facts: [], quarantined: [aQuarantined({ came: { ...CAME, subject: 'other' } })] })
    expect(await store().erase(anOrder({ wholly: ['visitor-1'] }))).toMatchObject({ quarantined: 1 })
    expect(await store().aside(SITE, 10)).toMatchObject([{ came: { subject: 'other' } }])
  })
}
