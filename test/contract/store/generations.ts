import { describe, expect, it } from 'vitest'
import type { Change } from '../../../collector/storage/store.ts'
import {
  aDecision,
  aFact,
  aHandoff,
  aModelVersion,
  aPerson,
  applyOne,
  aSpan,
  aTransition,
  introduction,
  NOW,
  personQuery,
  SITE,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const BY = { actor: 'mara', at: NOW, engine: 'engine-1' }

export function generationContract({ store, reopen }: StoreUnderTest): void {
  let count = 0
  const visit = (...visitors: readonly string[]) =>
    store().record({ facts: visitors.map(visitor => aFact(`g-${count++}`, { visitor })), quarantined: [] })
  const rescoring = async () => {
    const [only] = await store().rescorings()
    if (!only) throw new Error('nothing is being prepared')
    return only
  }
  const switched = async (now = NOW) => store().switchGeneration(await rescoring(), now)
  const markAll = async () => {
    while ((await store().markForRescoring(await rescoring(), 2)) > 0);
  }
  const old = aPerson('ada', { model: 1 })
  const renewed = aPerson('ada', { model: 2, stage: 'mql' })
  const shown = async () => (await store().persons(personQuery())).items.map(({ state }) => state)

  /** Two visitors, one of them a lead; version 1 in force, version 2 to be prepared. */
  async function preparing(publishedAt = NOW): Promise<void> {
    await store().publishModel(SITE, aModelVersion(1), BY)
    await visit('laptop', 'phone')
    const spans = [aSpan('laptop', 'ada', old.identifier), aSpan('phone', 'ada', old.identifier)]
    const known = { ...introduction([old]), subjects: ['laptop', 'phone'], spans, generation: 1 }
    expect(await applyOne(store(), { ...known, clears: await store().dirty(9) })).toBe('applied')
    expect(await store().publishModel(SITE, aModelVersion(2, { publishedAt }), BY)).toBe('preparing')
  }
  const prepared = (over: object = {}) =>
    aDecision({
      generation: 2,
      isShown: false,
      persons: [renewed],
      expected: { ada: 0 },
      subjects: ['laptop', 'phone'],
      spans: [aSpan('laptop', 'ada', old.identifier)],
      ...over,
    })

  it('a version is in force at once where nobody is to be computed, and one after another', async () => {
    expect(await store().publishModel(SITE, aModelVersion(1), BY)).toBe('published')
    expect(await store().publishModel(SITE, aModelVersion(1), BY)).toBe('conflict')
    expect(await store().publishModel(SITE, aModelVersion(2), BY)).toBe('published')
    expect(await store().rescorings()).toEqual([])
    expect((await store().modelVersions(SITE)).map(({ version }) => version)).toEqual([1, 2])
    expect(await store().modelHistory(SITE)).toMatchObject([
      { generation: 1, version: 1, actor: 'mara', engine: 'engine-1', switchedAt: NOW, total: 0 },
      { generation: 2, version: 2 },
    ])
  })

  it('is prepared beside the one that is shown: version, people, and what streams hear', async () => {
    await preparing()
    expect((await store().modelVersions(SITE)).map(({ version }) => version)).toEqual([1])
    expect((await store().modelVersions(SITE, 2)).map(({ version }) => version)).toEqual([1, 2])
    const change: Change = { kind: 'transition', person: 'ada', transition: aTransition({ to: 'mql' }) }
    const told = [aHandoff('h1', { status: 'waiting' })]
    expect(await applyOne(store(), prepared({ told, changes: [change] }))).toBe('applied')
    expect(await shown()).toEqual([old])
    expect(await store().person(SITE, 'ada')).toEqual({ state: old, version: 1 })
    expect(await store().handoffs(SITE, 'ada')).toEqual([])
    expect(await store().changesSince(SITE, 0, 10)).toEqual([])
    expect(await store().counts(SITE)).toMatchObject({ persons: 1 })

    await markAll()
    await applyOne(
      store(),
      prepared({ expected: { ada: 1 }, told, changes: [change], clears: await store().dirty(9) }),
    )
    expect(await switched()).toBe('switched')
    expect((await store().modelVersions(SITE)).map(({ version }) => version)).toEqual([1, 2])
    expect(await shown()).toEqual([renewed])
    expect(await store().handoffs(SITE, 'ada')).toEqual(told)
    expect((await store().changesSince(SITE, 0, 10)).map(one => one.change)).toEqual([change])
    expect(await store().rescorings()).toEqual([])
  })

  it('takes back at the switch what no longer holds', async () => {
    await preparing()
    await applyOne(store(), aDecision({ generation: 1, told: [aHandoff('h1')] }))
    await markAll()
    await applyOne(store(), prepared({ withdrawn: ['h1'], clears: await store().dirty(9) }))
    expect(await store().handoffs(SITE, 'ada')).toMatchObject([{ status: 'told' }])
    await switched()
    expect(await store().handoffs(SITE, 'ada')).toMatchObject([{ status: 'withdrawn' }])
  })

  it('marks every timeline step by step, goes on after a restart, and says how far it is', async () => {
    await preparing()
    expect(await rescoring()).toMatchObject({ site: SITE, generation: 2, version: 2, total: 2, done: 0 })
    expect(await store().markForRescoring(await rescoring(), 1)).toBe(1)
    expect(await store().dirty(9)).toMatchObject([{ subject: 'laptop', generation: 2, priority: 'rescore' }])
    await reopen()
    expect(await store().markForRescoring(await rescoring(), 1)).toBe(1)
    expect((await store().dirty(9)).map(({ subject }) => subject)).toEqual(['laptop', 'phone'])
    await applyOne(store(), prepared({ clears: (await store().dirty(9)).slice(0, 1) }))
    expect(await rescoring()).toMatchObject({ total: 2, done: 1 })
    expect(await store().markForRescoring(await rescoring(), 1)).toBe(0)
  })

  it('is not shown before everybody is marked and computed, nor before its time', async () => {
    await preparing(NOW + 100)
    expect(await switched(NOW + 100)).toBe('not_yet')
    await markAll()
    expect(await switched(NOW + 100)).toBe('not_yet')
    await applyOne(store(), prepared({ clears: await store().dirty(9) }))
    expect(await switched(NOW + 99)).toBe('not_yet')
    expect(await switched(NOW + 100)).toBe('switched')
  })

  it('is given another time: its version judges from then on, and everybody is computed anew', async () => {
    await preparing()
    await markAll()
    await applyOne(store(), prepared({ clears: await store().dirty(9) }))
    const times = { inForceAt: NOW + 500, now: NOW + 7 }
    await store().postponeGeneration(await rescoring(), times)
    expect(await rescoring()).toMatchObject({
      inForceAt: NOW + 500,
      passAt: NOW + 7,
      done: 0,
      isReady: false,
    })
    expect((await store().modelVersions(SITE, 2)).map(({ publishedAt }) => publishedAt)).toEqual([
      NOW,
      NOW + 500,
    ])
    expect(await switched(NOW + 500)).toBe('not_yet')
    await markAll()
    expect(await store().dirty(9)).toHaveLength(2)
  })

  it('gives its own marks alone when asked', async () => {
    await preparing()
    await markAll()
    await visit('tablet')
    const only = { site: SITE, generation: 2 }
    expect((await store().dirty(9, only)).map(({ subject }) => subject).sort()).toEqual([
      'laptop',
      'phone',
      'tablet',
    ])
    expect(await store().dirty(1, only)).toHaveLength(1)
    expect(await store().dirty(9, { ...only, site: 'other' })).toEqual([])
  })

  it('does not wait for one that fails again and again', async () => {
    await preparing()
    await markAll()
    const [laptop, phone] = await store().dirty(9)
    if (!laptop || !phone) throw new Error('two timelines wait')
    await applyOne(store(), prepared({ clears: [phone] }))
    for (const tried of [1, 2, 3]) {
      expect([tried, (await rescoring()).isReady]).toEqual([tried, false])
      await store().postpone(laptop)
    }
    expect((await rescoring()).isReady).toBe(true)
    expect(await switched()).toBe('switched')
    expect(await store().dirty(9)).toMatchObject([{ subject: 'laptop', generation: 2 }])
  })

  it('begins anew when another engine comes to it', async () => {
    await preparing()
    await markAll()
    expect(await store().startRebuild(SITE, { ...BY, engine: 'engine-2' })).toBe('preparing')
    expect(await rescoring()).toMatchObject({ generation: 2, version: 2, engine: 'engine-2', isReady: false })
    expect(await store().markForRescoring(await rescoring(), 9)).toBe(2)
    expect(await store().startRebuild(SITE, { ...BY, engine: 'engine-2' })).toBe('busy')
  })

  it('says once what a person who is gone by now was told', async () => {
    await preparing()
    await markAll()
    const gone: Change = { kind: 'handoff', person: 'gone', handoff: aHandoff('h1', { lead: 'gone' }) }
    await applyOne(store(), prepared({ changes: [gone] }))
    await applyOne(store(), prepared({ expected: { ada: 1 }, clears: await store().dirty(9) }))
    await switched()
    expect(await store().changesSince(SITE, 0, 9)).toEqual([])
  })

  it('is alone: nothing else is published or rebuilt meanwhile', async () => {
    await preparing()
    expect(await store().publishModel(SITE, aModelVersion(3), BY)).toBe('busy')
    expect(await store().startRebuild(SITE, BY)).toBe('busy')
    expect((await store().modelHistory(SITE)).map(({ version }) => version)).toEqual([1, 2])
  })

  it('hears of new facts, behind live traffic, and of what is decided meanwhile', async () => {
    await preparing()
    await visit('phone')
    expect(await store().dirty(9)).toMatchObject([
      { subject: 'phone', generation: 1, priority: 'lead' },
      { subject: 'phone', generation: 2, priority: 'rescore' },
    ])
    await applyOne(store(), prepared({ clears: await store().dirty(9) }))
    await applyOne(store(), aDecision({ generation: 1, clears: await store().dirty(1) }))
    const change: Change = { kind: 'transition', person: 'ada', transition: aTransition() }
    await applyOne(store(), aDecision({ generation: 1, subjects: ['laptop'], changes: [change] }))
    expect(await store().dirty(9)).toMatchObject([{ subject: 'laptop', generation: 2 }])
  })

  it('takes over what waits in the one before it', async () => {
    await preparing()
    await markAll()
    await visit('tablet')
    const ofPrepared = (await store().dirty(9)).filter(({ generation }) => generation === 2)
    await applyOne(store(), prepared({ clears: ofPrepared }))
    await switched()
    expect(await store().dirty(9)).toMatchObject([{ subject: 'tablet', generation: 2, priority: 'live' }])
  })

  it('refuses a decision for one that is neither shown nor prepared', async () => {
    await preparing()
    await markAll()
    await applyOne(store(), prepared({ clears: await store().dirty(9) }))
    await switched()
    for (const generation of [0, 1, 3])
      expect(await applyOne(store(), { ...introduction([aPerson('bob')]), generation })).toBe('conflict')
  })

  it('is rebuilt under the versions there are', async () => {
    await preparing()
    await markAll()
    await applyOne(store(), prepared({ clears: await store().dirty(9) }))
    await switched()
    expect(await store().startRebuild(SITE, { ...BY, engine: 'engine-2' })).toBe('preparing')
    expect(await rescoring()).toMatchObject({ generation: 3, version: null, engine: 'engine-2' })
    expect((await store().modelVersions(SITE, 3)).map(({ version }) => version)).toEqual([1, 2])
  })

  it('that is past is swept away bit by bit, and what is shown stays', async () => {
    await preparing()
    await markAll()
    await applyOne(store(), prepared({ clears: await store().dirty(9) }))
    expect(await store().sweepGenerations(10)).toBe(0)
    await switched()
    let swept = 0
    for (let rows = -1; rows !== 0; swept += rows) rows = await store().sweepGenerations(1)
    expect(swept).toBe(3)
    expect(await shown()).toEqual([renewed])
  })

  describe('drafts', () => {
    it('are kept one per site, replaced, and dropped', async () => {
      const { hash, source, model } = aModelVersion(1)
      const draft = { hash, source, model, savedAt: NOW, actor: 'mara' }
      expect(await store().draft(SITE)).toBeNull()
      await store().saveDraft(SITE, draft)
      await store().saveDraft('other', draft)
      await store().saveDraft(SITE, { ...draft, actor: 'nino' })
      await reopen()
      expect(await store().draft(SITE)).toEqual({ ...draft, actor: 'nino' })
      await store().saveDraft(SITE, null)
      expect(await store().draft(SITE)).toBeNull()
      expect(await store().draft('other')).toEqual(draft)
    })

    it('replace only what their author saw', async () => {
      const { hash, source, model } = aModelVersion(1)
      const draft = { hash, source, model, savedAt: NOW, actor: 'mara' }
      expect(await store().saveDraft(SITE, draft, 'gone')).toBe('conflict')
      expect(await store().draft(SITE)).toBeNull()
      expect(await store().saveDraft(SITE, draft, null)).toBe('saved')
      expect(await store().saveDraft(SITE, { ...draft, hash: 'next' }, null)).toBe('conflict')
      expect(await store().saveDraft(SITE, null, 'next')).toBe('conflict')
      expect(await store().draft(SITE)).toEqual(draft)
      expect(await store().saveDraft(SITE, { ...draft, hash: 'next' }, hash)).toBe('saved')
      expect(await store().saveDraft(SITE, null, 'next')).toBe('saved')
      expect(await store().draft(SITE)).toBeNull()
    })
  })

  describe('hand-offs that wait', () => {
    const answer = { status: 'told', at: NOW + 7, actor: 'sales' } as const
    const ask = async (id: string, status: 'waiting' | 'told') =>
      applyOne(store(), aDecision({ told: [aHandoff(id, { status })] }))

    it('are listed, answered once, and heard of', async () => {
      await ask('h1', 'waiting')
      await ask('h2', 'told')
      expect((await store().waitingHandoffs(SITE, 9)).map(({ id }) => id)).toEqual(['h1'])
      const told = aHandoff('h1', { status: 'told', toldAt: NOW + 7, answeredBy: 'sales' })
      expect(await store().answerHandoff(SITE, 'h1', answer)).toEqual(told)
      expect(await store().waitingHandoffs(SITE, 9)).toEqual([])
      expect((await store().changesSince(SITE, 0, 9)).map(({ change }) => change)).toEqual([
        { kind: 'handoff', person: 'ada', handoff: told },
      ])
      expect(await store().answerHandoff(SITE, 'h1', { ...answer, status: 'declined' })).toBeNull()
      expect(await store().answerHandoff(SITE, 'h2', answer)).toBeNull()
      expect(await store().answerHandoff('other', 'h1', answer)).toBeNull()
      expect(await store().handoff(SITE, 'h1')).toEqual(told)
      expect(await store().handoff(SITE, 'h3')).toBeNull()
    })

    it('are listed page by page, though some are answered meanwhile', async () => {
      for (const id of ['h1', 'h2', 'h3', 'h4']) await ask(id, 'waiting')
      const page = async (after?: string) =>
        (await store().waitingHandoffs(SITE, 2, after)).map(({ id }) => id)
      expect(await page()).toEqual(['h1', 'h2'])
      await store().answerHandoff(SITE, 'h2', answer)
      expect(await page('h2')).toEqual(['h3', 'h4'])
      expect(await page('h4')).toEqual([])
    })

    it('are looked at again by what is being prepared', async () => {
      await preparing()
      const known = { generation: 1, told: [aHandoff('h1', { status: 'waiting' })] }
      await applyOne(store(), aDecision(known))
      await store().answerHandoff(SITE, 'h1', answer)
      expect(await store().dirty(9)).toMatchObject([{ subject: 'ada', generation: 2, priority: 'rescore' }])
    })

    it('lapse when they are taken back before an answer; what a person declined stays declined', async () => {
      await ask('h1', 'waiting')
      await ask('h2', 'told')
      await ask('h3', 'waiting')
      await store().answerHandoff(SITE, 'h3', { ...answer, status: 'declined' })
      await applyOne(store(), aDecision({ withdrawn: ['h1', 'h2', 'h3'] }))
      const handoffs = await store().handoffsOf(SITE, ['ada'])
      expect(handoffs.map(({ id, status }) => [id, status])).toEqual(
        expect.arrayContaining([
          ['h1', 'lapsed'],
          ['h2', 'withdrawn'],
          ['h3', 'declined'],
        ]),
      )
    })

    it('make a decision that did not know the answer a conflict', async () => {
      await applyOne(store(), { ...introduction([old]), told: [aHandoff('h1', { status: 'waiting' })] })
      await store().answerHandoff(SITE, 'h1', answer)
      expect(await applyOne(store(), { ...introduction([old]), expected: { ada: 1 } })).toBe('conflict')
    })
  })
}
