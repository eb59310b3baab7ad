import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import { explainScore } from '../../collector/advance/explain.ts'
import { modelCommand } from '../../collector/cli/model.ts'
import type { GlobGroup, ScoringModel } from '../../collector/contracts/model.ts'
import { NO_BEHAVIOUR } from '../../collector/enrich/behaviour.ts'
import { startReading } from '../../collector/enrich/reading.ts'
import { factsOfTest, runModelTests, TEST_END_MS } from '../../collector/models/tests.ts'
import { download, form, NOON, pageView } from '../support/facts.ts'
import { STARTING_POINTS, type StartingPoint } from '../support/starting-points.ts'

/** What no test of a file brings to life, and why. */
const UNTESTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'goldpan.yaml': {
    competitor: 'the list is empty until its owner fills it in',
    colleague: 'the list is empty until its owner fills it in',
  },
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(ROOT + file, 'utf8')

describe.each(STARTING_POINTS)('$file', point => {
  it.each(runModelTests(point.model, point.source, advance))('keeps its word: $name', ({ message }) => {
    expect(message).toBe('')
  })

  it('passes `goldpan model test`, as its owner would run it', async () => {
    const said: string[] = []
    const say = (line: string) => said.push(line)
    const io = { env: {}, cwd: ROOT, clock: () => 0, out: say, err: say, stop: new AbortController().signal }
    expect(await modelCommand(['test', point.file], io)).toBe(0)
    expect(said.at(-1)).toBe(
      `${point.file}: ${point.model.tests.length} of ${point.model.tests.length} tests passed`,
    )
  })

  it('is in the package and in the docs', () => {
    const { files }: { readonly files: readonly string[] } = JSON.parse(read('package.json'))
    expect(files).toContain(point.file.split('/')[0])
    expect(read('docs/model.md')).toContain(`[${point.file}](../${point.file})`)
  })

  it('says for whom it is, before anything else', () => {
    expect(point.source).toMatch(/^# .{40}/)
  })

  it('has a test for every rule, gate, need and way in, or a reason to have none', () => {
    const lived = new Set(point.model.tests.flatMap(test => livedThrough(point, test)))
    const untested = partsOf(point.model).filter(part => !lived.has(part))
    expect(untested).toEqual(Object.keys(UNTESTED[point.file] ?? {}))
  })

  it('has stories that end well and stories that do not', () => {
    const ends = point.model.tests.map(test => test.expect.stage)
    expect(new Set(ends).has('mql')).toBe(true)
    expect(ends.filter(stage => stage !== 'mql').length).toBeGreaterThan(2)
  })

  it('has no page, file or form that an earlier name takes away', () => {
    expect(shadowed(point.model)).toEqual([])
  })
})

/** Ids of rules and gates, tags of needs, and the ways to qualify. */
const partsOf = ({ fit, engagement, disqualify, needs, mql }: ScoringModel): readonly string[] => [
  ...[...fit.rules, ...engagement.rules, ...disqualify].map(({ id }) => id),
  ...needs.map(({ tag }) => `need ${tag}`),
  'by when',
  ...(mql.fastTrack ? ['by fast_track'] : []),
]

/** The parts that took part in a test's story, by its end. */
function livedThrough({ model, source }: StartingPoint, test: ScoringModel['tests'][number]) {
  const versions = [{ version: 1, publishedAt: 0, hash: '', source, model }]
  const story = {
    site: 'test',
    facts: factsOfTest(test, TEST_END_MS),
    versions,
    idOf: (identifier: string) => identifier,
  }
  return advance({ ...story, now: TEST_END_MS }).persons.flatMap(({ id, gates, needs, mql }) => {
    const why = explainScore({ ...story, person: id, at: TEST_END_MS })
    const reasons = [...(why?.fit.reasons ?? []), ...(why?.engagement.reasons ?? [])]
    return [
      ...reasons.map(({ rule }) => rule),
      ...Object.keys(gates),
      ...needs.map(tag => `need ${tag}`),
      ...(mql ? [`by ${mql.by}`] : []),
    ]
  })
}

/** Globs whose plainest match is read as something else: what stands on them can never happen. */
function shadowed(model: ScoringModel): readonly string[] {
  const reading = startReading(model, NO_BEHAVIOUR)
  return [
    ...taken(model.pages, glob => reading(pageView(NOON, encodeURI(matchOf(glob)))).page?.category),
    ...taken(model.assets, glob => reading(download(NOON, matchOf(glob))).asset?.depth),
    ...taken(model.forms, glob => reading(form(NOON, matchOf(glob), {})).form?.kind),
  ]
}

const taken = (groups: readonly GlobGroup[], nameOf: (glob: string) => string | null | undefined) =>
  groups.flatMap(({ name, globs }) =>
    globs.flatMap(glob => (nameOf(glob) === name ? [] : `${glob} of ${name} is ${nameOf(glob)}`)),
  )

const matchOf = (glob: string): string => glob.replaceAll(/\*+/g, 'x')
