import { describe, expect, it } from 'vitest'
import type { Handoff, MqlState, StageTransition } from '../../collector/contracts/state.ts'
import { episodesIn, type TellingInput, telling } from '../../collector/lifecycle/telling.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { NOON } from '../support/facts.ts'

const moves = (
  ...path: readonly (readonly [LifecycleStage, number, StageTransition['cause']?])[]
): StageTransition[] =>
  path.map(([to, at, cause = 'event'], index) => ({
    from: path[index - 1]?.[0] ?? 'anonymous',
    to,
    at,
    actor: 'goldpan',
    reason: '',
    model: 1,
    cause,
  }))

const MQL: MqlState = {
  since: NOON,
  by: 'when',
  fitScore: 45,
  fitGrade: 'B',
  engagementScore: 42,
  reasons: [],
}

const tell = (given: Partial<TellingInput>) =>
  telling({
    site: 'site',
    lead: 'anna',
    stage: 'mql',
    mql: MQL,
    transitions: moves(['lead', NOON - DAY_MS], ['mql', NOON]),
    model: 1,
    handoffs: [],
    ofMerged: [],
    isByHand: false,
    isTest: false,
    liveSince: NOON,
    idOf: text => `id of ${text}`,
    now: NOON + 50,
    ...given,
  })

const told = (given: Partial<Handoff> = {}): Handoff => {
  const { tell: handoff } = tell({})
  if (!handoff) throw new Error('nothing was told')
  return { ...handoff, ...given }
}

