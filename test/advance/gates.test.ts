import { describe, expect, it } from 'vitest'
import type { Condition, ScoringModel } from '../../collector/contracts/model.ts'
import { DAY_MS } from '../../shared/time.ts'
import { fact, form, identify, NOON } from '../support/facts.ts'
import { ANNA, personOf } from '../support/history.ts'
import { EXAMPLE, engagementRule, published } from '../support/model.ts'

const sets = (id: string, days: number | null) =>
  engagementRule({ id, on: id, points: 0, sets: [id], forMs: days === null ? null : days * DAY_MS })
const flag = (...oneOf: readonly string[]): Condition => ({ key: 'flag', is: { oneOf } })
const CLOSED: Condition = { key: 'country', is: { oneOf: ['XX'] } }

const under = (gate: Condition): ScoringModel => ({
  ...EXAMPLE,
  engagement: { ...EXAMPLE.engagement, rules: [sets('short', 3), sets('long', 9), sets('ever', null)] },
  disqualify: [{ id: 'gate', if: gate }],
  mql: { when: { key: 'email', is: { known: true } }, exit: null, dwellMs: 0, fastTrack: null },
})
const happens = (type: string) => fact({ type, occurredAt: NOON })
const known = form(NOON, 'x', { email: ANNA })

describe('a gate that asks for flags', () => {
  const [inThree, inNine] = [NOON + 3 * DAY_MS, NOON + 9 * DAY_MS]
  it.each<[string, Condition, number | null]>([
    ['one flag: with it', flag('short'), inThree],
    ['one of several: with the last of them', flag('short', 'long'), inNine],
    ['any of several: with the last of them', { any: [flag('short'), flag('long')] }, inNine],
    ['all of several: with the first of them', { all: [flag('short'), flag('long')] }, inThree],
    ['a flag that holds for ever: never', flag('short', 'ever'), null],
    ['a flag or what is true of the person: never', { any: [flag('long'), { none: [CLOSED] }] }, null],
    [
      'a flag and what is true of the person: with the flag',
      { all: [flag('long'), { none: [CLOSED] }] },
      inNine,
    ],
  ])('opens, asking for %s', (_, gate, until) => {
    const country = identify(NOON, ANNA, { country: 'BG' })
    const facts = [happens('short'), happens('long'), happens('ever'), known, country]
    const lead = personOf(ANNA, facts, { versions: [published(under(gate))] })
    expect(lead.gates).toEqual({ gate: until })
  })

  it('is open for a publish that comes when its flag has ended, though nothing happened in between', () => {
    const publishedAt = inThree + 1
    const stageWhenPublished = (at: number) => {
      const versions = [published(under(flag('short'))), published(under(flag('short')), at, 2)]
      return personOf(ANNA, [happens('short'), known], { versions, now: at }).stage
    }
    expect(stageWhenPublished(publishedAt)).toBe('mql')
    expect(stageWhenPublished(publishedAt - 1)).toBe('lead')
  })
})
