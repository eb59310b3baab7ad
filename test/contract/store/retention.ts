import { expect, it } from 'vitest'
import type { AccountLink } from '../../../collector/contracts/account.ts'
import type { PersonState } from '../../../collector/contracts/state.ts'
import type { Forgettable, Unseen, UnseenQuery } from '../../../collector/storage/retention-store.ts'
import { FIT_GRADES } from '../../../shared/grades.ts'
import {
  aDecision,
  aFact,
  aHandoff,
  aModelVersion,
  aPerson,
  applyOne,
  aQuarantined,
  aSpan,
  aTransition,
  NOW,
  personQuery,
  SITE,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const BY = { actor: 'mara', at: NOW, engine: 'engine-1' }

const ALL_ACCOUNTS = {
  site: SITE,
  id: null,
  minRank: null,
  text: null,
  sort: 'score',
  limit: 50,
  cursor: null,
} as const

/** What is too old to be kept (collector/storage/retention-store.ts). */
export function retentionContract({ store, reopen }: StoreUnderTest): void {
  /** Each with a timeline `of:<id>`, one event on it, one hand-off and one change. */
  const fill = async (persons: readonly PersonState[], site = SITE, generation = 0) => {
    const facts = persons.map(({ id }) =>
      aFact(`by-${id}`, { site, subject: `of:${id}`, visitor: `of:${id}` }),
    )
    await store().record({ facts, quarantined: [] })
    const decision = aDecision({
      site,
      generation,
      persons,
      subjects: persons.map(({ id }) => `of:${id}`),
      spans: persons.map(({ id, identifier }) => aSpan(`of:${id}`, id, identifier)),
      told: persons.map(({ id }) => aHandoff(`h-${id}`, { site, lead: id })),
      changes: persons.map(({ id }) => ({ kind: 'transition', person: id, transition: aTransition() })),
      clears: await store().dirty(100),
    })
    expect(await applyOne(store(), decision)).toBe('applied')
  }
  const seenAt = (id: string, lastSeenAt: number, over: Partial<PersonState> = {}): PersonState =>
    aPerson(id, { lastSeenAt, subjects: [`of:${id}`], ...over })
  const anonymous = { stage: 'anonymous', identifier: null } as const
  const query = (over: Partial<UnseenQuery> = {}): UnseenQuery => ({
    site: SITE,
    who: 'leads',
    before: NOW,
    after: null,
    limit: 50,
    ...over,
  })
  const unseen = async (over: Partial<UnseenQuery> = {}) =>
    (await store().longUnseen(query(over))).map(({ person }) => person)
  const whole = (id: string, over: Partial<Forgettable> = {}): Forgettable => ({
    site: SITE,
    subjects: [`of:${id}`],
    facts: [`by-${id}`],
    persons: [id],
    ...over,
  })
  const left = async (site = SITE) => {
    const stream = await store().factsSince(site, 0, 100)
    const [facts, changes] = [stream, await store().changesSince(site, 0, 100)]
    const persons = (await store().persons(personQuery({ site }))).items
    return {
      facts: facts.map(({ id }) => id).sort(),
      persons: persons.map(({ state }) => state.id).sort(),
      changes: changes.map(({ change }) => change.person).sort(),
    }
  }

  it('longUnseen: who was last seen before, of these stages, in order', async () => {
    await fill([
      seenAt('ada', NOW - 3),
      seenAt('bob', NOW - 1),
      seenAt('now', NOW),
      seenAt('eve', NOW - 5, anonymous),
      seenAt('buyer', NOW - 9, { stage: 'customer' }),
      seenAt('cold', NOW - 4, { stage: 'nurturing' }),
    ])
    expect((await unseen()).sort()).toEqual(['ada', 'bob', 'cold'])
    expect(await unseen({ who: 'anonymous' })).toEqual(['eve'])
    expect(await unseen({ who: 'anonymous', before: NOW - 5 })).toEqual([])
    expect(await unseen({ site: 'other' })).toEqual([])
    const [eve] = await store().longUnseen(query({ who: 'anonymous' }))
    expect(eve).toEqual({ person: 'eve', stage: 'anonymous', lastSeenAt: NOW - 5, subject: 'of:eve' })
  })

  it.each([1, 2])(
    'longUnseen: pages of %i neither skip nor repeat, though people go between them',
    async limit => {
      const stages = ['lead', 'mql', 'nurturing'] as const
      const people = Array.from({ length: 9 }, (_, nth) =>
        // some were seen at one instant
        seenAt(`p${nth}`, NOW - 10 + Math.floor(nth / 6), {
          stage: stages[nth % 3] ?? 'lead',
          fit: { ...aPerson('x').fit, grade: FIT_GRADES[nth % 4] ?? 'D' },
        }),
      )
      await fill(people)
      const seen: string[] = []
      for (let after: Unseen | null = null; ; ) {
        const page: readonly Unseen[] = await store().longUnseen(query({ after, limit }))
        if (page.length === 0) break
        expect(page.length).toBeLessThanOrEqual(limit)
        seen.push(...page.map(({ person }) => person))
        await store().forget(page.map(({ person }) => whole(person)))
        after = page.at(-1) ?? null
      }
      expect(seen.toSorted()).toEqual(people.map(({ id }) => id).sort())
      expect(await left()).toEqual({ facts: [], persons: [], changes: [] })
    },
  )

  it('longUnseen: somebody to whom no timeline leads is named without one', async () => {
    await applyOne(store(), aDecision({ persons: [seenAt('lost', NOW - 1)] }))
    expect(await store().longUnseen(query())).toMatchObject([{ person: 'lost', subject: null }])
  })

  it('forget: all of a component goes, and nothing of others', async () => {
    await fill([seenAt('ada', NOW - 2), seenAt('bob', NOW - 1)])
    expect(await store().forget([whole('ada')])).toEqual({
      components: 1,
      events: 1,
      persons: 1,
      handoffs: 1,
    })
    await reopen()
    expect(await left()).toEqual({ facts: ['by-bob'], persons: ['bob'], changes: ['bob'] })
    expect(await store().person(SITE, 'ada')).toBeNull()
    expect(await store().handoffsOf(SITE, ['ada', 'bob'])).toMatchObject([{ id: 'h-bob' }])
    const component = await store().loadComponent(SITE, { subjects: ['of:ada'], identifiers: [] })
    expect([component.facts, component.persons]).toEqual([[], []])
    expect(await store().identifiers(SITE, '', 10)).toEqual(['email:bob@example.com'])
  })

  it('forget: leaves nothing behind, so what comes again is new', async () => {
    await fill([seenAt('ada', NOW - 2)])
    await store().forget([whole('ada')])
    const again = aFact('by-ada', { subject: 'of:ada', visitor: 'of:ada', props: { another: 'body' } })
    expect((await store().record({ facts: [again], quarantined: [] })).outcomes).toEqual(['accepted'])
    expect(await store().dirty(10)).toMatchObject([{ subject: 'of:ada' }])
    expect(await store().tombstones(0)).toEqual([])
  })

  it('forget: a component to which something came, or that waits, stays whole', async () => {
    await fill([seenAt('ada', NOW - 3), seenAt('bob', NOW - 2), seenAt('cy', NOW - 1)])
    const before = await left()
    const late = aFact('late', { subject: 'of:ada', visitor: 'of:ada' })
    await store().record({ facts: [late], quarantined: [] })
    await applyOne(store(), aDecision({ clears: await store().dirty(10) }))
    // known to whoever asks, but it waits
    await store().record({ facts: [aFact('new', { subject: 'of:bob', visitor: 'of:bob' })], quarantined: [] })
    const forgotten = await store().forget([
      whole('ada'),
      whole('bob', { facts: ['by-bob', 'new'] }),
      whole('cy'),
    ])
    expect(forgotten).toEqual({ components: 1, events: 1, persons: 1, handoffs: 1 })
    expect(await left()).toEqual({
      facts: ['by-ada', 'by-bob', 'late', 'new'],
      persons: ['ada', 'bob'],
      changes: before.changes.filter(person => person !== 'cy'),
    })
  })

  it('forget: one that is gone already is no component', async () => {
    await fill([seenAt('ada', NOW - 2)])
    expect(await store().forget([whole('ada')])).toMatchObject({ components: 1 })
    expect(await store().forget([whole('ada')])).toMatchObject({ events: 0, persons: 0, handoffs: 0 })
    expect(await store().forget([])).toEqual({ components: 0, events: 0, persons: 0, handoffs: 0 })
  })

  it('forget: in the generation that is prepared, too', async () => {
    await store().publishModel(SITE, aModelVersion(1), BY)
    const persons = [seenAt('ada', NOW - 2)]
    await fill(persons, SITE, 1)
    expect(await store().publishModel(SITE, aModelVersion(2), BY)).toBe('preparing')
    const [rescoring] = await store().rescorings()
    if (rescoring) while ((await store().markForRescoring(rescoring, 10)) > 0);
    const spans = [aSpan('of:ada', 'ada', 'email:ada@example.com')]
    const again = aDecision({ generation: 2, isShown: false, persons, subjects: ['of:ada'], spans })
    expect(await applyOne(store(), { ...again, clears: await store().dirty(10) })).toBe('applied')
    const seeds = { subjects: ['of:ada'], identifiers: ['email:ada@example.com'] }
    const prepared = async () => (await store().loadComponent(SITE, seeds, 2)).persons
    expect(await prepared()).toHaveLength(1)
    expect(await store().forget([whole('ada')])).toMatchObject({ components: 1, persons: 1 })
    expect(await prepared()).toEqual([])
    expect(await store().identifiers(SITE, '', 10)).toEqual([])
  })

  it('forget: the account counts who is left', async () => {
    const account: AccountLink = {
      id: 'acme',
      domain: 'acme.example',
      name: null,
      by: 'email',
      roles: [],
    }
    await fill(['ada', 'bob'].map(id => seenAt(id, NOW - 2, { account })))
    const people = async () =>
      (await store().persons(personQuery({ account: 'acme' }))).items.map(({ state }) => state.id)
    expect(await people()).toHaveLength(2)
    const accounts = async () => (await store().accounts(ALL_ACCOUNTS)).items
    const before = await accounts()
    await store().forget([whole('ada')])
    expect(await people()).toEqual(['bob'])
    const [after] = await accounts()
    expect([before[0]?.people, after?.people]).toEqual([2, 1])
    await store().forget([whole('bob')])
    expect(await accounts()).toEqual([])
  })

  it('forget: is of its site', async () => {
    await fill([seenAt('ada', NOW - 2)])
    await fill([seenAt('ada', NOW - 2, { site: 'other' })], 'other')
    await store().forget([whole('ada')])
    expect(await left()).toEqual({ facts: [], persons: [], changes: [] })
    expect(await left('other')).toEqual({ facts: ['by-ada'], persons: ['ada'], changes: ['ada'] })
  })

  it('identifiers: each once, ascending, after one, of one site', async () => {
    await fill([seenAt('bob', NOW), seenAt('ada', NOW), seenAt('eve', NOW, anonymous)])
    await fill([seenAt('zoe', NOW, { site: 'other' })], 'other')
    await store().record({ facts: [aFact('more', { subject: 'more', visitor: 'more' })], quarantined: [] })
    const more = aDecision({ subjects: ['more'], spans: [aSpan('more', 'ada', 'email:ada@example.com')] })
    await applyOne(store(), more)
    const [ada, bob] = ['email:ada@example.com', 'email:bob@example.com']
    expect(await store().identifiers(SITE, '', 10)).toEqual([ada, bob])
    expect(await store().identifiers(SITE, '', 1)).toEqual([ada])
    expect(await store().identifiers(SITE, ada, 10)).toEqual([bob])
    expect(await store().identifiers(SITE, bob, 10)).toEqual([])
  })

  it('sayings: facts in which people say who they are, of one site', async () => {
    const types = ['form_submit', 'identify', 'group', 'email_click', 'page_view', 'webinar']
    const facts = types.map(type => aFact(`a-${type}`, { type }))
    await store().record({
      facts: [...facts, aFact('b', { site: 'other', type: 'identify' })],
      quarantined: [],
    })
    const said = await store().sayings(SITE)
    expect(said.map(({ type }) => type).sort()).toEqual(['email_click', 'form_submit', 'group', 'identify'])
    expect(said.find(({ type }) => type === 'identify')).toEqual(facts[1])
  })

  it('sweepQuarantine: the oldest first, so many at once, of one site and time, and no more', async () => {
    const aside = (receivedAt: number, body: string, site = SITE) =>
      aQuarantined({ site, receivedAt, body: JSON.stringify(body) })
    await store().record({
      facts: [],
      quarantined: [aside(NOW - 3, 'a'), aside(NOW - 2, 'b'), aside(NOW, 'c'), aside(NOW - 3, 'z', 'other')],
    })
    const bodies = async (site = SITE) => (await store().aside(site, 10)).map(({ body }) => JSON.parse(body))
    expect(await store().sweepQuarantine(SITE, NOW, 1)).toBe(1)
    expect(await bodies()).toEqual(['c', 'b'])
    expect(await store().sweepQuarantine(SITE, NOW, 10)).toBe(1)
    expect(await store().sweepQuarantine(SITE, NOW, 10)).toBe(0)
    await reopen()
    expect(await bodies()).toEqual(['c'])
    expect(await bodies('other')).toEqual(['z'])
  })
}
