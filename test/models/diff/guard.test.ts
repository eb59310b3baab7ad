import { describe, expect, it } from 'vitest'
import { advance } from '../../../collector/advance/advance.ts'
import { byOccurrence, type Fact } from '../../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../../collector/contracts/model.ts'
import { diffModels } from '../../../collector/models/diff/diff.ts'
import { guard } from '../../../collector/models/diff/guard.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { decision, fact, form, identify, NOON, pageView } from '../../support/facts.ts'
import { ANNA, idOf, leadId } from '../../support/history.ts'
import { EXAMPLE, published } from '../../support/model.ts'
import { memoryHistory } from './memory-history.ts'

const server = { origin: 'server', visitor: null, session: null, page: null } as const
const signUp = form(NOON, 'newsletter', { email: ANNA, company: 'Acme' })
const takenUp = decision(NOON + DAY_MS, leadId(ANNA), 'sal', 'nice')
const crm = (day: number, traits: Record<string, string>, given: Partial<Fact> = {}) =>
  identify(NOON + day * DAY_MS, ANNA, traits, { ...server, subject: `fact:${day}`, ...given })

const guarded = (...facts: readonly Fact[]) => guard([...facts].sort(byOccurrence), [], idOf)
const annaIn = (...facts: readonly Fact[]) => guarded(...facts).persons.get(leadId(ANNA))

describe('the leak guard', () => {
  it('shows no decision to a model', () => {
    const { facts, persons } = guarded(signUp, takenUp)
    expect(facts).toEqual([signUp])
    expect(persons.get(leadId(ANNA))).toEqual({
      decisions: [takenUp],
      contactedAt: takenUp.occurredAt,
      refused: [],
    })
  })

  it('keeps what the CRM said before the hand-over, and of what it said after only who it is', () => {
    const before = crm(0.5, { industry: 'IT' })
    const after = crm(2, { budget: 'yes' })
    const { facts } = guarded(signUp, before, takenUp, after)
    expect(facts).toEqual([signUp, before, { ...after, props: { email: ANNA } }])
    expect(annaIn(signUp, before, takenUp, after)?.refused).toEqual([{ kind: 'trait', name: 'budget' }])
  })

  it('goes by when it was told, not by the date it bears', () => {
    const dated = crm(0.5, { budget: 'yes' }, { receivedAt: NOON + 9 * DAY_MS })
    expect(annaIn(signUp, dated, takenUp)?.refused).toEqual([{ kind: 'trait', name: 'budget' }])
  })

  it('counts a hand-over as the first contact, but not one that waits', () => {
    const handoff = {
      id: 'h',
      site: 'site',
      lead: leadId(ANNA),
      episodeSince: NOON,
      toldAt: NOON + 1_000,
      status: 'told',
      reasons: [],
      fitScore: 0,
      fitGrade: 'D',
      engagementScore: 0,
      model: 1,
      answeredBy: null,
    } as const
    const contactedAt = (status: 'told' | 'waiting' | 'declined' | 'withdrawn') =>
      guard([signUp], [{ ...handoff, status }], idOf).persons.get(leadId(ANNA))?.contactedAt
    expect(contactedAt('told')).toBe(NOON + 1_000)
    expect(contactedAt('withdrawn')).toBe(NOON + 1_000)
    expect(contactedAt('waiting')).toBeNull()
    expect(contactedAt('declined')).toBeNull()
  })

  it('refuses what an operator entered, whenever', () => {
    const entered = crm(0.1, { industry: 'IT' }, { origin: 'operator', actor: 'sales' })
    expect(annaIn(signUp, entered)?.refused).toEqual([{ kind: 'trait', name: 'industry' }])
  })

  it('lets people be joined and parted, for who is who is not foretold', () => {
    const other = form(
      NOON + 1,
      'newsletter',
      { email: 'anna@home.example' },
      { visitor: 'two', subject: 'two' },
    )
    const joined = fact({
      type: 'merge',
      occurredAt: NOON + 2 * DAY_MS,
      subject: leadId(ANNA),
      visitor: null,
      origin: 'operator',
      props: { lead: leadId('anna@home.example') },
    })
    const parted = { ...joined, id: `${joined.id}-undone`, type: 'unmerge', occurredAt: NOON + 3 * DAY_MS }
    expect(guarded(signUp, other, joined, parted).facts).toEqual([signUp, other, joined, parted])
  })

  it('does not name a trait that the visitor gave as well', () => {
    expect(annaIn(signUp, takenUp, crm(2, { company: 'Acme Ltd' }))?.refused).toEqual([])
  })

  it('lets the visitor go on: views, downloads and forms, a server’s form without what was filled in', () => {
    const later = pageView(NOON + 3 * DAY_MS, '/pricing')
    const seenByServer = pageView(NOON + 3 * DAY_MS + 1, '/pricing', { ...server, subject: 'visitor-one' })
    const sent = form(
      NOON + 4 * DAY_MS,
      'demo',
      { email: ANNA, budget: 'yes' },
      { ...server, subject: 'fact:f' },
    )
    const { facts } = guarded(signUp, takenUp, later, seenByServer, sent)
    expect(facts.slice(0, 3)).toEqual([signUp, later, seenByServer])
    expect(facts[3]?.props).toEqual({
      form: { id: 'demo' },
      fields: [{ 'data-goldpan-field': 'email', value: ANNA }],
    })
  })

  it('keeps of a group call after the hand-over which company it is, not what it says of that', () => {
    const traits = { name: 'Acme', industry: 'IT' }
    const call = fact({
      type: 'group',
      occurredAt: NOON + 2 * DAY_MS,
      origin: 'server',
      subject: 'visitor-one',
      props: { group: 'g1', traits },
    })
    const { facts, persons } = guarded(signUp, takenUp, call)
    expect(facts.at(-1)?.props).toEqual({ group: 'g1' })
    expect(persons.get(leadId(ANNA))?.refused).toContainEqual({ kind: 'trait', name: 'industry' })
  })

  it('refuses a server’s own events after the hand-over, not before', () => {
    const deal = (day: number) =>
      fact({
        type: 'deal_created',
        occurredAt: NOON + day * DAY_MS,
        origin: 'server',
        subject: 'visitor-one',
      })
    expect(annaIn(signUp, deal(0.5), takenUp)?.refused).toEqual([])
    expect(annaIn(signUp, takenUp, deal(2))?.refused).toEqual([{ kind: 'event', name: 'deal_created' }])
  })

  it('keeps people who they are, whatever it takes away', () => {
    const facts = [signUp, takenUp, crm(2, { budget: 'yes' })].sort(byOccurrence)
    const ids = (given: readonly Fact[]) =>
      advance({
        site: 'site',
        facts: given,
        versions: [published(EXAMPLE)],
        idOf,
        now: NOON + 9 * DAY_MS,
      }).persons.map(({ id }) => id)
    expect(ids(guard(facts, [], idOf).facts)).toEqual(ids(facts))
  })
})

