import { describe, expect, it } from 'vitest'
import { startRescorer } from '../../collector/qualify/rescorer.ts'
import { createSignals } from '../../collector/signals.ts'
import type { ModelStore, Postponement, Rescoring } from '../../collector/storage/model-store.ts'
import { openStore } from '../../collector/storage/open.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { NOON } from '../support/facts.ts'

const RESCORING: Rescoring = {
  site: 'site',
  generation: 2,
  version: 2,
  actor: 'mara',
  engine: 'engine',
  startedAt: NOON - MINUTE_MS,
  passAt: NOON - MINUTE_MS,
  inForceAt: NOON,
  switchedAt: null,
  isReady: false,
  done: 0,
  total: 100_000,
}

/** What a round may do at an instant, and what happened to the generation, which a store of a real site would show. */
async function leaveAt(now: number, given: Partial<Rescoring>) {
  const real = await openStore('sqlite::memory:')
  const happened: (string | Postponement)[] = []
  const store: ModelStore = {
    ...real,
    rescorings: async () => [{ ...RESCORING, ...given }],
    switchGeneration: async () => {
      happened.push('shown')
      return 'switched'
    },
    postponeGeneration: async (_, times) => {
      happened.push(times)
    },
  }
  const { only, until } = await startRescorer({ store, clock: () => now, signals: createSignals() }).leave()
  await real.close()
  return { only: only?.generation ?? null, until, happened }
}

const FREE = { only: null, until: Number.POSITIVE_INFINITY }

describe('before each round', () => {
  it('nothing is decided from the time on at which another version comes in force', async () => {
    expect(await leaveAt(NOON - 1, {})).toEqual({ only: null, until: NOON, happened: [] })
    expect(await leaveAt(NOON - 1, { isReady: true })).toEqual({ only: null, until: NOON, happened: [] })
  })

  it('a version is shown at its time, when everybody is ready', async () => {
    expect(await leaveAt(NOON, { isReady: true })).toEqual({ ...FREE, happened: ['shown'] })
    expect(await leaveAt(NOON + MINUTE_MS, { isReady: true })).toEqual({ ...FREE, happened: ['shown'] })
  })

  it('the last few are computed before anything else', async () => {
    expect(await leaveAt(NOON, { done: 99_000 })).toEqual({ ...FREE, only: 2, happened: [] })
    expect(await leaveAt(NOON, { total: 1_000 })).toEqual({ ...FREE, only: 2, happened: [] })
  })

  it('one that is far from ready, or for which live traffic has waited long, is given twice the time', async () => {
    const inForceAt = NOON + 2 * MINUTE_MS
    expect(await leaveAt(NOON, { done: 98_999 })).toEqual({
      only: null,
      until: inForceAt,
      happened: [{ inForceAt, now: NOON }],
    })
    const late = NOON + 3 * SECOND_MS
    expect((await leaveAt(late, { done: 99_999 })).happened).toEqual([
      { inForceAt: late + 2 * MINUTE_MS, now: late },
    ])
  })

  it('a rebuild has no time of its own', async () => {
    expect(await leaveAt(NOON, { version: null })).toEqual({ ...FREE, happened: [] })
  })
})
