import { describe, expect, it } from 'vitest'
import type { Handoff } from '../../collector/contracts/state.ts'
import { answerChosen, type HandoffStore } from '../../collector/queries/handoff-answers.ts'
import { NOON } from '../support/facts.ts'

const waitingSince = (at: number): Handoff => ({
  site: 'site',
  id: `h${at}`,
  lead: `l${at}`,
  episodeSince: at,
  toldAt: at,
  status: 'waiting',
  model: 1 + (at % 2),
  fitScore: 0,
  fitGrade: 'D',
  engagementScore: 50,
  reasons: [],
  answeredBy: null,
})

/** Hand-offs that wait, the longest waiting first, and how many are read at once. */
function waiting(count: number) {
  const all = Array.from({ length: count }, (_, at) => waitingSince(at))
  const pages: number[] = []
  const store: HandoffStore = {
    handoff: async (_site, id) => all.find(one => one.id === id) ?? null,
    waitingHandoffs: async (_site, limit, after) => {
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
      const page = all.slice(from).filter(({ status }) => status === 'waiting')
      pages.push(limit)
      return page.slice(0, limit)
    },
    answerHandoff: async (_site, id, { status, at, actor }) => {
      const index = all.findIndex(one => one.id === id && one.status === 'waiting')
      const found = all[index]
      if (!found) return null
      const answered = { ...found, status, toldAt: at, answeredBy: actor }
      all[index] = answered
      return answered
    },
  }
  return { all, pages, store }
}

const YES = { status: 'told', at: NOON, actor: 'anna' } as const
const never = new AbortController().signal

describe('answerChosen', () => {
  it('answers all that wait, page by page, and none that comes meanwhile', async () => {
    const { all, pages, store } = waiting(450)
    let paused = 0
    const pause = async () => {
      paused += 1
      if (paused === 10) all.push(waitingSince(900))
    }
    const { answered } = await answerChosen(store, 'site', { all: true }, YES, { pause, stop: never })
    expect(answered).toHaveLength(450)
    expect(pages).toEqual([200, 200, 200])
    expect(all.at(-1)?.status).toBe('waiting')
  })

  it('answers those of a version alone', async () => {
    const { store } = waiting(5)
    const { answered } = await answerChosen(store, 'site', { model: 2 }, YES, {
      pause: async () => {},
      stop: never,
    })
    expect(answered).toEqual(['h1', 'h3'])
  })

  it('stops when nobody waits for it any more, and what it answered stays', async () => {
    const { all, store } = waiting(20)
    const gone = new AbortController()
    const pause = async () => {
      if (all.filter(({ status }) => status === 'told').length === 3) gone.abort()
    }
    const { answered } = await answerChosen(store, 'site', { all: true }, YES, { pause, stop: gone.signal })
    expect(answered).toEqual(['h0', 'h1', 'h2'])
    expect(all.filter(({ status }) => status === 'waiting')).toHaveLength(17)
  })
})
