import { expect, test } from 'vitest'
import { memo } from '../../shared/memo.ts'

const counted = () => {
  let asked = 0
  const answer = memo(10, text => {
    asked += 1
    return text.length
  })
  return { answer, asked: () => asked }
}

test('an answer to a text is worked out once', () => {
  const { answer, asked } = counted()
  expect([answer('x'.repeat(256)), answer('x'.repeat(256))]).toEqual([256, 256])
  expect(asked()).toBe(1)
})

test('a text of more than 256 characters is not kept', () => {
  const { answer, asked } = counted()
  expect([answer('x'.repeat(257)), answer('x'.repeat(257))]).toEqual([257, 257])
  expect(asked()).toBe(2)
})
