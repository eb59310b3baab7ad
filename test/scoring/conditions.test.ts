import { describe, expect, it } from 'vitest'
import type { Condition, ValueTest } from '../../collector/contracts/model.ts'
import { compilerOver, type Truth, type Value } from '../../collector/scoring/conditions.ts'

const compile = compilerOver((key: string) => (values: Record<string, Value>) => values[key] ?? null)
const judge = (condition: Condition, values: Record<string, Value>): Truth => compile(condition)(values)
const test = (is: ValueTest, value: Value): Truth => judge({ key: 'k', is }, { k: value })

describe('a test of one value', () => {
  it.each<[string, ValueTest, Value, Truth]>([
    ['text is compared without case', { oneOf: ['IT', 'software'] }, 'it', true],
    ['and without the space around it', { oneOf: ['it'] }, ' IT ', true],
    ['another text is a mismatch', { oneOf: ['it'] }, 'itt', false],
    ['what is not known is unknown', { oneOf: ['it'] }, null, null],
    ['both bounds belong to the range', { from: 50, to: 200 }, 50, true],
    ['both bounds belong to the range', { from: 50, to: 200 }, 200, true],
    ['below the range', { from: 50, to: 200 }, 49, false],
    ['above the range', { from: 50, to: 200 }, 201, false],
    ['a number written as text counts', { from: 50 }, '120', true],
    ['text that is no number cannot be judged', { from: 50 }, 'many', null],
    ['nor can text that only begins with one', { from: 5 }, '10-20-30', null],
    ['one of several values is enough', { oneOf: ['b'] }, ['a', 'b'], true],
    ['no values at all is a mismatch', { oneOf: ['b'] }, [], false],
    ['known', { known: true }, 'x', true],
    ['not known', { known: true }, null, false],
    ['known to be nothing is not known', { known: true }, [], false],
    ['unknown stays unknown under not', { not: { oneOf: ['x'] } }, null, null],
    ['not', { not: { oneOf: ['x'] } }, 'y', true],
    ['a word is found', { contains: ['intern'] }, 'Marketing Intern', true],
    ['but not inside another word', { contains: ['intern'] }, 'International Sales Director', false],
    ['also not in Cyrillic', { contains: ['стаж'] }, 'Стажант', false],
    ['unless the phrase is open there', { contains: ['стаж*'] }, 'Стажант', true],
    ['a phrase of two words', { contains: ['working student'] }, 'Working student (m/f)', true],
    ['an empty phrase matches nothing', { contains: ['*'] }, 'anything', false],
    ['a glob', { glob: '/pricing/**' }, '/pricing/teams', true],
  ])('%s', (_, is, value, truth) => {
    expect(test(is, value)).toBe(truth)
  })
})

describe('conditions together', () => {
  const yes: Condition = { key: 'yes', is: { known: true } }
  const no: Condition = { key: 'no', is: { known: true } }
  const unknown: Condition = { key: 'gap', is: { oneOf: ['x'] } }
  it.each<[string, Condition, Truth]>([
    ['all, one unknown', { all: [yes, unknown] }, null],
    ['all, one false and one unknown: a mismatch', { all: [unknown, no] }, false],
    ['any, one true', { any: [unknown, yes] }, true],
    ['any, none true and one unknown', { any: [no, unknown] }, null],
    ['none', { none: [no] }, true],
    ['none, with one true', { none: [no, yes] }, false],
    ['none, with an unknown', { none: [no, unknown] }, null],
  ])('%s', (_, condition, truth) => {
    expect(judge(condition, { yes: 'x' })).toBe(truth)
  })
})