describe('telling sales', () => {
  it('tells an open episode, with what was so at its beginning', () => {
    expect(tell({}).tell).toMatchObject({
      lead: 'anna',
      episodeSince: NOON,
      toldAt: NOON + 50,
      status: 'told',
      fitScore: 45,
    })
  })

  it('tells it once', () => {
    expect(tell({ handoffs: [told()], now: NOON + DAY_MS })).toEqual({ tell: null, withdraw: [] })
  })

  it('not again when a late event moves the beginning of the told episode', () => {
    const transitions = moves(['lead', NOON - DAY_MS], ['mql', NOON - HOUR_MS])
    expect(tell({ handoffs: [told()], transitions })).toEqual({ tell: null, withdraw: [] })
  })

  it('says nothing of a lead, of an episode that is over, or of one that sales has taken already', () => {
    const over = moves(['lead', NOON - DAY_MS], ['mql', NOON], ['lead', NOON + 10])
    expect(tell({ stage: 'lead', mql: null, transitions: over }).tell).toBeNull()
    const taken = moves(['lead', NOON - DAY_MS], ['mql', NOON], ['sal', NOON + 10])
    expect(tell({ stage: 'sal', transitions: taken }).tell).toBeNull()
  })

  it('tells a second episode, with an id of its own', () => {
    const transitions = moves(
      ['lead', NOON - DAY_MS],
      ['mql', NOON],
      ['nurturing', NOON + DAY_MS],
      ['mql', NOON + 9 * DAY_MS],
    )
    const second = tell({
      handoffs: [told()],
      transitions,
      mql: { ...MQL, since: NOON + 9 * DAY_MS },
      now: NOON + 9 * DAY_MS,
    })
    expect(second.tell?.id).not.toBe(told().id)
    expect(second).toMatchObject({ tell: { episodeSince: NOON + 9 * DAY_MS }, withdraw: [] })
  })

  it('withdraws what was told of an episode that is not in the history any more, once', () => {
    const transitions = moves(['lead', NOON - DAY_MS])
    const gone = { stage: 'lead', mql: null, transitions }
    expect(tell({ ...gone, handoffs: [told()] })).toEqual({ tell: null, withdraw: [told().id] })
    expect(tell({ ...gone, handoffs: [told({ status: 'withdrawn' })] })).toEqual({ tell: null, withdraw: [] })
  })

  it('is not taken back, nor told again, by a decision dated before the telling', () => {
    const transitions = moves(['lead', NOON - DAY_MS], ['mql', NOON], ['nurturing', NOON + 10])
    expect(tell({ stage: 'nurturing', mql: null, transitions, handoffs: [told()] })).toEqual({
      tell: null,
      withdraw: [],
    })
  })

  it('waits for a word when the hand-off is by hand, and when a publish or an import made the MQL', () => {
    expect(tell({ isByHand: true }).tell?.status).toBe('waiting')
    for (const cause of ['publish', 'import'] as const) {
      const transitions = moves(['lead', NOON - DAY_MS], ['mql', NOON, cause])
      expect(tell({ transitions }).tell?.status).toBe('waiting')
    }
  })

  it('waits, too, when the lead did not qualify by what it just did', () => {
    expect(tell({ liveSince: NOON - DAY_MS }).tell?.status).toBe('told')
    expect(tell({ liveSince: NOON + 1 }).tell?.status).toBe('waiting')
    expect(tell({ liveSince: null }).tell?.status).toBe('waiting')
  })

  it('takes back what waits when its episode is over, and leaves alone what a person declined', () => {
    const over = {
      stage: 'lead',
      mql: null,
      transitions: moves(['lead', NOON - DAY_MS], ['mql', NOON], ['lead', NOON + 10]),
    } as const
    const withdrawn = (status: Handoff['status']) => tell({ ...over, handoffs: [told({ status })] }).withdraw
    expect(withdrawn('waiting')).toEqual([told().id])
    for (const status of ['told', 'declined', 'lapsed', 'withdrawn'] as const)
      expect(withdrawn(status)).toEqual([])
    const never = { ...over, transitions: moves(['lead', NOON - DAY_MS]) }
    expect(tell({ ...never, handoffs: [told({ status: 'declined' })] }).withdraw).toEqual([])
  })

  it('lets lapse what waits once sales has taken the lead by itself, and leaves alone what was told', () => {
    const taken = {
      stage: 'sal',
      transitions: moves(['lead', NOON - DAY_MS], ['mql', NOON], ['sal', NOON + 10, 'decision']),
    } as const
    const waiting = told({ status: 'waiting' })
    expect(tell({ ...taken, handoffs: [waiting] })).toEqual({ tell: null, withdraw: [waiting.id] })
    expect(tell({ ...taken, handoffs: [told()] })).toEqual({ tell: null, withdraw: [] })
    expect(tell({ handoffs: [waiting] })).toEqual({ tell: null, withdraw: [] })
  })

  it('tells nothing again that a person declined', () => {
    expect(tell({ handoffs: [told({ status: 'declined' })] }).tell).toBeNull()
  })

  it('takes back the later of two when late events make one episode of theirs', () => {
    const later = told({ id: 'later', toldAt: NOON + DAY_MS, episodeSince: NOON + DAY_MS })
    expect(tell({ handoffs: [told(), later], now: NOON + 2 * DAY_MS })).toEqual({
      tell: null,
      withdraw: ['later'],
    })
  })

  it('sets aside what was told of a lead merged into this one', () => {
    const ofMerged = [told({ id: 'theirs', lead: 'boris' })]
    expect(tell({ ofMerged })).toEqual({ tell: null, withdraw: [] })
    const before = [
      told({ id: 'theirs', lead: 'boris', toldAt: NOON - HOUR_MS, episodeSince: NOON - HOUR_MS }),
    ]
    expect(tell({ ofMerged: before })).toMatchObject({ tell: { lead: 'anna' }, withdraw: [] })
  })
})

describe('episodes', () => {
  it('run on through sal and sales_qualified, and end at lead, nurturing or disqualified', () => {
    const transitions = moves(
      ['lead', 0],
      ['mql', 1],
      ['sal', 2],
      ['sales_qualified', 3],
      ['nurturing', 4],
      ['mql', 5],
    )
    expect(episodesIn(transitions)).toEqual([
      { since: 1, until: 4, cause: 'event' },
      { since: 5, until: null, cause: 'event' },
    ])
  })
})
