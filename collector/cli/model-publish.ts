import type { LoadedModel } from '../models/load.ts'
import { type Previewed, type Publishing, publishModel } from '../models/publishing.ts'
import { type Command, type ExitCode, UsageError } from './io.ts'
import { actorOf, type ModelDesk, siteAsked, sitesAsked, watchedWalk, withModelDesk } from './model-desk.ts'
import { modelNamed } from './model-named.ts'
import { previewLines, publishedWords } from './model-publish-words.ts'
import { watchedWords, watchRescoring } from './model-rescoring.ts'
import { readArgs } from './usage.ts'

export const PUBLISH_USAGE =
  'goldpan model publish [MODEL|--draft] [--site ID] [--yes] [--wait] [--json] | model rollback N [--site ID] [--yes] [--wait] [--json]'

const OPTIONS = {
  site: { type: 'string' },
  draft: { type: 'boolean' },
  yes: { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

interface Options {
  readonly yes?: boolean
  readonly wait?: boolean
  readonly json?: boolean
}

/** A model for a site, and what people call it. */
interface Candidate {
  readonly site: string
  readonly model: LoadedModel
  readonly name: string
}

/**
 * `goldpan model publish`: puts a model in force if its own tests pass: a path, `file`, `draft` or the number of a version
 * (model-named.ts); without one the model file, for every site its own. What it would do at once is said first; when somebody would newly be an MQL or be one no
 * longer, it asks, and without a terminal it wants --yes. Past transitions stand, everybody is rescored in the background,
 * and whom that alone makes an MQL waits for a person's word. May run beside a collector at work; --wait waits until it is
 * done. When a file is broken, nothing is published. Exit code 1 when anything was not published.
 */
export const publishCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, PUBLISH_USAGE)
  const [file, ...others] = positionals
  if (others.length > 0 || (file !== undefined && values.draft))
    throw new UsageError(`model publish: expected one model. Write ${PUBLISH_USAGE}`)
  return withModelDesk(io, async desk => {
    const word = values.draft ? 'draft' : file
    const sites = word === undefined ? sitesAsked(desk, values.site) : [siteAsked(desk, values.site)]
    return publishAll(desk, await candidatesFor(desk, sites, word ?? 'file'), values)
  })
}

/** `goldpan model rollback N`: an earlier version once more, as a new one: history is never rewritten. Else as publish. */
export const rollbackCommand: Command = async (args, io) => {
  const { draft: _, ...options } = OPTIONS
  const { values, positionals } = readArgs(args, { options, allowPositionals: true }, PUBLISH_USAGE)
  const [number, ...others] = positionals
  if (number === undefined || others.length > 0)
    throw new UsageError(`model rollback: expected the number of a version. Write ${PUBLISH_USAGE}`)
  if (!/^\d+$/.test(number))
    throw new UsageError(`model rollback: expected the number of a version, came ${number}.`)
  return withModelDesk(io, async desk => {
    const sites = [siteAsked(desk, values.site)]
    return publishAll(desk, await candidatesFor(desk, sites, number), values)
  })
}

/** What is to be published for each of some sites; null when one is broken or not there, and what is wrong has been said. */
async function candidatesFor(
  desk: ModelDesk,
  sites: readonly string[],
  word: string,
): Promise<readonly Candidate[] | null> {
  const candidates: Candidate[] = []
  for (const site of sites) {
    const named = await modelNamed(desk, site, word)
    if (named) candidates.push({ site, model: named.loaded, name: named.label })
  }
  return candidates.length === sites.length ? candidates : null
}

async function publishAll(
  desk: ModelDesk,
  candidates: readonly Candidate[] | null,
  options: Options,
): Promise<ExitCode> {
  if (!candidates) return 1
  const { io } = desk
  const say = options.json ? io.err : io.out
  const results: object[] = []
  let failed = false
  for (const candidate of candidates) {
    const publishing = await publishAsking(desk, candidate, { yes: options.yes ?? false, say })
    const version = 'version' in publishing ? publishing.version : null
    const { site } = candidate
    results.push({ site, outcome: publishing.outcome, version: version?.version ?? null })
    say(`${site}: ${publishedWords(publishing)}`)
    failed ||= version === null
    if (publishing.outcome === 'preparing' && options.wait) {
      const ending = await watchRescoring(desk, site)
      say(watchedWords(site, ending))
      failed ||= ending !== 'done'
    }
  }
  if (options.json) io.out(JSON.stringify(results))
  return failed ? 1 : 0
}

/** Asks as often as the numbers have changed since they were seen. */
async function publishAsking(
  desk: ModelDesk,
  { site, model, name }: Candidate,
  { yes, say }: { readonly yes: boolean; readonly say: (line: string) => void },
): Promise<Publishing> {
  const { io, publishing } = desk
  let agreed: string | null = null
  for (;;) {
    const title = agreed === null ? `${site}: ${name}, published now` : `${site}: that has changed meanwhile`
    const isAgreed = (preview: Previewed): boolean => {
      if (preview.confirm === agreed) return true
      for (const line of previewLines(preview, title)) say(line)
      return yes
    }
    const watch = await watchedWalk(desk, site)
    const result = await publishModel(publishing, { ...watch, site, model, actor: actorOf(io), isAgreed })
    if ('preview' in result && result.preview && !result.preview.asksFirst) say(`${site}: ${HARMLESS}`)
    if (result.outcome !== 'confirm_needed' || !io.ask) return result
    if (!isYes(await io.ask('Publish? [y/N] '))) return { outcome: 'stopped' }
    agreed = result.preview.confirm
  }
}

const HARMLESS = 'nobody would newly be an MQL by this alone, and none would be lost'

const isYes = (answer: string): boolean => /^y(es)?$/i.test(answer.trim())
