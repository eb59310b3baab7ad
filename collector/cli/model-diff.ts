import { relative, resolve } from 'node:path'
import { isatty } from 'node:tty'
import { advance } from '../advance/advance.ts'
import { readConfig } from '../config.ts'
import type { ModelVersion, ScoringModel } from '../contracts/model.ts'
import { diffModels } from '../models/diff/diff.ts'
import type { ModelName } from '../models/diff/shapes.ts'
import { loadModelFile, modelFileOf } from '../models/load.ts'
import { loadConnected } from '../qualify/connected.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import { openStore } from '../storage/open.ts'
import type { Store } from '../storage/store.ts'
import { diffLines } from './diff-report.ts'
import { readSpan, readTerms } from './diff-terms.ts'
import { type Command, type Io, UsageError } from './io.ts'
import { problemLines } from './model-report.ts'
import { paintFor } from './paint.ts'
import { startProgress } from './progress.ts'
import { readArgs } from './usage.ts'

export const MODEL_DIFF_USAGE =
  'goldpan model diff [OLD] [NEW] [--site ID] [--since DAY] [--until DAY] [--maturity 60d] [--min 30] [--json]'

/**
 * `goldpan model diff`: what another model would have done to the stored history. OLD and NEW are a file, the number of a
 * published version, or `draft`, the model file; without them the version in force and the model file. Reads only, and may
 * run beside a collector at work. Exit code 1 when a model is broken or the work was stopped.
 */
export const modelDiffCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(
    args,
    { options: OPTIONS, allowPositionals: true },
    MODEL_DIFF_USAGE,
  )
  if (positionals.length > 2)
    throw new UsageError(`model diff: expected two models at most. Write ${MODEL_DIFF_USAGE}`)
  const store = await openStore(readConfig(io.env, io.cwd).databaseUrl)
  try {
    const site = await siteOf(store, values.site)
    const versions = await store.modelVersions(site)
    const old = resolveModel(positionals[0] ?? String(versions.at(-1)?.version ?? ''), site, versions, io)
    const fresh = resolveModel(positionals[1] ?? 'draft', site, versions, io)
    if (!old || !fresh) return 1
    const period = readSpan(values, fresh.model.timezone, io.clock())
    const diff = await backTest(store, site, { old, new: fresh }, { ...readTerms(values), period }, io)
    if (!diff) {
      io.err('Stopped. Nothing was changed.')
      return 1
    }
    if (values.json) io.out(JSON.stringify(diff))
    else for (const line of diffLines(diff, paintFor(io.env, isatty(STDOUT)))) io.out(line)
    return 0
  } finally {
    await store.close()
  }
}

const OPTIONS = {
  site: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  maturity: { type: 'string' },
  min: { type: 'string' },
  json: { type: 'boolean' },
} as const

const STDOUT = 1
const STDERR = 2

/** People in each list of `--json`. */
const LISTED = 1_000

async function siteOf(store: Store, asked: string | undefined): Promise<string> {
  const ids = (await store.sites()).map(({ id }) => id)
  const [only, ...others] = ids
  if (asked !== undefined && ids.includes(asked)) return asked
  if (asked === undefined && only !== undefined && others.length === 0) return only
  throw new UsageError(
    ids.length === 0
      ? 'model diff: expected a store with a site, and this one has none yet.'
      : `model diff: expected --site with one of ${ids.join(', ')}${asked === undefined ? '' : `, came ${asked}`}.`,
  )
}

interface NamedModel extends ModelName {
  readonly model: ScoringModel
}

/** A model by how the command line calls it; null when its file is broken, and what is wrong has been said. */
function resolveModel(
  word: string,
  site: string,
  versions: readonly ModelVersion[],
  io: Io,
): NamedModel | null {
  if (/^\d*$/.test(word)) return publishedModel(word, versions)
  const path =
    word === 'draft' ? modelFileOf(readConfig(io.env, io.cwd).modelPath, site) : resolve(io.cwd, word)
  const label = relative(io.cwd, path)
  const loading = loadModelFile(path)
  if (loading.ok)
    return { label, name: loading.loaded.model.name, version: null, model: loading.loaded.model }
  for (const problem of loading.problems)
    for (const line of problemLines(problem, { name: label, text: '' })) io.err(line)
  return null
}

function publishedModel(word: string, versions: readonly ModelVersion[]): NamedModel {
  const found = versions.find(({ version }) => String(version) === word)
  const known = versions.map(({ version }) => version).join(', ')
  if (!found)
    throw new UsageError(
      `model diff: expected a published version (${known || 'there is none'}), came ${word || 'nothing'}.`,
    )
  const { version, model } = found
  const inForce = found === versions.at(-1) ? ', in force' : ''
  return { label: `version ${version}${inForce}`, name: model.name, version, model }
}

async function backTest(
  store: Store,
  site: string,
  models: { readonly old: NamedModel; readonly new: NamedModel },
  terms: ReturnType<typeof readTerms> & { readonly period: ReturnType<typeof readSpan> },
  io: Io,
) {
  const idOf = await personIdsOf(store)(site)
  const { facts: total, dirty } = await store.counts(site)
  if (dirty > 0) io.err(`${dirty} visitors wait to be qualified; what they did last may be missing here.`)
  const onProgress = startProgress({
    what: 'events',
    total,
    clock: io.clock,
    say: io.err,
    onTerminal: isatty(STDERR),
  })
  const nameOf = ({ label, name, version }: NamedModel): ModelName => ({ label, name, version })
  return diffModels({
    ...terms,
    site,
    advance,
    idOf,
    onProgress,
    listed: LISTED,
    stop: io.stop,
    names: { old: nameOf(models.old), new: nameOf(models.new) },
    models: { old: models.old.model, new: models.new.model },
    history: {
      subjects: (after, limit) => store.subjects(site, after, limit),
      load: subject => loadConnected(store, { site, subject, idOf }),
    },
  })
}
