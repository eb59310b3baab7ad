import { beforeEach, expect, it } from 'vitest'
import { watchRescoring } from '../../collector/cli/model-rescoring.ts'
import type { Rescoring } from '../../collector/storage/model-store.ts'
import { openStore } from '../../collector/storage/open.ts'

const RESCORING: Rescoring = {
  site: 'site',
  generation: 2,
  version: 2,
  actor: 'mara',
  engine: 'engine',
  startedAt: 0,
  inForceAt: 0,
  switchedAt: null,
  isReady: false,
  passAt: 0,
  done: 0,
  total: 10,
}
const FAST = { everyMs: 1, looks: 4 }

let now: number
beforeEach(() => {
  now = 1_000
})

/** Watches a store that tells these, one look after the other, the last for ever; null: nothing is being prepared. */
async function watch(looks: readonly (Partial<Rescoring> | null)[], stop = new AbortController().signal) {
  const store = await openStore('sqlite::memory:')
  let asked = 0
  const rescorings = async () => {
    const look = looks[Math.min(asked++, looks.length - 1)]
    return look ? [{ ...RESCORING, ...look }] : []
  }
  const said: string[] = []
  const io = {
    env: {},
    cwd: '',
    clock: () => now,
    out: () => {},
    err: (line: string) => said.push(line),
    stop,
  }
  const ending = await watchRescoring({ io, store: { ...store, rescorings } }, 'site', FAST)
  await store.close()
  return { ending, asked, said }
}

it('is done when nothing is being prepared any more', async () => {
  expect(await watch([null])).toMatchObject({ ending: 'done', asked: 1 })
  expect(await watch([{}, { done: 5 }, { done: 10 }, null])).toMatchObject({ ending: 'done', asked: 4 })
  expect(await watch([{ site: 'other' }])).toMatchObject({ ending: 'done' })
})

it('sees that nobody is at work when nothing moves for some looks, and not before', async () => {
  expect(await watch([{}])).toMatchObject({ ending: 'stands', asked: 5 })
  expect(await watch([{}, {}, {}, {}, { done: 1 }])).toMatchObject({ ending: 'stands', asked: 9 })
})

it('waits for the time of a version when everybody is computed', async () => {
  // A lead joined by a person has a timeline without events, which is never computed.
  const early = { done: 9, isReady: true, inForceAt: 2_000 }
  expect(await watch([...Array.from({ length: 9 }, () => early), null])).toEqual({
    ending: 'done',
    asked: 10,
    said: ['site: ready, everybody is rescored; comes in force at 1970-01-01 00:00:02 UTC'],
  })
  now = 3_000
  expect(await watch([early])).toMatchObject({ ending: 'stands' })
})

it('does not take for ready what is only counted so', async () => {
  expect(await watch([{ done: 10, inForceAt: 2_000 }])).toMatchObject({ ending: 'stands', said: [] })
})

it('is left when the person at the terminal has seen enough', async () => {
  expect(await watch([{}], AbortSignal.abort())).toMatchObject({ ending: 'left', asked: 1 })
})
