import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noticesOf } from '../../collector/ingest/notices.ts'
import { tolerate } from '../../collector/ingest/tolerate.ts'
import { LIMITS } from '../../shared/limits.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { eventOf } from './wire-samples.ts'

const toldOf = (changes: object): readonly string[] => {
  const event = eventOf(changes as Partial<WireEvent>)
  return noticesOf(event, tolerate(event)).map(({ code, path, message }) => `${code} ${path}: ${message}`)
}
const LONG = 'x'.repeat(LIMITS.stringChars + 1)
const CUT = 'expected at most 1024 characters, came 1025. The rest was cut off.'
const form = (fields: unknown) => ({ type: 'form_submit', props: { form: {}, fields } })

describe('what is cut is told', () => {
  it.each([
    ['an address', { page: { url: `https://a.example/${LONG}` } }, [/^cut \/page\/url: .*came 1043/]],
    ['a title', { page: { url: 'https://a.example/', title: LONG } }, [`cut /page/title: ${CUT}`]],
    [
      'a label',
      form([
        { name: 'a', value: '' },
        { label: LONG, value: '' },
      ]),
      [`cut /props/fields/1/label: ${CUT}`],
    ],
    [
      'fields written as a string',
      form(JSON.stringify([{ name: LONG, value: '' }])),
      [`cut /props/fields/0/name: ${CUT}`],
    ],
    [
      'values of a long form',
      form(Array(9).fill({ value: 'x'.repeat(8_000) })),
      [/^cut \/props\/fields\/0\/value: expected at most 2000 characters, came 8000/],
    ],
    [
      'fields',
      form(Array.from({ length: 130 }, () => ({ value: '' }))),
      [/^cut \/props\/fields: .*came 130. 30 were left out/],
    ],
  ])('%s', (_, changes, told) => {
    expect(toldOf(changes)).toEqual(
      told.map(text => (typeof text === 'string' ? text : expect.stringMatching(text))),
    )
  })
})

describe('what is rounded is told', () => {
  it.each([
    ['{"id": 12345678901234567890123}', ['/props/id']],
    ['{"id": 9007199254740993}', ['/props/id']],
    ['{"a/b": [1, {"~": -9007199254740993}]}', ['/props/a~1b/1/~0']],
    ['{"a": 9007199254740991, "b": 0.1, "c": -1.5, "d": "12345678901234567890123"}', []],
  ])('%s', (props, paths) => {
    const event = eventOf({ type: 'deal', props: JSON.parse(props) })
    expect(noticesOf(event, tolerate(event)).map(({ code, path }) => [code, path])).toEqual(
      paths.map(path => ['rounded', path]),
    )
  })
})

it('of what is kept as it came nothing is told', () => {
  expect(toldOf(form([{ label: 'Your\n    company', value: 'Acme' }]))).toEqual([])
  expect(toldOf({ type: 'download', props: { url: 'https://a.example/b.pdf' } })).toEqual([])
  expect(toldOf({ page: { url: 'https://a.example/', title: 'x'.repeat(LIMITS.stringChars) } })).toEqual([])
})

it('at most one notice of a kind is told, whatever comes', () => {
  const event = eventOf({
    ...form(Array(9).fill({ label: LONG, value: 'x', id: 2 ** 60 })),
    page: { url: LONG, title: LONG },
  } as never)
  expect(noticesOf(event, tolerate(event)).map(({ code }) => code)).toEqual(['cut', 'rounded'])
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (props, page) => {
      const any = { type: 'form_submit', page, props: { fields: props } }
      expect(noticesOf(any, tolerate(any)).length).toBeLessThanOrEqual(2)
    }),
  )
})
