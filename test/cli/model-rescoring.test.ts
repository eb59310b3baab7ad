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
  const io = { env: {}, cwd: '', clock: () => now, out: () => {}, err: () => {}, stop }
  const ending = await watchRescoring({ io, store: { ...store, rescorings } }, 'site', FAST)
  await store.close()
  return { ending, asked }
}

it('is done when nothing is being prepared any more', async () => {
  expect(await watch([null])).toEqual({ ending: 'done', asked: 1 })
  expect(await watch([{}, { done: 5 }, { done: 10 }, null])).toEqual({ ending: 'done', asked: 4 })
  expect(await watch([{ site: 'other' }])).toMatchObject({ ending: 'done' })
})

it('sees that nobody is at work when nothing moves for some looks, and not before', async () => {
  expect(await watch([{}])).toEqual({ ending: 'stands', asked: 5 })
  expect(await watch([{}, {}, {}, {}, { done: 1 }])).toEqual({ ending: 'stands', asked: 9 })
})

it('waits for the time of a version when everybody is computed', async () => {
  const early = { done: 10, inForceAt: 2_000 }
  expect(await watch([...Array.from({ length: 9 }, () => early), null])).toEqual({
    ending: 'done',
    asked: 10,
  })
  now = 3_000
  expect(await watch([early])).toMatchObject({ ending: 'stands' })
})

it('is left when the person at the terminal has seen enough', async () => {
  expect(await watch([{}], AbortSignal.abort())).toEqual({ ending: 'left', asked: 1 })
})
