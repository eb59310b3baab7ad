import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../../../collector/cli/commands.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../../collector/contracts/model.ts'
import { openInstallation } from '../../../collector/installation.ts'
import { parseModel } from '../../../collector/models/parse.ts'
import { personIdsOf } from '../../../collector/qualify/person-id.ts'
import { startQualifier } from '../../../collector/qualify/qualifier.ts'
import { openStore } from '../../../collector/storage/open.ts'
import type { Store } from '../../../collector/storage/store.ts'
import { YEAR_END, YEAR_START } from '../../support/simulated-persona.ts'
import { simulatedYear } from '../../support/simulated-year.ts'
import { type Compared, compareAll } from './diff-compare.ts'
import { roundDeps } from './round-deps.ts'

const SITE = 'acme'
const SEED = 2025
const BATCH = 2_000

/** A change that a marketer might propose: easier on fit, harder on prices, no doors for free mail, demos need more fit. */
const PROPOSED: readonly (readonly [from: string, to: string])[] = [
  ['- fit: { from: 40 }', '- fit: { from: 30 }'],
  ['points: 35, for: 60d', 'points: 25, for: 60d'],
  ['fastTrack: { rule: demo, fit: { from: 20 } }', 'fastTrack: { rule: demo, fit: { from: 40 } }'],
  ['disqualify:\n', 'disqualify:\n  - { id: free-mail, if: { email.kind: free } }\n'],
  [
    '    - { id: too-small,',
    '    - { id: has-budget, if: { budgetKnown: true }, points: 30 }\n    - { id: too-small,',
  ],
]

export interface DiffBench {
  readonly visitors: number
  readonly facts: number
  /** seconds: to record the year, to qualify it, and to compare two models over all of it */
  readonly recordS: number
  readonly qualifyS: number
  readonly diffS: number
  /** of the process while it compared, MB */
  readonly rssMb: number
  /** what the command printed */
  readonly lines: readonly string[]
  /** null: not asked for */
  readonly compared: Compared | null
}

/**
 * `goldpan model diff` over a simulated year, from the command line's words to its last line.
 * @param folder empty; what is needed is written there
 * @param modelPath the model that ships
 */
export async function diffBench(
  folder: string,
  modelPath: string,
  { visitors = 50_000, compare = false } = {},
): Promise<DiffBench> {
  const source = readFileSync(modelPath, 'utf8')
  const proposed = PROPOSED.reduce((text, [from, to]) => text.replace(from, to), source)
  writeFileSync(join(folder, 'goldpan.yaml'), source)
  const env = { DATABASE_URL: `sqlite:${folder}/goldpan.db` }
  const told = { env, cwd: folder, clock: () => YEAR_END, stop: new AbortController().signal }
  const installation = await openInstallation({ ...told, clock: () => YEAR_START })
  await installation.ensureSite({ id: SITE, name: 'Acme', origins: [] })
  await installation.close()

  const store = await openStore(env.DATABASE_URL)
  const [inForce] = await store.modelVersions(SITE)
  if (!inForce) throw new Error('the site has no model')
  const year = { store, inForce, visitors }
  const [facts, recordS] = await timed(() => record(year))
  const [, qualifyS] = await timed(() => qualifyAll(store))
  await store.close()

  writeFileSync(join(folder, 'goldpan.yaml'), proposed)
  const words = ['model', 'diff', '--since', SPAN.since, '--until', SPAN.until]
  const [lines, diffS] = await timed(() => goldpan(told, ...words))
  const rssMb = Math.round(process.memoryUsage().rss / 1e6)
  const compared = compare ? await compareYear(env.DATABASE_URL, visitors, [source, proposed]) : null
  return { visitors, facts, recordS, qualifyS, diffS, rssMb, lines, compared }
}

const SPAN = { since: '2025-01-06', until: '2026-01-04' }

/** Everybody of the year, worked out the long way. */
async function compareYear(
  url: string,
  visitors: number,
  texts: readonly [string, string],
): Promise<Compared> {
  const store = await openStore(url)
  const [old, fresh] = texts.map(text => {
    const parsed = parseModel(text, () => null)
    if (!parsed.ok) throw new Error('the model is broken')
    return parsed.model
  })
  const [inForce] = await store.modelVersions(SITE)
  if (!old || !fresh || !inForce) throw new Error('there are no two models')
  const idOf = await personIdsOf(store)(SITE)
  const components = simulatedYear({ seed: SEED, visitors, site: SITE, inForce, idOf })
  const given = { site: SITE, store, models: { old, new: fresh }, span: SPAN, now: YEAR_END }
  const compared = await compareAll(components, given)
  await store.close()
  return compared
}

type Told = Pick<Parameters<typeof runCommand>[1], 'env' | 'cwd' | 'clock' | 'stop'>

async function goldpan(told: Told, ...argv: readonly string[]): Promise<readonly string[]> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(argv, { ...told, out: line => out.push(line), err: line => err.push(line) })
  if (code !== 0) throw new Error(`goldpan ${argv.join(' ')}: ${err.join('\n')}`)
  return out
}

interface Year {
  readonly store: Store
  readonly inForce: ModelVersion
  readonly visitors: number
}

/** @returns how many facts the year has */
async function record({ store, inForce, visitors }: Year): Promise<number> {
  const idOf = await personIdsOf(store)(SITE)
  let waiting: Fact[] = []
  let facts = 0
  for (const component of simulatedYear({ seed: SEED, visitors, site: SITE, inForce, idOf })) {
    waiting.push(...component)
    facts += component.length
    if (waiting.length < BATCH) continue
    await store.record({ facts: waiting, quarantined: [] })
    waiting = []
  }
  await store.record({ facts: waiting, quarantined: [] })
  return facts
}

async function qualifyAll(store: Store): Promise<void> {
  const qualifier = startQualifier(roundDeps(store, () => YEAR_END))
  await qualifier.settle()
  await qualifier.stop()
}

async function timed<T>(act: () => Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now()
  const result = await act()
  return [result, (performance.now() - began) / 1_000]
}
