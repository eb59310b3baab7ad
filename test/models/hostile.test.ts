import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, problemsIn, SAMPLE, withFit } from './sample.ts'

const DEFAULT = readFileSync(new URL('../../goldpan.yaml', import.meta.url), 'utf8')

/** A text with a piece cut out and another put in: what editing accidents and attackers do. */
const mangled = fc
  .record({
    text: fc.oneof({ weight: 9, arbitrary: fc.constant(SAMPLE) }, fc.constant(DEFAULT)),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ': ',
        '- ',
        '\n',
        '&a ',
        '*a',
        '<<: ',
        '!!js ',
        '|',
        '>',
        '"',
        "'",
        '%',
        '? ',
        '\t',
        '\0',
        '.nan',
        '~',
        '---\n',
        '__proto__: ',
      ),
    ),
  })
  .map(({ text, at, cut, put }) => {
    const from = Math.floor(at * text.length)
    return text.slice(0, from) + put + text.slice(from + cut)
  })

it('answers whatever comes: a model, or problems that point into the text', () => {
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ unit: 'binary', maxLength: 200 })), text => {
      const parsed = parse(text, () => 'domain\nacme.example\n')
      if (parsed.ok) return
      const lines = text.split('\n')
      expect(parsed.problems.length).toBeGreaterThan(0)
      for (const { line, column, message } of parsed.problems) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeGreaterThanOrEqual(1)
        expect(message).toMatch(/expected .*, got /s)
      }
    }),
    { numRuns: 200 },
  )
}, 30_000)

const MEGABYTE = 999_000

it.each([
  ['brackets', '['],
  ['braces', '{a: '],
  ['closing braces', '}'],
  ['dashes', '- '],
  ['question marks', '? '],
  ['anchors', '&a '],
  ['tags', '!a '],
  ['directives', '%\n'],
  ['new lines', '\n'],
  ['wrong escapes', '"\\x'],
  ['reserved characters', 'a: @\n'],
  ['aliases', '[*a,'],
  ['line separators', '\u2028'],
])('refuses a megabyte of %s before parsing it', (_name, piece) => {
  const text = piece.repeat(Math.floor(MEGABYTE / Buffer.byteLength(piece)))
  expect(problemsIn(text)).toEqual([
    expect.stringMatching(
      /^\d+:\d+ expected (?:at most 100000 YAML tokens|at most 20 levels of nesting|texts of at most 8000 characters|no YAML directives), got /,
    ),
  ])
})

it.each([
  ['brackets', `a: ${'['.repeat(3_000)}`, '1:103'],
  ['brackets that close', `a: ${'['.repeat(3_000)}${']'.repeat(3_000)}`, '1:103'],
  ['braces', `a: ${'{a: '.repeat(3_000)}`, '1:400'],
  ['dashes', `a:\n  ${'- '.repeat(30_000)}x`, '2:201'],
  ['question marks', `${'? '.repeat(30_000)}x`, '1:201'],
  [
    'indentation',
    Array.from({ length: 1_200 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    '101:101',
  ],
])('says that %s are nested too deeply, where they are', (_name, text, where) => {
  expect(problemsIn(text)).toEqual([`${where} expected at most 20 levels of nesting, got more.`])
})

it('takes a long model that is not deep', () => {
  const rules = Array.from(
    { length: 500 },
    (_, index) =>
      `    - id: r${index}\n      if:\n        all: [ { industry: [it, media] } ]\n      points: 1\n`,
  )
  const text = `goldpan: 1\nname: Long\nfit:\n  rules:\n${rules.join('')}mql:\n  when: { fit: { from: 1 } }\n`
  expect(problemsIn(text)).toEqual([])
})

it('never expands an alias bomb', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) =>
      `l${level}: &l${level} [${Array(9)
        .fill(`*l${level - 1}`)
        .join(', ')}]`,
  )
  const found = problemsIn(`${SAMPLE}${levels.join('\n')}\n`)
  expect(found.some(problem => problem.includes('l11: expected a plain value, got the anchor &l11.'))).toBe(
    true,
  )
  expect(found.length).toBeLessThanOrEqual(100)
})

it('takes no regular expression to heart: a long text against every pattern is decided at once', () => {
  const long = 'a'.repeat(7_000)
  for (const condition of [
    `{ jobTitle: "${long}" }`,
    `{ list: "${long}" }`,
    `{ website: { glob: "${'*a'.repeat(3_000)}" } }`,
  ]) {
    expect(parse(withFit(condition)).ok).toBe(false)
  }
})
