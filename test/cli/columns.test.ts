import { describe, expect, it } from 'vitest'
import { bar, columns, plain } from '../../collector/cli/columns.ts'

describe('columns', () => {
  it('are as wide as their widest cell, whatever it looks like', () => {
    const loud = (text: string) => `<${text}>`
    const lines = columns([
      ['a', { text: '7', align: 'right' }, 'end'],
      [{ text: 'longer', paint: loud }, { text: '12', align: 'right', paint: loud }, ''],
    ])
    expect(lines).toEqual(['  a        7  end', '  <longer>  <12>'])
  })

  it('are none of nothing', () => {
    expect(columns([])).toEqual([])
  })
})

describe('a bar', () => {
  it.each([
    [0, 8, null, '        '],
    [4, 8, null, '████    '],
    [8, 8, null, '████████'],
    [0.5, 8, null, '▌       '],
    [2, 8, 6, '██    ┊ '],
    [8, 8, 6, '████████'],
    [2, 8, 8, '██     ┊'],
    [0, 0, 0, '        '],
  ])('of %d in %d, the target at %s', (value, most, target, drawn) => {
    expect(bar(value, most, 8, target)).toBe(drawn)
  })
})

it('a text from anywhere has no control characters and an end', () => {
  expect(plain('Head\u001b[2J of\u202e Marketing', 12)).toBe('Head [2J of…')
  expect(plain('привет', 6)).toBe('привет')
})
