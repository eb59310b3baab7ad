import fc from 'fast-check'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../../collector/contracts/model.ts'
import { NOON } from '../support/facts.ts'
import { published } from '../support/model.ts'
import { type Deed, deed, gap, inTime } from './random-deeds.ts'
import { factsOf } from './random-facts.ts'
import { likely } from './random-limits.ts'
import { randomModel } from './random-models.ts'

/** A random history: facts, the versions that judge them, and an instant at or after the last of them. */
export interface Story {
  readonly facts: readonly Fact[]
  readonly versions: readonly ModelVersion[]
  readonly now: number
}

function streamOf(deeds: readonly Deed[]): readonly Fact[] {
  const facts: Fact[] = []
  for (const { deed, at } of inTime(deeds, NOON)) {
    const views = facts.filter(({ type }) => type === 'page_view')
    facts.push(...factsOf(deed, at, facts.length, views))
  }
  return likely(facts.toSorted(byOccurrence))
}

interface Publish {
  readonly model: ScoringModel
  /** keeps the rules of the first version, so that those who are MQLs have a chance to stay */
  readonly keepsRules: boolean
  /** published so long after this fact */
  readonly place: number
  readonly gap: number
}

/** No two versions are published in the same millisecond. */
function versionsOf(
  first: ScoringModel,
  later: readonly Publish[],
  facts: readonly Fact[],
): readonly ModelVersion[] {
  const publishes = later.map(({ model, keepsRules, place, gap }) => ({
    model: keepsRules ? { ...model, engagement: first.engagement } : model,
    at: (facts[place % Math.max(facts.length, 1)]?.occurredAt ?? NOON) + gap,
  }))
  const ordered = publishes.toSorted((a, b) => a.at - b.at)
  return [published(first), ...ordered.map(({ model, at }, i) => published(model, at + i, i + 2))]
}

const publish: fc.Arbitrary<Publish> = fc.record({
  model: randomModel,
  keepsRules: fc.boolean(),
  place: fc.nat({ max: 50 }),
  gap: fc.oneof(fc.constant(0), gap),
})

/** Random streams of a few people with a few browsers over weeks to months, models published in between. */
export const randomStory: fc.Arbitrary<Story> = fc
  .record({
    deeds: fc.array(deed, { minLength: 1, maxLength: 50, size: 'max' }),
    model: randomModel,
    later: fc.array(publish, { maxLength: 2 }),
    rest: gap,
  })
  .map(({ deeds, model, later, rest }) => {
    const facts = streamOf(deeds)
    const last = facts.at(-1)?.occurredAt ?? NOON
    return {
      facts,
      versions: versionsOf(model, later, facts),
      now: last + rest,
    }
  })
