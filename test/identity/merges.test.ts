import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, form, identify, NOON, pageView, wordOn } from '../support/facts.ts'
import { advanceAll, leadId, movesOf, personOf } from '../support/history.ts'

const WORK = 'anna@acme.example'
const HOME = 'anna@home.example'
const BOTH = [leadId(WORK), leadId(HOME)] as const

const on = (visitor: string) => ({ visitor, subject: visitor })
const HEAD = { jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }

/** At work she says who she is; at home, under another address, she reads the guide. */
const atWork = form(NOON, 'profile', { email: WORK, ...HEAD }, on('office'))
const atHome = [
  form(NOON + HOUR_MS, 'newsletter', { email: HOME }, on('sofa')),
  download(NOON + 2 * HOUR_MS, 'guide.pdf', on('sofa')),
]
const merge = wordOn(NOON + DAY_MS, 'merge', BOTH)
const unmerge = wordOn(NOON + 3 * DAY_MS, 'unmerge', BOTH)
const later = download(NOON + 2 * DAY_MS, 'guide-2.pdf', on('sofa'))

const ids = (facts: readonly Fact[]) =>
  advanceAll(facts)
    .persons.map(({ id }) => id)
    .sort()

describe('a merge', () => {
  it('makes two leads one: the one that was named goes on, with all that both did', () => {
    const facts = [atWork, ...atHome, merge, later]
    expect(ids(facts)).toEqual([leadId(WORK)])
    const anna = personOf(WORK, facts)
    expect(anna).toMatchObject({ identifier: `email:${WORK}`, visitors: ['office', 'sofa'] })
    expect(anna.engagement.score).toBeGreaterThan(personOf(WORK, [atWork]).engagement.score)
    expect(new Set(advanceAll(facts).spans.map(({ person }) => person))).toEqual(new Set([leadId(WORK)]))
  })

  it('leaves the one who goes on the address they are known by', () => {
    const anna = personOf(WORK, [atWork, ...atHome, merge, later])
    expect(anna).toMatchObject({
      traits: { email: { value: WORK } },
      companyDomain: 'acme.example',
      emailKind: 'company',
    })
    expect(
      personOf(HOME, [atWork, ...atHome, wordOn(NOON + DAY_MS, 'merge', [BOTH[1], BOTH[0]])]).traits,
    ).toMatchObject({
      email: { value: HOME },
      jobTitle: { value: 'Head of Marketing' },
    })
  })

  it('is evidence from the word on: nothing follows from it before', () => {
    const views = [1, 2, 3].map(hour =>
      pageView(NOON + hour * HOUR_MS, '/pricing', { ...on('sofa'), session: `s${hour}` }),
    )
    const facts = [atWork, ...atHome, ...views, merge]
    const [before, ...moves] = personOf(WORK, facts).transitions
    expect(before).toMatchObject({ to: 'lead', at: NOON })
    for (const { at } of moves) expect(at).toBeGreaterThanOrEqual(NOON + DAY_MS)
  })

  it('undone is as if it had never been, what came since included', () => {
    const without = advanceAll([atWork, ...atHome, later])
    const undone = advanceAll([atWork, ...atHome, merge, later, unmerge], { now: unmerge.occurredAt })
    expect(undone.persons).toEqual(without.persons)
  })

  it('made again after it was undone holds', () => {
    const again = wordOn(NOON + 4 * DAY_MS, 'merge', BOTH)
    expect(ids([atWork, ...atHome, merge, unmerge, again])).toEqual([leadId(WORK)])
  })

  it('leaves decisions with the lead they addressed', () => {
    const won = decision(NOON + 5 * HOUR_MS, leadId(HOME), 'disqualified', 'spam')
    const facts = [atWork, ...atHome, won]
    expect(movesOf(personOf(WORK, [...facts, merge]))).not.toContain('lead → disqualified')
    expect(personOf(HOME, [...facts, merge, unmerge]).stage).toBe('disqualified')
  })

  it('of three makes one, whichever was joined first', () => {
    const third = 'anna@club.example'
    const atClub = identify(NOON + 3 * HOUR_MS, third, {}, on('club'))
    const orders = [
      [
        [WORK, HOME],
        [HOME, third],
      ],
      [
        [HOME, third],
        [WORK, HOME],
      ],
    ] as const
    for (const order of orders) {
      const words = order.map(([into, from], index) =>
        wordOn(NOON + DAY_MS + index, 'merge', [leadId(into), leadId(from)]),
      )
      const facts = [atWork, ...atHome, atClub, ...words]
      expect(ids(facts)).toEqual([leadId(WORK)])
      expect(personOf(WORK, facts).visitors).toEqual(['club', 'office', 'sofa'])
    }
  })

  it('of a lead with itself, with nobody, or in a circle changes nothing more', () => {
    const odd = [
      wordOn(NOON + DAY_MS + 1, 'merge', [leadId(WORK), leadId(WORK)]),
      wordOn(NOON + DAY_MS + 2, 'merge', [leadId(WORK), 'nobody']),
      wordOn(NOON + DAY_MS + 3, 'merge', [leadId(HOME), leadId(WORK)]),
    ]
    const once = advanceAll([atWork, ...atHome, merge])
    expect(advanceAll([atWork, ...atHome, merge, ...odd], { now: merge.occurredAt + 3 }).persons).toEqual(
      once.persons,
    )
  })
})
