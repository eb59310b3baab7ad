import { expect, it } from 'vitest'
import type { Change, Decision } from '../../../collector/storage/store.ts'
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
  factQuery,
  NOW,
  personQuery,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

/** Two sites with the same visitors, e-mails and ids: no method may see or touch the other's. */
export function isolationContract({ store }: StoreUnderTest): void {
  const HERE = 'here'
  const THERE = 'there'
  const identifier = 'email:ada@example.com'
  const ACCOUNT = { id: 'acme', domain: 'acme.example', name: null, by: 'email', roles: [] } as const
  const ANY_ACCOUNT = { id: null, minRank: null, text: null, limit: 9, cursor: null }

  const fill = async (site: string) => {
    await store().publishModel(site, aModelVersion(1, { source: site }))
    await store().record({ facts: [aFact('e1', { site })], quarantined: [aQuarantined({ site })] })
    expect(await applyOne(store(), decided(site))).toBe('applied')
  }
  const decided = (site: string): Decision => {
    const change: Change = { kind: 'transition', person: 'ada', transition: aTransition({ reason: site }) }
    return aDecision({
      site,
      generation: 1,
      persons: [aPerson('ada', { site, identifier, nextDueAt: NOW, account: ACCOUNT })],
      subjects: ['visitor-1'],
      spans: [aSpan('visitor-1', 'ada', identifier)],
      told: [aHandoff('h1', { site })],
      changes: [change],
    })
  }
  /** What each reading method says of a site. */
  const view = async (site: string) => ({
    component: await store().loadComponent(site, { subjects: ['visitor-1'], identifiers: [identifier] }),
    persons: await store().persons(personQuery({ site })),
    person: await store().person(site, 'ada'),
    accounts: await store().accounts({ site, ...ANY_ACCOUNT, sort: 'score' }),
    account: await store().account(site, 'acme'),
    accountPeople: await store().persons(personQuery({ site, account: 'acme' })),
    activity: await store().accountActivity(site, 'acme', 0),
    personIds: await store().personIds(site, '', 10),
    subjects: await store().subjects(site, '', 10),
    handoffs: await store().handoffs(site, 'ada'),
    handoff: await store().handoff(site, 'h1'),
    facts: await store().facts(factQuery({ site })),
    ofPerson: await store().facts(
      factQuery({ site, person: 'ada', visitor: 'visitor-1', type: 'page_view' }),
    ),
    factsSince: await store().factsSince(site, 0, 10),
    changes: await store().changesSince(site, 0, 10),
    head: await store().head(site),
    counts: await store().counts(site),
    models: await store().modelVersions(site),
    history: await store().modelHistory(site),
    draft: await store().draft(site),
    waiting: await store().waitingHandoffs(site, 10),
    dirty: (await store().dirty(10)).filter(mark => mark.site === site),
    due: (await store().due(NOW, 10)).filter(subject => subject.site === site),
  })

  it('reads nothing of another site', async () => {
    const empty = await view(HERE)
    await fill(THERE)
    expect(await view(HERE)).toEqual(empty)
    await fill(HERE)
    const here = await view(HERE)
    expect(JSON.stringify(here)).not.toContain(`"${THERE}"`)
    expect(here.counts).toEqual({ facts: 1, persons: 1, quarantined: 1, dirty: 1 })
  })

  it.each<[string, () => Promise<unknown>]>([
    [
      'record',
      () =>
        store().record({
          facts: [aFact('e1', { site: HERE, props: {} }), aFact('e9', { site: HERE })],
          quarantined: [aQuarantined({ site: HERE })],
        }),
    ],
    ['publishModel', () => store().publishModel(HERE, aModelVersion(2))],
    [
      'apply',
      () =>
        applyOne(
          store(),
          aDecision({
            site: HERE,
            generation: 1,
            persons: [aPerson('ada', { stage: 'mql' })],
            expected: { ada: 1 },
            subjects: ['visitor-1'],
            spans: [aSpan('visitor-1', 'ada', null)],
            told: [aHandoff('h2')],
            withdrawn: ['h1'],
          }),
        ),
    ],
    [
      'apply that removes',
      () =>
        applyOne(
          store(),
          aDecision({
            site: HERE,
            generation: 1,
            removed: ['ada'],
            expected: { ada: 1 },
            subjects: ['visitor-1'],
          }),
        ),
    ],
    [
      'apply that clears',
      async () =>
        applyOne(
          store(),
          aDecision({
            site: HERE,
            generation: 1,
            clears: (await store().dirty(10)).filter(mark => mark.site === HERE),
          }),
        ),
    ],
  ])('%s changes nothing of another site', async (_, act) => {
    await fill(HERE)
    await fill(THERE)
    const before = await view(THERE)
    const own = await view(HERE)
    await act()
    expect(await view(THERE)).toEqual(before)
    expect(await view(HERE)).not.toEqual(own)
  })

  it('compares versions within the site', async () => {
    await fill(THERE)
    expect(await applyOne(store(), { ...decided(HERE), generation: 0 })).toBe('applied')
  })
}
