import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Io, UsageError } from '../../collector/cli/io.ts'
import { modelCommand } from '../../collector/cli/model.ts'
import { changed, SAMPLE } from '../models/sample.ts'
import { tempDir } from '../support/temp-dir.ts'

const STORY = 'events: [ { at: 0s, type: form_submit, form: demo, traits: { email: a@acme.example } } ]'
const withTest = (stage: string) =>
  `${SAMPLE}tests: [ { name: asks for a demo, ${STORY}, expect: { stage: ${stage} } } ]\n`

/** Runs the command in a folder with these files. */
async function run(args: readonly string[], files: Readonly<Record<string, string>>) {
  const cwd = tempDir()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  const out: string[] = []
  const err: string[] = []
  const io: Io = {
    env: {},
    cwd,
    clock: () => 0,
    out: line => out.push(line),
    err: line => err.push(line),
    stop: new AbortController().signal,
  }
  const code = await modelCommand(args, io)
  return { code, out, err }
}

describe('goldpan model check', () => {
  it('says that a model is sound', async () => {
    expect(await run(['check'], { 'goldpan.yaml': withTest('mql') })).toEqual({
      code: 0,
      out: ['goldpan.yaml: "Sample" is sound, with 3 rules and 1 test'],
      err: [],
    })
  })

  it('shows each mistake in its line, with a caret under the spot', async () => {
    const { code, out, err } = await run(['check', 'other.yaml'], {
      'other.yaml': changed('jobTitle: head', 'jobTitel: head'),
    })
    expect(code).toBe(1)
    expect(out).toEqual([])
    expect(err).toEqual([
      expect.stringMatching(
        /^other\.yaml:14:25 {2}fit\.rules\[0\]\.if\.jobTitel: expected a trait, got "jobTitel"\. Did you mean "jobTitle"\?/,
      ),
      '   14 |     - { id: head, if: { jobTitel: head }, points: 20 }',
      '                                ^',
      'other.yaml: 1 problem',
    ])
    expect((err[1] ?? '').slice((err[2] ?? '').indexOf('^'))).toMatch(/^jobTitel/)
  })

  it('reads list files beside the model, and names them in mistakes', async () => {
    const model = changed('domains: [rival.example]', 'file: rivals.csv')
    const { code, err } = await run(['check'], { 'goldpan.yaml': model, 'rivals.csv': 'domain\nrival\n' })
    expect(code).toBe(1)
    expect(err[0]).toBe('rivals.csv:2:1  domain: expected a domain such as rival.example, got "rival".')
  })

  it('checks the file that a site is judged by', async () => {
    const files = { 'goldpan.yaml': SAMPLE, 'goldpan.acme.yaml': changed('name: Sample', 'name: Acme') }
    const saidOf = async (...args: readonly string[]) => (await run(['check', ...args], files)).out
    expect(await saidOf('--site', 'acme')).toEqual([expect.stringContaining('goldpan.acme.yaml: "Acme"')])
    expect(await saidOf('--site', 'other')).toEqual([expect.stringContaining('goldpan.yaml: "Sample"')])
    expect(await saidOf()).toEqual([expect.stringContaining('goldpan.yaml: "Sample"')])
    await expect(run(['check', 'goldpan.yaml', '--site', 'acme'], files)).rejects.toThrow(UsageError)
  })

  it('lets no control characters of a file reach the terminal', async () => {
    const { err } = await run(['check'], {
      'goldpan.yaml': changed('name: Sample', 'name: "a"\nx: "\u0085\u009b31m"'),
    })
    expect(err.join('')).not.toMatch(/\p{Cc}/u)
  })

  it('answers in JSON when asked to', async () => {
    const sound = await run(['check', '--json'], { 'goldpan.yaml': SAMPLE })
    expect(JSON.parse(sound.out[0] ?? '')).toEqual({ ok: true, problems: [] })
    const broken = await run(['check', '--json'], { 'goldpan.yaml': changed('goldpan: 1', 'goldpan: 2') })
    expect(broken.code).toBe(1)
    expect(JSON.parse(broken.out[0] ?? '')).toMatchObject({
      ok: false,
      problems: [{ line: 1, column: 10, path: 'goldpan' }],
    })
  })
})

describe('goldpan model test', () => {
  it('runs the tests of the file', async () => {
    expect(await run(['test'], { 'goldpan.yaml': withTest('mql') })).toEqual({
      code: 0,
      out: ['✓ asks for a demo', 'goldpan.yaml: 1 of 1 test passed'],
      err: [],
    })
  })

  it('says what came instead', async () => {
    const { code, out } = await run(['test'], { 'goldpan.yaml': withTest('lead') })
    expect(code).toBe(1)
    expect(out).toEqual([
      '✗ asks for a demo',
      '  expected the stage lead, got mql. The reasons are demo.',
      'goldpan.yaml: 0 of 1 test passed',
    ])
  })

  it('answers in JSON when asked to', async () => {
    const { out } = await run(['test', '--json'], { 'goldpan.yaml': withTest('lead') })
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      ok: false,
      results: [{ name: 'asks for a demo', pass: false, got: { stage: 'mql' } }],
    })
  })

  it('tests nothing that is not sound', async () => {
    const { code, err } = await run(['test'], { 'goldpan.yaml': changed('goldpan: 1', 'goldpan: 2') })
    expect(code).toBe(1)
    expect(err[0]).toMatch(/^goldpan\.yaml:1:10/)
  })
})

it('prints the schema', async () => {
  const { code, out } = await run(['schema'], {})
  expect(code).toBe(0)
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ title: 'goldpan.yaml', type: 'object' })
})

it.each([
  ['no action', []],
  ['an unknown action', ['lint']],
  ['two files', ['check', 'a.yaml', 'b.yaml']],
  ['an unknown option', ['check', '--fix']],
  ['a file that is not there', ['check', 'none.yaml']],
])('is not understood with %s', async (_name, args) => {
  await expect(run(args, {})).rejects.toThrow(UsageError)
})
