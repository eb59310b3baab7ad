import { isatty } from 'node:tty'
import { diffModels } from '../models/diff/diff.ts'
import type { ModelName } from '../models/diff/shapes.ts'
import { loadConnected } from '../qualify/connected.ts'
import { diffLines } from './diff-report.ts'
import { readSpan, readTerms } from './diff-terms.ts'
import { type Command, UsageError } from './io.ts'
import { type ModelDesk, siteAsked, watchedWalk, withModelDesk } from './model-desk.ts'
import { modelNamed, type NamedModel } from './model-named.ts'
import { paintFor } from './paint.ts'
import { readArgs } from './usage.ts'

export const MODEL_DIFF_USAGE =
  'goldpan model diff [OLD] [NEW] [--site ID] [--since DAY] [--until DAY] [--maturity 60d] [--min 30] [--json]'

const OPTIONS = {
  site: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  maturity: { type: 'string' },
  min: { type: 'string' },
  json: { type: 'boolean' },
} as const

const STDOUT = 1

/** People in each list of `--json`. */
const LISTED = 1_000

/**
 * `goldpan model diff`: what another model would have done to the stored history. OLD and NEW are a path, `file`, `draft` or
 * the number of a version (model-named.ts); without them the version in force and the model file. Reads only, and may run
 * beside a collector at work. Exit code 1 when a model is broken or not there, or the work was stopped.
 */
export const modelDiffCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(
    args,
    { options: OPTIONS, allowPositionals: true },
    MODEL_DIFF_USAGE,
  )
  if (positionals.length > 2)
    throw new UsageError(`model diff: expected two models at most. Write ${MODEL_DIFF_USAGE}`)
  return withModelDesk(io, async desk => {
    const site = siteAsked(desk, values.site)
    const models = await twoModels(desk, site, positionals)
    if (!models) return 1
    const period = readSpan(values, models.new.loaded.model.timezone, io.clock())
    const diff = await backTest(desk, site, models, { ...readTerms(values), period })
    if (!diff) {
      io.err('Stopped. Nothing was changed.')
      return 1
    }
    if (values.json) io.out(JSON.stringify(diff))
    else for (const line of diffLines(diff, paintFor(io.env, isatty(STDOUT)))) io.out(line)
    return 0
  })
}

interface TwoModels {
  readonly old: NamedModel
  readonly new: NamedModel
}

async function twoModels(
  desk: ModelDesk,
  site: string,
  [first, second = 'file']: readonly string[],
): Promise<TwoModels | null> {
  const newest = (await desk.store.modelVersions(site)).at(-1)
  const old = await modelNamed(desk, site, first ?? String(newest?.version ?? 1))
  const fresh = await modelNamed(desk, site, second)
  return old && fresh && { old, new: fresh }
}

async function backTest(
  desk: ModelDesk,
  site: string,
  models: TwoModels,
  terms: ReturnType<typeof readTerms> & { readonly period: ReturnType<typeof readSpan> },
) {
  const { store, io, publishing } = desk
  const idOf = await publishing.idsOf(site)
  const { dirty } = await store.counts(site)
  if (dirty > 0) io.err(`${dirty} visitors wait to be qualified; what they did last may be missing here.`)
  return diffModels({
    ...terms,
    ...(await watchedWalk(desk, site)),
    site,
    idOf,
    advance: publishing.advance,
    listed: LISTED,
    names: { old: nameOf(models.old), new: nameOf(models.new) },
    models: { old: models.old.loaded.model, new: models.new.loaded.model },
    history: {
      subjects: (after, limit) => store.subjects(site, after, limit),
      load: async subject => {
        const component = await loadConnected(store, { site, subject, idOf })
        const leads = component.persons.map(({ state }) => state.id)
        return { ...component, handoffs: await store.handoffsOf(site, leads) }
      },
    },
  })
}

const nameOf = ({ label, version, loaded }: NamedModel): ModelName => ({
  label,
  name: loaded.model.name,
  version,
})
