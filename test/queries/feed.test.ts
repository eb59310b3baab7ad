import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Feed, type FeedListener, startFeed } from '../../collector/queries/feed.ts'
import type { FeedItem } from '../../collector/queries/feed-items.ts'
import { createSignals, type Signals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store, StreamPosition } from '../../collector/storage/store.ts'
import { NOON, pageView } from '../support/facts.ts'
import { idOf } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A listener that keeps what it is told, and can be asked to wait for it. */
function keeper() {
  const items: FeedItem[] = []
  const positions: StreamPosition[] = []
  const waiting = new Map<number, () => void>()
  const listener: FeedListener = {
    start: position => positions.push(position),
    take: (item, position) => {
      items.push(item)
      positions.push(position)
      waiting.get(items.length)?.()
    },
    hasRoom: () => true,
    room: async () => {},
    ended: new AbortController(),
  }
  const heard = (count: number): Promise<void> =>
    new Promise(resolve => (items.length >= count ? resolve() : waiting.set(count, resolve)))
  return { listener, items, positions, heard }
}

/** The same listener without room until it is opened. */
function gated(listener: FeedListener) {
  let isOpen = false
  let open = (): void => {}
  const room = new Promise<void>(resolve => {
    open = () => {
      isOpen = true
      resolve()
    }
  })
  return { listener: { ...listener, hasRoom: () => isOpen, room: () => room }, open: () => open() }
}

let store: Store
let signals: Signals
let feed: Feed
let readings: number
let broken: boolean
/** holds back the answer to the next reading */
let held: Promise<void> | null
beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  signals = createSignals()
  readings = 0
  broken = false
  held = null
  const counted: Store = {
    ...store,
    factsSince: async (...args) => {
      readings += 1
      if (broken) throw new Error('disk on fire')
      const [facts, release] = [await store.factsSince(...args), held]
      held = null
      await release
      return facts
    },
  }
  feed = startFeed({
    store: counted,
    clock: () => NOON,
    signals,
    versionsOf: async () => [published(EXAMPLE)],
    idsOf: async () => idOf,
  })
})
afterEach(async () => {
  feed.close()
  await store.close()
})

async function happen(count = 1): Promise<void> {
  const facts = Array.from({ length: count }, () => pageView(NOON, '/'))
  await store.record({ facts, quarantined: [] })
  signals.emit({ kind: 'recorded', site: 'site' })
}

/** @returns what lets the held answer go */
function hold(): () => void {
  let release = (): void => {}
  held = new Promise(resolve => {
    release = resolve
  })
  return () => release()
}

async function follow(from: StreamPosition | null = null) {
  const one = keeper()
  await feed.follow('site', from, one.listener)
  return one
}

const seqs = (items: readonly FeedItem[]) => items.map(item => ('seq' in item ? item.seq : null))

