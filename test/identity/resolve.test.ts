import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim } from '../../collector/contracts/claim.ts'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ResolvedPerson } from '../../collector/identity/arrival.ts'
import { resolve } from '../../collector/identity/resolve.ts'
import { decision, fact, NOON } from '../support/facts.ts'

const idOf = (identifier: string): string => `id of ${identifier}`
const claimOf = ({ props }: Fact): Claim | null =>
  typeof props.claim === 'string'
    ? { identifier: props.claim, proof: 'asserted', also: [], phone: null }
    : null

/** A fact of a visitor that may claim to be somebody. */
const did = (minute: number, visitor: string, claim: string | null = null): Fact =>
  fact({
    type: 'page_view',
    occurredAt: NOON + minute,
    visitor,
    subject: visitor,
    props: claim ? { claim } : {},
  })

/** Each fact of a person, and the claim that brought it as history. */
const factsOf = ({ arrivals }: ResolvedPerson) =>
  arrivals.flatMap(({ fact, history }) => [
    ...history.map(one => ({ fact: one, joinedBy: fact.id })),
    { fact, joinedBy: null },
  ])

const owners = (facts: readonly Fact[]) => {
  const ordered = [...facts].sort(byOccurrence)
  const { persons } = resolve(ordered, claimOf, idOf)
  return new Map(
    persons.flatMap(person =>
      factsOf(person).map(one => [one.fact.id, { identifier: person.identifier, ...one }]),
    ),
  )
}

describe('the cut at claims', () => {
  it('gives the time before the first claim to the first claimant, as history of that claim', () => {
    const [before, claim, after] = [did(1, 'a'), did(2, 'a', 'email:anna'), did(3, 'a')]
    const owned = owners([before, claim, after])
    expect(owned.get(before.id)).toMatchObject({ identifier: 'email:anna', joinedBy: claim.id })
    expect(owned.get(claim.id)).toMatchObject({ identifier: 'email:anna', joinedBy: null })
    expect(owned.get(after.id)).toMatchObject({ identifier: 'email:anna', joinedBy: null })
  })

  it('gives what comes after a claim to the latest claimant, and nothing twice', () => {
    const facts = [
      did(1, 'a', 'email:anna'),
      did(2, 'a'),
      did(3, 'a', 'email:boris'),
      did(4, 'a'),
      did(5, 'a', 'email:anna'),
    ]
    expect([...owners(facts).values()].map(({ identifier }) => identifier).sort()).toEqual([
      'email:anna',
      'email:anna',
      'email:anna',
      'email:boris',
      'email:boris',
    ])
  })

  it('does not let a phone number alone take over from a known e-mail', () => {
    const facts = [did(1, 'a', 'email:anna'), did(2, 'a', 'phone:+359'), did(3, 'a')]
    expect([...owners(facts).values()].every(({ identifier }) => identifier === 'email:anna')).toBe(true)
  })

  it('keeps a visitor who said nothing anonymous, and two of them apart', () => {
    const { persons } = resolve([did(1, 'a'), did(2, 'b')], claimOf, idOf)
    expect(persons.map(({ id, identifier }) => [id, identifier])).toEqual([
      ['id of subject:a', null],
      ['id of subject:b', null],
    ])
  })

  it('gives a decision to the lead it addresses, and keeps it in sight when that lead is not there', () => {
    const facts = [did(1, 'a', 'email:anna'), decision(NOON + 2, 'id of email:anna', 'sal', 'ok')]
    const { persons } = resolve(facts, claimOf, idOf)
    expect(persons).toMatchObject([
      { identifier: 'email:anna', arrivals: [{}, { fact: { type: 'decision' } }] },
    ])
    const alone = resolve(facts.slice(1), claimOf, idOf)
    expect(alone).toMatchObject({ persons: [], spans: [{ person: 'id of email:anna', identifier: null }] })
  })
})

describe('whatever people do', () => {
  const doing = fc.record({
    minute: fc.integer({ min: 0, max: 50 }),
    visitor: fc.constantFrom('a', 'b', 'c'),
    claim: fc.option(fc.constantFrom('email:anna', 'email:boris', 'phone:+359')),
  })
  const stories = fc.array(doing, { maxLength: 40 })
  const told = (story: readonly { minute: number; visitor: string; claim: string | null }[]) =>
    story.map(({ minute, visitor, claim }) => did(minute, visitor, claim)).sort(byOccurrence)

  it('each fact has one owner, and the spans say the same', () => {
    fc.assert(
      fc.property(stories, story => {
        const facts = told(story)
        const { persons, spans } = resolve(facts, claimOf, idOf)
        const owned = persons.flatMap(person =>
          factsOf(person).map(({ fact: { id } }) => [id, person.id] as const),
        )
        expect(owned).toHaveLength(facts.length)
        const ownerOf = new Map(owned)
        for (const one of facts) {
          const span = spans.findLast(
            ({ subject, startsAt, startsId }) =>
              subject === one.subject &&
              (startsAt < one.occurredAt || (startsAt === one.occurredAt && startsId <= one.id)),
          )
          expect(span?.person).toBe(ownerOf.get(one.id))
        }
      }),
    )
  })

  it('what one browser says never moves what another browser’s people did', () => {
    fc.assert(
      fc.property(stories, story => {
        const facts = told(story)
        const all = owners(facts)
        for (const visitor of ['a', 'b', 'c']) {
          for (const [id, { identifier }] of owners(facts.filter(({ subject }) => subject === visitor))) {
            expect(all.get(id)?.identifier).toBe(identifier)
          }
        }
      }),
    )
  })
})
