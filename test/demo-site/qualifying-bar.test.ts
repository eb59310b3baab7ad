import { describe, expect, it } from 'vitest'
import type { Condition } from '../../collector/contracts/model.ts'
import { qualifyingBar } from '../../demo-site/qualifying-bar.ts'

const floor = (key: string, from: number): Condition => ({ key, is: { from } })

describe('the qualifying bar', () => {
  it('is the floor that always applies, on the first level or in its all', () => {
    expect(qualifyingBar(floor('engagement', 40))).toEqual({ fit: null, engagement: 40 })
    expect(qualifyingBar({ all: [floor('engagement', 40), floor('fit', 35)] })).toEqual({
      fit: 35,
      engagement: 40,
    })
    expect(qualifyingBar({ all: [floor('fit', 20), { all: [floor('fit', 50)] }] })).toEqual({
      fit: 50,
      engagement: null,
    })
  })

  it('is not what holds on one way among others, nor another kind of condition', () => {
    expect(qualifyingBar({ any: [floor('engagement', 40), floor('fit', 40)] })).toEqual({
      fit: null,
      engagement: null,
    })
    expect(qualifyingBar({ none: [floor('fit', 40)] })).toEqual({ fit: null, engagement: null })
    expect(qualifyingBar({ key: 'fit', is: { not: { from: 40 } } })).toEqual({ fit: null, engagement: null })
  })
})
