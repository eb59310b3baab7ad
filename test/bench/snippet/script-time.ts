import type { Slice } from './trace.ts'

/** Milliseconds of the main thread that a tracker took; its thread's clock, so that other programs do not count. */
export interface ScriptTime {
  /** compiling and running the script of the tag */
  readonly start: number
  /** what its listeners, timers, idle callbacks and promises did afterwards */
  readonly later: number
  /** the scripts it loaded itself: compiling, running, and all they did */
  readonly chunks: number
  /** all of it, by the wall's clock: waiting for the browser counts here, and so do other programs */
  readonly wall: number
  /** the longest task of the page that held some of its code */
  readonly longestTask: number
}

/** Slices in which V8 runs or compiles somebody's code. */
const SCRIPT =
  /^(EvaluateScript|FunctionCall|RunMicrotasks|v8\.(compile|evaluate|produce|run)\w*|v8\.callFunction)$/

/**
 * Adds up a page's slices that are a tracker's: the outermost ones that run code from its host. Promises' jobs carry no
 * address in a trace; the page has no script but the tracker's, so all of them after its start are its own, and belong to
 * the script that ran before them in the same task.
 */
export function scriptTime(slices: readonly Slice[], hostUrl: string): ScriptTime {
  const tag = slices.find(({ name, url }) => name === 'EvaluateScript' && url === `${hostUrl}/tracker.js`)
  if (!tag) throw new Error('the trace does not hold the tracker’s start')
  const main = slices.filter(({ thread }) => thread === tag.thread)
  const tasks = main.filter(({ name }) => name === 'RunTask')
  const taskOf = (slice: Slice): Slice => tasks.find(task => contains(task, slice)) ?? slice
  const own = outermost(main.filter(({ name, ts }) => SCRIPT.test(name) && ts >= tag.ts))
    .map(slice => ({ slice, url: addressIn(slice, main) || addressIn(taskOf(slice), main) }))
    .filter(({ slice, url }) => (url ? url.startsWith(hostUrl) : slice.name === 'RunMicrotasks'))
  const sum = (parts: readonly { slice: Slice; url: string }[]) =>
    total(parts.map(({ slice }) => slice.cpuMs))
  const chunks = own.filter(({ url }) => url && url !== tag.url)
  return {
    start: tag.cpuMs,
    later: sum(own) - sum(chunks) - tag.cpuMs,
    chunks: sum(chunks),
    wall: total(own.map(({ slice }) => slice.wallMs)),
    longestTask: Math.max(
      ...tasks.filter(task => own.some(({ slice }) => contains(task, slice))).map(({ cpuMs }) => cpuMs),
      tag.cpuMs,
    ),
  }
}

/** Whose code a slice runs: its own address, else that of the first code in it. */
const addressIn = (slice: Slice, all: readonly Slice[]): string =>
  all.find(part => SCRIPT.test(part.name) && part.url && contains(slice, part))?.url ?? ''

const contains = (outer: Slice, { ts }: Slice): boolean =>
  ts >= outer.ts && ts < outer.ts + outer.wallMs * 1_000

/** Those that are in no other; a slice begins when its parts do not yet. */
function outermost(slices: readonly Slice[]): readonly Slice[] {
  const kept: Slice[] = []
  for (const slice of [...slices].sort((a, b) => a.ts - b.ts || b.wallMs - a.wallMs)) {
    const last = kept.at(-1)
    if (!last || !contains(last, slice)) kept.push(slice)
  }
  return kept
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
