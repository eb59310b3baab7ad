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
      /^1:1 expected (?:at most 100000 YAML tokens|texts of at most 8000 characters|no YAML directives), got /,
    ),
  ])
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
