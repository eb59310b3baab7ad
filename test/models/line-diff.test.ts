import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lineDiff } from '../../collector/models/line-diff.ts'

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${{ same: ' ', gone: '-', new: '+' }[kind]}${text}`)

it('keeps what is in both, and tells what is gone before what is new in its place', () => {
  expect(shown('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([' a', '-b', '+x', ' c', ' d', '+e'])
  expect(shown('', 'a\n')).toEqual(['+a'])
  expect(shown('a\n', '')).toEqual(['-a'])
  expect(shown('a\n', 'a')).toEqual([' a'])
})

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 }).map(lines => lines.join('\n'))

it('gives back both texts, and changes no more than needed', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after)
      const joined = (...kinds: readonly string[]) =>
        lines.flatMap(({ kind, text: line }) => (kinds.includes(kind) ? line : [])).join('\n')
      expect(joined('same', 'gone')).toBe(before)
      expect(joined('same', 'new')).toBe(after)
      expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(commonLength(before, after))
    }),
  )
})

/** The longest common subsequence, by its definition. */
function commonLength(before: string, after: string): number {
  const [a, b] = [before, after].map(one => (one === '' ? [] : one.split('\n')))
  const memo = new Map<string, number>()
  const common = (i: number, j: number): number => {
    if (i === a?.length || j === b?.length) return 0
    const key = `${i} ${j}`
    const known = memo.get(key)
    if (known !== undefined) return known
    const found = a?.[i] === b?.[j] ? 1 + common(i + 1, j + 1) : Math.max(common(i + 1, j), common(i, j + 1))
    memo.set(key, found)
    return found
  }
  return common(0, 0)
}

it('gives up on texts that have nothing in common, and is still right', () => {
  const before = Array.from({ length: 1_500 }, (_, line) => `old ${line}`)
  const after = Array.from({ length: 1_500 }, (_, line) => `new ${line}`)
  const lines = lineDiff(before.join('\n'), after.join('\n'))
  expect(lines.map(({ text: line }) => line)).toEqual([...before, ...after])
})
