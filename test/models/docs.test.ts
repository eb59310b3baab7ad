import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import { JOB_FUNCTIONS } from '../../collector/enrich/lexicon/job-functions.ts'
import { SENIORITIES } from '../../collector/enrich/lexicon/seniority.ts'
import { EVENT_KEYS, POLICY_KEYS, TRAIT_KEYS } from '../../collector/models/grammar/keys.ts'
import { CHANNELS, EMAIL_KINDS } from '../../collector/models/grammar/vocabulary.ts'
import { modelJsonSchema } from '../../collector/models/json-schema.ts'
import { runModelTests } from '../../collector/models/tests.ts'
import { changed, modelIn, problemsIn } from './sample.ts'

const DOC = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')
const example = DOC.split('```yaml\n')[1]?.split('```')[0] ?? ''
const code = new Set(DOC.match(/[\p{L}\d_.]+/gu))

/** Names of all properties anywhere in a schema, but for the conditions, which are asked apart. */
function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === '$defs') return []
    return key === 'properties'
      ? [...Object.keys(value), ...Object.values(value).flatMap(keysIn)]
      : keysIn(value)
  })
}

describe('docs/model.md', () => {
  it('has an example that is sound, and keeps its word', () => {
    const model = modelIn(example, () => 'domain\ncustomer.example\n')
    expect(runModelTests(model, example, advance).map(({ message }) => message)).toEqual([''])
  })

  it.each([
    ['key of the file', [...new Set(keysIn(modelJsonSchema()))]],
    ['key of a condition', [TRAIT_KEYS, EVENT_KEYS, POLICY_KEYS].flatMap(Object.keys)],
    ['word of a closed list', [...SENIORITIES, ...JOB_FUNCTIONS, ...EMAIL_KINDS, ...CHANNELS]],
  ])('names every %s', (_what, words) => {
    expect(words.length).toBeGreaterThan(2)
    expect(words.filter(word => !code.has(word))).toEqual([])
  })

  it('shows an error as it is', () => {
    const [problem = ''] = problemsIn(changed('jobTitle: head', 'jobTitel: head'))
    expect(DOC).toContain(`goldpan.yaml:${problem.replace(' ', '  ')}`)
  })
})
