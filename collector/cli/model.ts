import { dirname, relative, resolve } from 'node:path'
import { advance } from '../advance/advance.ts'
import { readConfig } from '../config/config.ts'
import { modelJsonSchema } from '../models/json-schema.ts'
import { modelFileOf, readText } from '../models/load.ts'
import { type ParsedModel, parseModel } from '../models/parse.ts'
import { type ModelTestResult, runModelTests } from '../models/tests.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { MODEL_DIFF_USAGE, modelDiffCommand } from './model-diff.ts'
import { draftCommand } from './model-draft.ts'
import { HISTORY_USAGE, historyCommand } from './model-history.ts'
import { PUBLISH_USAGE, publishCommand, rollbackCommand } from './model-publish.ts'
import { problemLines, type Source } from './model-report.ts'
import { SHOW_USAGE, showCommand } from './model-show.ts'
import { readArgs } from './usage.ts'
import { count } from './words.ts'

export const MODEL_USAGE = `goldpan model check|test [FILE|--site ID] [--json] | model schema
  ${MODEL_DIFF_USAGE}
  ${PUBLISH_USAGE}
  ${HISTORY_USAGE}
  ${SHOW_USAGE}`

/** Acts with options of their own. */
const ACTS: ReadonlyMap<string, Command> = new Map([
  ['diff', modelDiffCommand],
  ['publish', publishCommand],
  ['rollback', rollbackCommand],
  ['history', historyCommand],
  ['show', showCommand],
  ['draft', draftCommand],
])

/**
 * `goldpan model check`: every mistake with line and column. `goldpan model test`: the tests in the file. `goldpan model
 * schema`: the JSON Schema for editors. The file is the one given, or that of the site, else GOLDPAN_MODEL. Exit code 1 for
 * problems and failed tests.
 */
export const modelCommand: Command = async (args, io) => {
  const act = ACTS.get(args[0] ?? '')
  if (act) return act(args.slice(1), io)
  const options = { json: { type: 'boolean' }, site: { type: 'string' } } as const
  const { values, positionals } = readArgs(args, { options, allowPositionals: true }, MODEL_USAGE)
  const [action, file, ...others] = positionals
  if (others.length > 0 || (file !== undefined && values.site !== undefined))
    throw new UsageError(`model: expected one file. Write ${MODEL_USAGE}`)
  const json = values.json ?? false
  if (action === 'check') return check(read(file, values.site, io), json, io)
  if (action === 'test') return test(read(file, values.site, io), json, io)
  if (action !== 'schema')
    throw new UsageError(
      `model: expected check, test, schema, ${[...ACTS.keys()].join(', ')}. Write ${MODEL_USAGE}`,
    )
  io.out(JSON.stringify(modelJsonSchema(), null, 2))
  return 0
}

interface Reading {
  readonly source: Source
  readonly parsed: ParsedModel
}

function read(file: string | undefined, site: string | undefined, io: Io): Reading {
  const path = file === undefined ? pathFor(site, io) : resolve(io.cwd, file)
  const text = readText(path)
  if (text === null) throw new UsageError(`model: expected a readable file, and there is none at ${path}.`)
  const parsed = parseModel(text, name => readText(resolve(dirname(path), name)))
  return { source: { name: relative(io.cwd, path), text }, parsed }
}

function pathFor(site: string | undefined, io: Io): string {
  const { modelPath } = readConfig(io.env, io.cwd)
  return site === undefined ? modelPath : modelFileOf(modelPath, site)
}

function check({ source, parsed }: Reading, json: boolean, io: Io): ExitCode {
  if (json) io.out(JSON.stringify(parsed.ok ? { ok: true, problems: [] } : parsed))
  else if (parsed.ok) io.out(summaryOf(parsed.model, source))
  else {
    for (const line of parsed.problems.flatMap(problem => problemLines(problem, source))) io.err(line)
    io.err(`${source.name}: ${count(parsed.problems.length, 'problem')}`)
  }
  return parsed.ok ? 0 : 1
}

function summaryOf(
  { name, fit, engagement, tests }: Extract<ParsedModel, { ok: true }>['model'],
  source: Source,
) {
  const rules = fit.rules.length + engagement.rules.length
  return `${source.name}: "${name}" is sound, with ${count(rules, 'rule')} and ${count(tests.length, 'test')}`
}

function test({ source, parsed }: Reading, json: boolean, io: Io): ExitCode {
  if (!parsed.ok) return check({ source, parsed }, json, io)
  const results = runModelTests(parsed.model, source.text, advance)
  const passed = results.filter(({ pass }) => pass).length
  const ok = passed === results.length
  if (json) io.out(JSON.stringify({ ok, results }))
  else {
    for (const line of results.flatMap(resultLines)) io.out(line)
    io.out(`${source.name}: ${passed} of ${count(results.length, 'test')} passed`)
  }
  return ok ? 0 : 1
}

const resultLines = ({ name, pass, message }: ModelTestResult): readonly string[] =>
  pass ? [`✓ ${name}`] : [`✗ ${name}`, `  ${message}`]