describe('startFeed', () => {
  it('reads the store as often for many listeners as for one', async () => {
    const costOf = async (listeners: number): Promise<number> => {
      const all = await Promise.all(Array.from({ length: listeners }, () => follow()))
      const before = readings
      await happen()
      await Promise.all(all.map(one => one.heard(1)))
      for (const { listener } of all) listener.ended.abort()
      return readings - before
    }
    const alone = await costOf(1)
    expect(await costOf(100)).toBe(alone)
  })

  it('reads nothing when nobody listens', async () => {
    const one = await follow()
    one.listener.ended.abort()
    const before = readings
    await happen()
    expect(readings).toBe(before)
  })

  it('brings a late listener up to the others, in order, nothing twice', async () => {
    const first = await follow({ fact: 0, change: 0 })
    await happen(1_200)
    const late = keeper()
    const joining = feed.follow('site', { fact: 0, change: 0 }, late.listener)
    await happen(700)
    await joining
    await happen(3)
    await Promise.all([first.heard(1_903), late.heard(1_903)])
    expect(seqs(late.items)).toEqual(Array.from({ length: 1_903 }, (_, index) => index + 1))
    expect(seqs(first.items)).toEqual(seqs(late.items))
  })

  it('loses nothing for one whose last look was overtaken by the others', async () => {
    const first = await follow()
    const release = hold()
    const late = keeper()
    const joining = feed.follow('site', null, late.listener)
    await vi.waitUntil(() => held === null)
    await happen(1)
    await first.heard(1)
    release()
    await joining
    expect(seqs(late.items)).toEqual([1])
  })

  it('tells nothing twice to one who has read ahead of the others', async () => {
    const first = await follow()
    const release = hold()
    await happen(3)
    const ahead = await follow({ fact: 0, change: 0 })
    expect(seqs(ahead.items)).toEqual([1, 2, 3])
    release()
    await first.heard(3)
    await happen(1)
    await Promise.all([first.heard(4), ahead.heard(4)])
    expect(seqs(ahead.items)).toEqual([1, 2, 3, 4])
  })

  it('waits for room while catching up', async () => {
    await happen(10)
    const slow = keeper()
    const gate = gated(slow.listener)
    const joining = feed.follow('site', { fact: 0, change: 0 }, gate.listener)
    await happen(1)
    expect(slow.items).toEqual([])
    gate.open()
    await joining
    expect(slow.items).toHaveLength(11)
  })

  it('lets a slow listener go on alone, and takes it back', async () => {
    const fast = await follow()
    const slow = keeper()
    const gate = gated(slow.listener)
    await feed.follow('site', null, gate.listener)
    await happen(3)
    await fast.heard(3)
    expect(slow.items).toEqual([])
    gate.open()
    await slow.heard(3)
    await happen(2)
    await Promise.all([fast.heard(5), slow.heard(5)])
    expect(seqs(slow.items)).toEqual(seqs(fast.items))
  })

  it('gives every item the position to resume after it', async () => {
    const one = await follow()
    await happen(5)
    await one.heard(5)
    const resumed = await follow(one.positions.at(-3) ?? null)
    expect(seqs(resumed.items)).toEqual(seqs(one.items).slice(-2))
  })

  it('lets its listeners go when the store fails: they come back and lose nothing', async () => {
    const one = await follow()
    broken = true
    const ended = new Promise(resolve => one.listener.ended.signal.addEventListener('abort', resolve))
    await happen()
    await ended
    broken = false
    const back = await follow(one.positions.at(-1) ?? null)
    expect(back.items).toHaveLength(1)
  })

  it('ends every listener when it closes, and each that comes after', async () => {
    const one = await follow()
    feed.close()
    expect(one.listener.ended.signal.aborted).toBe(true)
    expect((await follow()).listener.ended.signal.aborted).toBe(true)
  })
})

describe('what another process writes', () => {
  /** One who follows, and what a store of its own on the same file does. */
  async function beside() {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const databaseUrl = `sqlite:${tempDir()}/goldpan.db`
    const [ours, theirs] = [await openStore(databaseUrl), await openStore(databaseUrl)]
    const asked = { heads: 0, readings: 0 }
    const watched: Store = {
      ...ours,
      head: site => {
        asked.heads += 1
        return ours.head(site)
      },
      factsSince: (...args) => {
        asked.readings += 1
        return ours.factsSince(...args)
      },
    }
    const versionsOf = async () => [published(EXAMPLE)]
    const following = startFeed({
      store: watched,
      clock: () => NOON,
      signals: createSignals(),
      versionsOf,
      idsOf: async () => idOf,
    })
    onTestFinished(async () => {
      vi.useRealTimers()
      following.close()
      await Promise.all([ours.close(), theirs.close()])
    })
    const one = keeper()
    await following.follow('site', null, one.listener)
    return { one, theirs, asked }
  }

  it('is told within a second, without a signal', async () => {
    const { one, theirs } = await beside()
    await theirs.record({ facts: [pageView(NOON, '/')], quarantined: [] })
    await vi.advanceTimersByTimeAsync(999)
    expect(one.items).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await one.heard(1)
    expect(seqs(one.items)).toEqual([1])
  })

  it('costs one look at the head while nothing is new, and none when nobody listens', async () => {
    const { one, asked } = await beside()
    const before = { ...asked }
    await vi.advanceTimersByTimeAsync(3_000)
    expect(asked).toEqual({ heads: before.heads + 3, readings: before.readings })
    one.listener.ended.abort()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(asked.heads).toBe(before.heads + 3)
  })
})
