import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { bundleSnippet } from '../../../scripts/lib/bundle-snippet.mjs'
import { ROOT } from '../../../scripts/lib/paths.mjs'
import { openStage, type Stage } from './stage.ts'
import { ofSnippet, type Tracker } from './trackers.ts'

const SAMPLE_US = 50
const WATCHED_MS = 2_000
const LINE_CHARS = 70

/** Where the start's time goes, mean per load. */
export interface Cost {
  /** function and line, with what of the browser’s they call where that is known */
  readonly where: string
  readonly selfMs: number
}

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: number[]
  /** lines of the source, from 1, with how many samples fell on them */
  readonly positionTicks?: { readonly line: number; readonly ticks: number }[]
}

interface Profile {
  readonly nodes: ProfileNode[]
  readonly samples?: number[]
  readonly timeDeltas?: number[]
}

/** The snippet with its names left as they are in the source, for a profile to name. */
async function readable(): Promise<Tracker> {
  const snippet = await bundleSnippet()
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['snippet/entry.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    define: { CHUNK_VERSION: `"${snippet.chunkVersion}"` },
  })
  return ofSnippet({ ...snippet, code: outputFiles[0]?.text ?? '' })
}

/** Samples the snippet's start many times and says which of its functions cost most. */
export async function profileStartup(browser: Browser, loads: number): Promise<readonly Cost[]> {
  const tracker = await readable()
  const source = tracker.files['tracker.js']?.split('\n') ?? []
  const stage = await openStage(tracker)
  const costs = new Map<string, number>()
  for (let load = 0; load < loads; load++) {
    for (const [where, ms] of await profileLoad(browser, stage, source))
      costs.set(where, (costs.get(where) ?? 0) + ms)
  }
  await stage.close()
  return [...costs].map(([where, ms]) => ({ where, selfMs: ms / loads })).sort((a, b) => b.selfMs - a.selfMs)
}

async function profileLoad(
  browser: Browser,
  stage: Stage,
  source: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(stage.blankUrl)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Profiler.enable')
    await cdp.send('Profiler.setSamplingInterval', { interval: SAMPLE_US })
    await cdp.send('Profiler.start')
    await page.goto(stage.pageUrl, { waitUntil: 'load' })
    await page.waitForTimeout(WATCHED_MS)
    const { profile } = await cdp.send('Profiler.stop')
    return selfTimes(profile, stage, source)
  } finally {
    await context.close()
  }
}

/** Milliseconds by line of ours, and by what of the browser's own was called from where. */
function selfTimes(
  profile: Profile,
  { hostUrl }: Stage,
  source: readonly string[],
): ReadonlyMap<string, number> {
  const nodes = new Map(profile.nodes.map(node => [node.id, node]))
  const spent = spentPerNode(profile)
  const times = new Map<string, number>()
  const walk = (node: ProfileNode, caller: string): void => {
    const isOurs = node.callFrame.url.startsWith(hostUrl)
    const name = isOurs ? nameOf(node) : caller
    for (const [where, ms] of isOurs ? linesOf(node, source, spent) : callOf(node, caller, spent))
      times.set(where, (times.get(where) ?? 0) + ms)
    for (const child of node.children ?? []) walk(nodes.get(child) ?? node, name)
  }
  if (profile.nodes[0]) walk(profile.nodes[0], '')
  return times
}

type Spent = ReadonlyMap<number, number>
type Share = readonly [where: string, ms: number]

const nameOf = ({ callFrame }: ProfileNode): string =>
  callFrame.functionName || `(line ${callFrame.lineNumber + 1})`

function linesOf(node: ProfileNode, source: readonly string[], spent: Spent): readonly Share[] {
  const lines = node.positionTicks ?? []
  const all = lines.reduce((sum, { ticks }) => sum + ticks, 0)
  return lines.map(({ line, ticks }) => [
    `${nameOf(node)}: ${(source[line - 1] ?? '').trim().slice(0, LINE_CHARS)}`,
    ((spent.get(node.id) ?? 0) * ticks) / all,
  ])
}

const callOf = ({ id, callFrame }: ProfileNode, caller: string, spent: Spent): readonly Share[] =>
  caller ? [[`${caller} → ${callFrame.functionName}`, spent.get(id) ?? 0]] : []

function spentPerNode({ samples = [], timeDeltas = [] }: Profile): Spent {
  const spent = new Map<number, number>()
  samples.forEach((id, at) => {
    spent.set(id, (spent.get(id) ?? 0) + (timeDeltas[at + 1] ?? 0) / 1_000)
  })
  return spent
}
