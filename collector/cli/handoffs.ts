import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Handoff, HandoffStatus } from '../contracts/state.ts'
import { answerChosen, type Chosen, type HandoffTally, waitingPages } from '../queries/handoff-answers.ts'
import { nameOf, textOf } from '../queries/lead-shape.ts'
import { columns, plain } from './columns.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { actorOf, type ModelDesk, siteAsked, sitesAsked, withModelDesk } from './model-desk.ts'
import { publishedModel } from './model-named.ts'
import { readArgs } from './usage.ts'
import { count, timeWords } from './words.ts'

export const HANDOFFS_USAGE =
  'goldpan handoffs [--site ID] [--json] | handoffs approve|decline ID… | --all | --model N [--site ID] [--json]'

const OPTIONS = {
  site: { type: 'string' },
  all: { type: 'boolean' },
  model: { type: 'string' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan handoffs`: of whom sales is not told before a person says so, the longest waiting first; `approve` and `decline`
 * say it, of some by id, of those that a model version made, or of all. May run beside a collector at work. Shows personal
 * data, as the database beside it holds it. Exit code 1 when one could not be answered so.
 */
export const handoffsCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, HANDOFFS_USAGE)
  const { site, json = false, ...choice } = values
  const [verb, ...ids] = positionals
  if (verb === undefined && choice.all === undefined && choice.model === undefined)
    return withModelDesk(io, desk => list(desk, site, json))
  const status = STATUS.get(verb ?? '')
  if (!status)
    throw new UsageError(
      `handoffs: expected approve or decline, came ${verb ?? 'neither'}. Write ${HANDOFFS_USAGE}`,
    )
  const chosen = chosenBy(ids, choice)
  return withModelDesk(io, desk => answer(desk, siteAsked(desk, site), { chosen, status, json }))
}

const STATUS: ReadonlyMap<string, 'told' | 'declined'> = new Map([
  ['approve', 'told'],
  ['decline', 'declined'],
])

/** @throws UsageError unless exactly one way of choosing is given */
function chosenBy(
  ids: readonly string[],
  { all, model }: { readonly all?: boolean; readonly model?: string },
): Chosen {
  const ways: readonly Chosen[] = [
    ids.length > 0 ? { ids } : [],
    all ? ({ all } as const) : [],
    model === undefined ? [] : { model: versionIn(model) },
  ].flat()
  const [chosen, ...others] = ways
  if (chosen && others.length === 0) return chosen
  throw new UsageError(`handoffs: expected ids, or --all, or --model N. Write ${HANDOFFS_USAGE}`)
}

function versionIn(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(
    `handoffs: --model: expected the number of a version, came ${text}. Write ${HANDOFFS_USAGE}`,
  )
}

async function list(desk: ModelDesk, asked: string | undefined, json: boolean): Promise<ExitCode> {
  const { store, io } = desk
  for (const site of sitesAsked(desk, asked)) {
    const waiting: Handoff[] = []
    for await (const page of waitingPages(store, site)) waiting.push(...page)
    if (json) io.out(JSON.stringify({ site, waiting }))
    else {
      io.out(`${site}: ${count(waiting.length, 'hand-off')} ${waiting.length === 1 ? 'waits' : 'wait'}`)
      for (const line of columns(await Promise.all(waiting.map(one => rowOf(desk, one))))) io.out(line)
    }
  }
  return 0
}

/** Reasons in a row: the greatest ones. */
const MOST_REASONS = 3

async function rowOf({ store }: ModelDesk, handoff: Handoff): Promise<readonly string[]> {
  const { site, lead, id, toldAt, model, fitGrade, engagementScore, reasons } = handoff
  const state = (await store.person(site, lead))?.state
  const who = state ? [nameOf(state), textOf(state, 'company'), textOf(state, 'email')] : []
  const known = who.filter(part => part !== null)
  const greatest = [...reasons].sort((a, b) => b.decayed - a.decayed).slice(0, MOST_REASONS)
  return [
    id,
    timeWords(toldAt),
    `version ${model}`,
    `${fitGrade} × ${Math.round(engagementScore)}`,
    plain(known.join(', ') || lead, 60),
    plain(greatest.map(({ rule }) => rule).join(', '), 60),
  ]
}

async function answer(
  { store, io }: ModelDesk,
  site: string,
  {
    chosen,
    status,
    json,
  }: { readonly chosen: Chosen; readonly status: 'told' | 'declined'; readonly json: boolean },
): Promise<ExitCode> {
  const given = { status, at: io.clock(), actor: actorOf(io) }
  if ('model' in chosen && !(await publishedModel({ store, io }, site, String(chosen.model)))) return 1
  const pace = { pause: () => nextTurn(), stop: io.stop }
  const tally = await answerChosen(store, site, chosen, given, pace)
  if (json) io.out(JSON.stringify({ site, status, ...tally }))
  else say(io, `${site}: ${count(tally.answered.length, 'hand-off')} ${status}`, tally)
  if (io.stop.aborted) io.err('Stopped. What was answered stays so, the others still wait.')
  return tally.refused.length > 0 || io.stop.aborted ? 1 : 0
}

function say(io: Io, head: string, { known, refused }: HandoffTally): void {
  io.out(head)
  if (known.length > 0) io.out(`  ${known.length} had that answer already`)
  for (const { id, status } of refused) io.err(`  ${id}: ${whyRefused(status)}`)
}

function whyRefused(status: HandoffStatus | null): string {
  if (status === null) return 'there is no such hand-off'
  return status === 'lapsed'
    ? 'is lapsed: the lead is no MQL any more, or sales has taken it already, so there is nothing to tell'
    : `is ${status}`
}
