import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgress } from '../../collector/cli/progress.ts'
import { fill, fillAndKill } from '../support/damaged-database.ts'
import { optionsFrom } from '../support/options.ts'
import { randomFrom } from '../support/random.ts'
import { type End, factsIn, KINDS, type Kind, type Sound, type Tried, tryFlip } from './load/flips/damage.ts'
import { openReport } from './load/report.ts'

/** One flipped bit in a database's files, again and again (docs/chaos.md): `--flips` of each kind, `--seed`. */
const { flips, seed, events } = optionsFrom({ flips: 500, seed: 1, events: 400 })

const report = openReport()
const folder = mkdtempSync(join(tmpdir(), 'goldpan-chaos-'))
try {
  const sounds = { closed: await soundDatabase(false), killed: await soundDatabase(true) }
  report.say(`seed ${seed}, ${events} events, ${flips} flips of each kind`)
  for (const kind of kindsOf()) {
    const sound = KINDS[kind].isKilled ? sounds.killed : sounds.closed
    judge(kind, await tryAll(sound, kind))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report.end()

function kindsOf(): readonly Kind[] {
  return Object.keys(KINDS).filter((name): name is Kind => name in KINDS)
}

async function soundDatabase(isKilled: boolean): Promise<Sound> {
  const path = join(folder, isKilled ? 'killed.db' : 'closed.db')
  const store = await fill(path, events)
  const facts = await factsIn(store)
  await store.close()
  if (isKilled) {
    rmSync(path)
    await fillAndKill(path, events)
  }
  return { path, facts }
}

async function tryAll(sound: Sound, kind: Kind): Promise<readonly Tried[]> {
  const random = randomFrom(seed)
  const tried: Tried[] = []
  const progress = startProgress({
    ...{ what: kind, total: flips, clock: Date.now, say: (line: string) => report.say(`  … ${line}`) },
    onTerminal: process.stdout.isTTY,
  })
  for (let nth = 0; nth < flips; nth += 1) {
    tried.push(await tryFlip(sound, join(folder, 'tried.db'), kind, random))
    await progress(1)
  }
  return tried
}

function judge(kind: Kind, tried: readonly Tried[]): void {
  const counts = new Map<End, number>()
  for (const { end } of tried) counts.set(end, (counts.get(end) ?? 0) + 1)
  const bad = tried.filter(({ end }) => end === 'lost' || end === 'unhelpful')
  const found = [...counts].map(([end, count]) => `${end} × ${count}`).join(', ')
  const cases = bad.slice(0, 3).map(({ words }) => words)
  report.promise(
    `a flipped bit, ${kind}, loses nothing in silence`,
    bad.length === 0,
    [found, ...cases].join('; '),
  )
}
