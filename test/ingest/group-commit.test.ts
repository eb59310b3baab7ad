import { describe, expect, it } from 'vitest'
import { factMaker } from '../../collector/ingest/fact.ts'
import { groupCommit } from '../../collector/ingest/group-commit.ts'
import { NOTHING_TO_NOTE } from '../../collector/ingest/noting.ts'
import type { RecordBatch, RecordResult } from '../../collector/storage/store.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { aQuarantined } from '../contract/store/samples.ts'
import { envelopeOf, eventOf, NOON } from './wire-samples.ts'

const toFact = factMaker(envelopeOf(), {
  site: 's',
  origin: 'browser',
  receivedAt: NOON,
  ip: null,
  userAgent: null,
  isTest: false,
  optedOut: false,
  network: NOTHING_TO_NOTE.network,
})
const batchOf = (count: number): RecordBatch => ({
  facts: Array.from({ length: count }, () => toFact(eventOf())),
  quarantined: [],
})

/** A store whose commits end when the test says so. */
function heldStore() {
  const commits: { readonly batch: RecordBatch; finish(): void; fail(error: Error): void }[] = []
  let seen = (): void => {}
  const record = (batch: RecordBatch): Promise<RecordResult> =>
    new Promise((resolve, reject) => {
      commits.push({
        batch,
        finish: () => resolve({ outcomes: batch.facts.map(() => 'accepted') }),
        fail: reject,
      })
      seen()
    })
  const commit = async (index: number) => {
    while (commits.length <= index) await new Promise<void>(resolve => (seen = resolve))
    return commits[index]!
  }
  return { record, commit, commits }
}

const aTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const LIMITS = { eventsPerCommit: 10, waitingEvents: 20, waitingBytes: 1_000, sliceMs: 0 }

/** Whether a promise is settled by now, every reaction that is due having run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  const mark = (): void => {
    settled = true
  }
  promise.then(mark, mark)
  await new Promise(resolve => setImmediate(resolve))
  await new Promise(resolve => setImmediate(resolve))
  return settled
}

function taken<T>(submitted: Promise<T> | 'overloaded'): Promise<T> {
  if (submitted === 'overloaded') throw new Error('expected the batch to be taken, it was refused')
  return submitted
}

describe('groupCommit', () => {
  it('answers nobody before the commit, and each with his own outcomes', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const one = taken(group.submit(batchOf(1), 10))
    const two = taken(group.submit(batchOf(2), 10))
    const commit = await store.commit(0)
    expect(await isSettled(one)).toBe(false)
    expect(commit.batch.facts).toHaveLength(3)
    commit.finish()
    expect(await one).toHaveLength(1)
    expect(await two).toHaveLength(2)
  })

  it('tells each what became of what was kept aside, too', async () => {
    const record = async ({ facts, quarantined }: RecordBatch): Promise<RecordResult> => ({
      outcomes: [...facts, ...quarantined].map((_, nth) => (nth % 2 === 0 ? 'accepted' : 'duplicate')),
    })
    const group = groupCommit(record, LIMITS)
    const aside = (count: number) => Array.from({ length: count }, () => aQuarantined())
    const one = taken(group.submit({ ...batchOf(1), quarantined: aside(1) }, 10))
    const two = taken(group.submit({ ...batchOf(2), quarantined: aside(2) }, 10))
    // facts 0 to 2 first, then 3 to 5
    expect(await one).toEqual(['accepted', 'duplicate'])
    expect(await two).toEqual(['duplicate', 'accepted', 'accepted', 'duplicate'])
  })

  it('collects what comes while a commit runs into the next one', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const first = taken(group.submit(batchOf(1), 10))
    const running = await store.commit(0)
    const later = [1, 2, 3].map(() => taken(group.submit(batchOf(1), 10)))
    expect(store.commits).toHaveLength(1)
    running.finish()
    await first
    const next = await store.commit(1)
    expect(next.batch.facts).toHaveLength(3)
    next.finish()
    await Promise.all(later)
  })

  it('waits for connections that are let in one a turn', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const answers = []
    for (let knocks = 0; knocks < 4; knocks += 1) {
      answers.push(taken(group.submit(batchOf(1), 10)))
      await aTurn()
    }
    const commit = await store.commit(0)
    expect(commit.batch.facts).toHaveLength(4)
    commit.finish()
    await Promise.all(answers)
  })

  it('does not wait for ever for a stream without a gap', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, { ...LIMITS, waitingEvents: 1_000, waitingBytes: 10_000 })
    while (store.commits.length === 0) {
      taken(group.submit(batchOf(1), 10)).catch(() => {})
      await aTurn()
    }
    expect(store.commits[0]?.batch.facts.length).toBeLessThanOrEqual(LIMITS.eventsPerCommit)
  })

  it('gives others a turn when nothing is being gathered, or after a commit', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    await group.turn()
    const answer = taken(group.submit(batchOf(1), 10))
    let hadTurn = false
    const turn = group.turn().then(() => {
      hadTurn = true
    })
    const commit = await store.commit(0)
    expect(hadTurn).toBe(false)
    const behind = taken(group.submit(batchOf(1), 10))
    commit.finish()
    await answer
    // another is being gathered by now
    await turn
    ;(await store.commit(1)).finish()
    await behind
  })

  it('leaves others a slice of time after each turn, though requests come without a pause', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, { ...LIMITS, sliceMs: Number.POSITIVE_INFINITY })
    await group.turn()
    const answer = taken(group.submit(batchOf(1), 10))
    for (let piece = 0; piece < 100; piece += 1) await group.turn()
    expect(store.commits).toHaveLength(0)
    ;(await store.commit(0)).finish()
    await answer
  })

  it('makes no commit larger than its limit, but takes one large batch whole', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const sizes = [6, 6].map(size => taken(group.submit(batchOf(size), 10)))
    expect((await store.commit(0)).batch.facts).toHaveLength(6)
    store.commits[0]?.finish()
    expect((await store.commit(1)).batch.facts).toHaveLength(6)
    store.commits[1]?.finish()
    await Promise.all(sizes)
    const large = taken(group.submit(batchOf(12), 10))
    expect((await store.commit(2)).batch.facts).toHaveLength(12)
    store.commits[2]?.finish()
    expect(await large).toHaveLength(12)
  })

  it('refuses before memory grows, and takes again when there is room', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const first = taken(group.submit(batchOf(20), 10))
    expect(group.submit(batchOf(1), 10)).toBe('overloaded')
    ;(await store.commit(0)).finish()
    await first
    const heavy = taken(group.submit(batchOf(1), 1_000))
    expect(group.submit(batchOf(1), 1)).toBe('overloaded')
    ;(await store.commit(1)).finish()
    await heavy
  })

  it('a failed commit fails its own requests and no later one', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const first = taken(group.submit(batchOf(1), 10))
    const failure = new StoreError('full', 'no space')
    ;(await store.commit(0)).fail(failure)
    await expect(first).rejects.toBe(failure)
    const second = taken(group.submit(batchOf(20), 10))
    ;(await store.commit(1)).finish()
    expect(await second).toHaveLength(20)
  })

  it('drains to the last', async () => {
    const store = heldStore()
    const group = groupCommit(store.record, LIMITS)
    const answers = [6, 6].map(size => taken(group.submit(batchOf(size), 10)))
    const drained = group.drain()
    ;(await store.commit(0)).finish()
    expect(await isSettled(drained)).toBe(false)
    ;(await store.commit(1)).finish()
    await drained
    await Promise.all(answers)
  })
})
