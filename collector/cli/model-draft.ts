import { relative } from 'node:path'
import { isatty } from 'node:tty'
import type { ModelVersion } from '../contracts/model.ts'
import { type DiffLine, lineDiff } from '../models/line-diff.ts'
import { type LoadedModel, modelFileOf, readText } from '../models/load.ts'
import { isSameModel } from '../models/same-model.ts'
import { plain } from './columns.ts'
import { type Command, UsageError } from './io.ts'
import { loadOrSay, type ModelDesk, sitesAsked, withModelDesk } from './model-desk.ts'
import { SHOW_USAGE } from './model-show.ts'
import { type Paint, paintFor } from './paint.ts'
import { readArgs } from './usage.ts'
import { timeWords } from './words.ts'

const OPTIONS = { site: { type: 'string' }, json: { type: 'boolean' } } as const

/**
 * `goldpan model draft`: what is not in force, line by line: the draft saved over the API, and the model file. Exit code 1
 * when the file is broken or not there.
 */
export const draftCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, SHOW_USAGE)
  if (positionals.length > 0) throw new UsageError(`model draft: expected options only. Write ${SHOW_USAGE}`)
  return withModelDesk(io, async desk => {
    const paint = paintFor(io.env, isatty(1))
    let unusable = false
    for (const site of sitesAsked(desk, values.site)) {
      const standing = await standingOf(desk, site)
      unusable ||= standing.flaw !== null
      if (values.json) io.out(JSON.stringify(shapeOf(standing)))
      else for (const line of report(standing, paint)) io.out(line)
    }
    return unusable ? 1 : 0
  })
}

/** What may be published. */
interface Pending {
  readonly name: string
  readonly model: LoadedModel
}

interface Standing {
  readonly site: string
  readonly inForce: ModelVersion | undefined
  /** what is other than the version in force */
  readonly differing: readonly Pending[]
  readonly file: string
  /** why the model file cannot be compared; what is wrong in it has been said */
  readonly flaw: 'broken' | 'missing' | null
}

async function standingOf(desk: ModelDesk, site: string): Promise<Standing> {
  const { io, config, store } = desk
  const inForce = (await store.modelVersions(site)).at(-1)
  const path = modelFileOf(config.modelPath, site)
  const file = relative(io.cwd, path)
  const loaded = loadOrSay(io, path)
  const pending = [...(await savedDraft(desk, site)), ...(loaded ? [{ name: file, model: loaded }] : [])]
  const differing = pending.filter(({ model }) => !inForce || !isSameModel(inForce, model))
  const flaw = loaded ? null : readText(path) === null ? 'missing' : 'broken'
  return { site, inForce, differing, file, flaw }
}

async function savedDraft({ store }: ModelDesk, site: string): Promise<readonly Pending[]> {
  const draft = await store.draft(site)
  if (!draft) return []
  const name = `the draft saved by ${plain(draft.actor, 60)} at ${timeWords(draft.savedAt)}`
  return [{ name, model: draft }]
}

function report({ site, inForce, differing, file, flaw }: Standing, paint: Paint): readonly string[] {
  const version = `version ${inForce?.version ?? 0}`
  const against = `${version}, which is in force`
  if (differing.length === 0 && flaw === null) return [`${site}: nothing differs from ${against}`]
  return [
    ...differing.flatMap(({ name, model }) => {
      const lines = lineDiff(inForce?.source ?? '', model.source)
      const isSame = lines.every(({ kind }) => kind === 'same')
      return [
        paint('bold', `${site}: ${name}, against ${against}`),
        ...(isSame ? ['  The text is the same; a list file beside it has changed.'] : hunks(lines, paint)),
      ]
    }),
    ...(flaw === null
      ? []
      : [`${site}: ${file} is ${flaw} and cannot be published; ${version} stays in force`]),
  ]
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

const shapeOf = ({ site, inForce, differing, file, flaw }: Standing) => ({
  site,
  inForce: inForce?.version ?? null,
  file: { name: file, state: flaw ?? 'sound' },
  drafts: differing.map(({ name, model }) => ({
    name,
    hash: model.hash,
    lines: lineDiff(inForce?.source ?? '', model.source).filter(({ kind }) => kind !== 'same'),
  })),
})
