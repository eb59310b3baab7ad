import { relative } from 'node:path'
import { isatty } from 'node:tty'
import type { ModelVersion } from '../contracts/model.ts'
import { type DiffLine, lineDiff } from '../models/line-diff.ts'
import { modelFileOf } from '../models/load.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { plain } from './columns.ts'
import { type Command, UsageError } from './io.ts'
import { loadOrSay, type ModelDesk, siteAsked, sitesAsked, withModelDesk } from './model-desk.ts'
import { type Paint, paintFor } from './paint.ts'
import { readArgs } from './usage.ts'
import { timeWords } from './words.ts'

export const SHOW_USAGE = 'goldpan model show [N] [--site ID] [--json] | model draft [--site ID] [--json]'

const OPTIONS = { site: { type: 'string' }, json: { type: 'boolean' } } as const

/** `goldpan model show`: the text of the version in force, or of version N. */
export const showCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, SHOW_USAGE)
  const [number, ...others] = positionals
  if (others.length > 0) throw new UsageError(`model show: expected one version. Write ${SHOW_USAGE}`)
  return withModelDesk(io, async desk => {
    const site = siteAsked(desk, values.site)
    const versions = await desk.store.modelVersions(site)
    const found =
      number === undefined ? versions.at(-1) : versions.find(one => String(one.version) === number)
    if (!found) {
      io.err(`Expected a published version, 1 to ${versions.length}, came ${number ?? 'none'}.`)
      return 1
    }
    const { version, publishedAt, hash, source } = found
    if (values.json)
      io.out(JSON.stringify({ site, version, publishedAt: rfc3339(publishedAt), hash, source }))
    else io.out(source.replace(/\n$/, ''))
    return 0
  })
}

/**
 * `goldpan model draft`: what is not in force, line by line: the draft saved over the API, and the model file. Exit code 1
 * when the file is broken.
 */
export const draftCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, SHOW_USAGE)
  if (positionals.length > 0) throw new UsageError(`model draft: expected options only. Write ${SHOW_USAGE}`)
  return withModelDesk(io, async desk => {
    let broken = false
    for (const site of sitesAsked(desk, values.site)) {
      const inForce = (await desk.store.modelVersions(site)).at(-1)
      const pending = [await savedDraft(desk, site), fileDraft(desk, site)].filter(one => one !== null)
      broken ||= pending.some(({ text }) => text === null)
      const differing = pending.filter(({ text, hash }) => text !== null && hash !== inForce?.hash)
      if (values.json) io.out(JSON.stringify(shapeOf(site, inForce, differing)))
      else for (const line of report(site, inForce, differing, paintFor(io.env, isatty(1)))) io.out(line)
    }
    return broken ? 1 : 0
  })
}

/** Something that may be published. `text` null: it is broken, and that has been said. */
interface Pending {
  readonly name: string
  readonly hash: string | null
  readonly text: string | null
}

async function savedDraft({ store }: ModelDesk, site: string): Promise<Pending | null> {
  const draft = await store.draft(site)
  return (
    draft && {
      name: `the draft saved by ${plain(draft.actor, 60)} at ${timeWords(draft.savedAt)}`,
      hash: draft.hash,
      text: draft.source,
    }
  )
}

function fileDraft({ io, config }: ModelDesk, site: string): Pending {
  const path = modelFileOf(config.modelPath, site)
  const loaded = loadOrSay(io, path)
  return { name: relative(io.cwd, path), hash: loaded?.hash ?? null, text: loaded?.source ?? null }
}

function report(
  site: string,
  inForce: ModelVersion | undefined,
  differing: readonly Pending[],
  paint: Paint,
): readonly string[] {
  const against = `version ${inForce?.version ?? 0}, which is in force`
  if (differing.length === 0) return [`${site}: nothing differs from ${against}`]
  return differing.flatMap(({ name, text }) => {
    const lines = lineDiff(inForce?.source ?? '', text ?? '')
    const isSame = lines.every(({ kind }) => kind === 'same')
    return [
      paint('bold', `${site}: ${name}, against ${against}`),
      ...(isSame ? ['  The text is the same; a list file beside it has changed.'] : hunks(lines, paint)),
    ]
  })
}

/** Lines around a change, as diff -u has (our choice: two). */
const CONTEXT = 2
const SIGNS = { same: ' ', gone: '-', new: '+' } as const
const STYLES = { same: 'dim', gone: 'red', new: 'green' } as const
const SHOWN_CHARS = 400

function hunks(lines: readonly DiffLine[], paint: Paint): readonly string[] {
  const changed = lines.flatMap(({ kind }, index) => (kind === 'same' ? [] : index))
  const near = (index: number): boolean => changed.some(one => Math.abs(one - index) <= CONTEXT)
  let line = 0
  let shownBefore = true
  return lines.flatMap(({ kind, text }, index) => {
    if (kind !== 'gone') line += 1
    const isShown = near(index)
    const gap = isShown && !shownBefore ? [paint('cyan', `  @@ line ${line}`)] : []
    shownBefore = isShown
    return isShown ? [...gap, paint(STYLES[kind], `  ${SIGNS[kind]} ${plain(text, SHOWN_CHARS)}`)] : []
  })
}

const shapeOf = (site: string, inForce: ModelVersion | undefined, differing: readonly Pending[]) => ({
  site,
  inForce: inForce?.version ?? null,
  drafts: differing.map(({ name, hash, text }) => ({
    name,
    hash,
    lines: lineDiff(inForce?.source ?? '', text ?? '').filter(({ kind }) => kind !== 'same'),
  })),
})