describe('a model that reads what sales entered', () => {
  /** "Predicts" every outcome by a trait that only the CRM knows, after the first call. */
  const cheat: ScoringModel = {
    ...EXAMPLE,
    fit: {
      ...EXAMPLE.fit,
      rules: [{ id: 'budget-known', if: { key: 'budget', is: { oneOf: ['yes'] } }, points: 90, sets: [] }],
    },
    mql: { ...EXAMPLE.mql, when: { key: 'fit', is: { from: 90 } }, fastTrack: null },
  }
  const story = [
    signUp,
    takenUp,
    crm(2, { budget: 'yes' }),
    decision(NOON + 5 * DAY_MS, leadId(ANNA), 'sales_qualified', 'bant'),
  ]

  const diffOf = (facts: readonly Fact[]) =>
    diffModels({
      site: 'site',
      advance,
      idOf,
      models: { old: EXAMPLE, new: cheat },
      names: {
        old: { label: 'old', name: 'old', version: 1 },
        new: { label: 'new', name: 'new', version: null },
      },
      period: { since: NOON - DAY_MS, until: NOON + 90 * DAY_MS },
      maturityMs: DAY_MS,
      minN: 1,
      listed: 9,
      history: memoryHistory([facts], [published(EXAMPLE)], NOON + 90 * DAY_MS),
      onProgress: async () => undefined,
      stop: new AbortController().signal,
    })

  it('is refused it, and that is said', async () => {
    const diff = await diffOf(story)
    expect(diff?.mqls.new).toBe(0)
    expect(diff?.quality.recall.new).toMatchObject({ k: 0, n: 1 })
    expect(diff?.refused).toEqual([
      { kind: 'trait', name: 'budget', people: 1, askedBy: ['new: budget-known'] },
    ])
  })

  it('has it when the visitor said so before', async () => {
    const diff = await diffOf([...story, identify(NOON + 1_000, ANNA, { budget: 'yes' })])
    expect(diff?.mqls.new).toBe(1)
    expect(diff?.refused).toEqual([])
  })
})
