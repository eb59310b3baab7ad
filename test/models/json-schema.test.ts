import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { modelJsonSchema } from '../../collector/models/json-schema.ts'
import { readTree } from '../../collector/models/read-tree.ts'
import { GoldpanFile, structure } from '../../collector/models/schema.ts'
import { STARTING_POINTS } from '../support/starting-points.ts'
import { changed, SAMPLE, withEvent, withFit, withGate, withPolicy } from './sample.ts'

/** An independent validator over the published text: what an editor would do. */
const editor = Compile(JSON.parse(JSON.stringify(modelJsonSchema())))

/** What the check finds of the structure alone. */
function fits(text: string): boolean {
  const { tree, problems } = readTree(text)
  return problems.length === 0 && tree !== null && structure.fits(GoldpanFile, tree)
}

/** Slips that any file may suffer: [what, as it was, as it became]. */
const SLIPS: readonly (readonly [what: string, was: RegExp, became: string])[] = [
  ['a misspelled key of the file', /^engagement:/m, 'engagment:'],
  ['a misspelled key of a group', /halfLife:/, 'halflife:'],
  ['a misspelled key of a rule', /points:/, 'point:'],
  ['a misspelled key of a condition', /page\.category:/, 'page.categorie:'],
  ['a duration in words', /halfLife: (\d+)d/, 'halfLife: $1 days'],
  ['a duration without its unit', /within: (\d+)d/, 'within: $1'],
  ['a word of no closed list', /handoff: automatic/, 'handoff: auto'],
  ['a text for a number', /A: \d+/, 'A: high'],
  ['a score without its range', /fit: \{ from: (\d+) \}/, 'fit: $1'],
  ['a test that ends nowhere', /stage: mql/, 'stage: hot'],
  ['no policy', /^mql:/m, 'policy:'],
]

describe('the published schema and the check agree', () => {
  it.each([
    ...STARTING_POINTS.map(({ file, source }) => [file, source]),
    ['the sample', SAMPLE],
    [
      'every form of value',
      withFit(
        '{ jobTitle: { not: { contains: [a] } }, companySize: { from: 1 }, phone: { known: true }, fleet: [1, two, true] }',
      ),
    ],
    [
      'combinators',
      withPolicy('{ any: [ { all: [ { fit: { from: 1 } } ] }, { none: [ { grade: [C, D] } ] } ] }'),
    ],
    [
      'flags in a gate',
      withGate('{ any: [ { flag: hot }, { flag: [hot, cold] } ], none: [ { industry: [it], fleet: 3 } ] }'),
    ],
    ['properties of events', withEvent('{ props.seats: { from: 5 }, utm.source: x }')],
  ])('that this is sound: %s', (_name, text) => {
    expect(fits(text)).toBe(true)
    expect(editor.Check(parseYaml(text))).toBe(true)
  })

  it.each([
    ['an unknown key', `${SAMPLE}colour: red\n`],
    ['a missing key', changed(', points: 20', '')],
    ['a wrong type', changed('points: 20', 'points: ten')],
    ['a wrong unit', `${SAMPLE}  dwell: 24\n`],
    ['a word of no closed list', withFit('{ seniority: boss }')],
    ['a list without values', withFit('{ jobTitle: [] }')],
    ['an empty condition', withFit('{}')],
    ['a form of value there is not', withFit('{ jobTitle: { regex: x } }')],
    ['two forms of value at once', withFit('{ jobTitle: { glob: x, known: true } }')],
    ['an event key in fit', withFit('{ page.category: pricing }')],
    ['a reserved word as a custom trait', withFit('{ engaged: { from: 5s } }')],
    ['a trait in engagement', withEvent('{ jobTitle: head }')],
    ['engaged with an end', withEvent('{ engaged: { from: 5s, to: 9s } }')],
    ['a gate for a flag that does not hold', withGate('{ flag: { not: hot } }')],
    ['the same under none', withGate('{ all: [ { none: [ { flag: hot } ] } ] }')],
    ['the same under any within none', withGate('{ none: [ { any: [ { flag: hot } ] } ] }')],
    ['a window without its length', changed('points: 10 }', 'points: 10, atLeast: 3 }')],
    ['a pattern of another language', changed('/pricing/**', '/pric[ie]ng')],
    ['a bare score', withPolicy('{ engagement: 40 }')],
    ['depth of mistakes in combinators', withPolicy('{ any: [ { all: [ { grade: E } ] } ] }')],
    ['hours that make no sense', `${SAMPLE}sla: { hours: 9-17 }\n`],
  ])('that this is not: %s', (_name, text) => {
    expect(fits(text)).toBe(false)
    expect(editor.Check(parseYaml(text))).toBe(false)
  })

  describe.each(STARTING_POINTS)('that this is not: $file with', ({ source }) => {
    it.each(SLIPS)('%s', (_what, was, became) => {
      const slipped = source.replace(was, became)
      expect(slipped).not.toBe(source)
      expect(fits(slipped)).toBe(false)
      expect(editor.Check(parseYaml(slipped))).toBe(false)
    })
  })

  it('on conditions nobody thought of', () => {
    const scalar = fc.oneof(
      fc.constantFrom('head', 'A', '5s', '', 'pricing'),
      fc.integer({ min: -3, max: 300 }),
      fc.boolean(),
    )
    const key = fc.constantFrom(
      'jobTitle',
      'seniority',
      'companySize',
      'page.category',
      'engaged',
      'scroll',
      'grade',
      'fit',
      'known',
      'flag',
      'list',
      'fleet',
      'props.x',
      'email.kind',
      'utm.source',
      'x.y',
    )
    const form = fc.constantFrom('from', 'to', 'glob', 'contains', 'known', 'not')
    const value = fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 2 }),
      fc.dictionary(form, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 2 }),
    )
    const { condition } = fc.letrec(tie => ({
      condition: fc.oneof(
        { depthSize: 'small' },
        fc.dictionary(key, value, { maxKeys: 3 }),
        fc.dictionary(fc.constantFrom('all', 'any', 'none'), fc.array(tie('condition'), { maxLength: 2 }), {
          maxKeys: 1,
        }),
      ),
    }))
    fc.assert(
      fc.property(condition, fc.constantFrom(withFit, withGate, withEvent, withPolicy), (written, put) => {
        const text = put(JSON.stringify(written))
        expect(fits(text)).toBe(editor.Check(parseYaml(text)))
      }),
      { numRuns: 300 },
    )
  }, 30_000)
})
