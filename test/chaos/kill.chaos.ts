import { mkdirSync, rmSync } from 'node:fs'
import { startProgress } from '../../collector/cli/progress.ts'
import { fingerprint, openLedger } from '../support/ledger.ts'
import { optionsFrom } from '../support/options.ts'
import { median } from '../support/quantiles.ts'
import { randomFrom } from '../support/random.ts'
import { whole } from '../support/words.ts'
import { MOMENTS } from './kill/instants.ts'
import { openKilling, type Round } from './kill/rounds.ts'
import { openReport } from './load/report.ts'
import { makePlace } from './trial/place.ts'
import { bundleGoldpan } from './trial/program.ts'

/** kill -9 again and again, on one database, under visitors who go on (docs/chaos.md, kill). */
const { rounds, audits, seed, anew } = optionsFrom({ rounds: 1_000, audits: 100, seed: 1, anew: false })

const FOLDER = 'node_modules/.cache/goldpan/chaos/kill'
/** collector.md, Test battery. */
const READY_MS = 2_000

const report = openReport()
const program = await bundleGoldpan('kill')
const ledgerFile = `${FOLDER}/ledger.json`
const of = `${fingerprint(program)}, seed ${seed}`
const isNew = anew || !(await openLedger(ledgerFile, of, false).step('begun', async () => false))
if (isNew) rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const ledger = openLedger(ledgerFile, of, isNew)
await ledger.step('begun', async () => true)

const killing = await openKilling(program, makePlace(`${process.cwd()}/${FOLDER}`), randomFrom(seed))
const progress = startProgress({
  ...{ what: 'rounds', total: rounds, clock: Date.now, say: console.log },
  onTerminal: process.stdout.isTTY === true,
})
const all: Round[] = []
const faults: string[] = []
for (let n = 1; n <= rounds && faults.length === 0; n += 1) {
  const round = await ledger.step(`round ${n}`, () => killing.round(randomFrom(seed * 1_000_003 + n)))
  all.push(round)
  faults.push(...round.faults.map(fault => `round ${n}, killed in ${round.moment}: ${fault}`))
  if (n % audits === 0 && n < rounds) {
    const { faults: found } = await ledger.step(`audit ${n}`, killing.audit)
    faults.push(...found.map(fault => `after round ${n}: ${fault}`))
  }
  await progress(1)
}
const { faults: atTheEnd, events, persons, mqls } = await killing.audit()
await killing.close()

const sum = (of: (round: Round) => number): number => all.reduce((total, round) => total + of(round), 0)
for (const moment of MOMENTS) {
  const own = all.filter(round => round.moment === moment)
  report.say(
    `killed in ${moment}: ${own.length} times, ${own.filter(({ isHit }) => isHit).length} seen in it`,
  )
}
const ready = all.map(({ readyMs }) => readyMs)
const slowest = Math.max(0, ...ready)
report.say(`${whole(events)} events of ${whole(persons)} people, ${whole(mqls)} of them MQLs`)
report.promise(
  'what was acknowledged is there exactly once, whatever was sent again',
  faults.length === 0,
  `${whole(sum(({ acknowledged }) => acknowledged))} events acknowledged in ${all.length} rounds; ${whole(sum(({ underWay }) => underWay))} deliveries under way at a kill, ${whole(sum(({ recordedUnanswered }) => recordedUnanswered))} of them recorded`,
)
report.promise(
  'scores are those of a replay, each MQL is told once, nothing waits, the file is whole',
  atTheEnd.length === 0,
  `${whole(mqls)} MQLs, ${atTheEnd.length} faults`,
)
report.promise(
  'ready again within 2 s',
  slowest < READY_MS,
  `median ${whole(median(ready))} ms, slowest ${whole(slowest)} ms`,
)
for (const fault of [...faults, ...atTheEnd]) report.say(`  ${fault}`)
if (faults.length + atTheEnd.length > 0) report.say(`  the database is kept in ${FOLDER}`)
report.end()
