import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { optionsFrom } from '../support/options.ts'
import { megabytes, whole } from '../support/words.ts'
import { openReport } from './load/report.ts'
import { BROKEN } from './syscalls/broken.ts'
import { whyNoStrace } from './syscalls/strace.ts'
import { type TracedRun, tracedRun } from './syscalls/traced-run.ts'
import { bundleGoldpan } from './trial/program.ts'

/** 2xx means durable, by the order of system calls (docs/chaos.md, syscalls). */
const { deliveries, heavy } = optionsFrom({ deliveries: 400, heavy: 90 })

/** Not tried is neither kept nor broken. */
const NOT_TRIED = 3

async function run(name: string, plugins: Parameters<typeof bundleGoldpan>[1], wish: typeof WHOLE) {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-syscalls-'))
  try {
    return await tracedRun(await bundleGoldpan(`syscalls-${name}`, plugins), folder, wish)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const WHOLE = { deliveries, heavy }
const reason = await whyNoStrace()
if (reason !== null) {
  console.log(`NOT TRIED. ${reason}`)
  process.exit(NOT_TRIED)
}

const report = openReport()
const figures = (found: TracedRun): string =>
  `${whole(found.answers)} answers for ${whole(found.events)} events, ${whole(found.syncs)} syncs of the log, ${found.checkpoints} checkpoints, a trace of ${megabytes(found.traceBytes)}`

const shipped = await run('shipped', [], WHOLE)
report.promise(
  'each 202 leaves after its events are in a commit that is on the disk',
  shipped.faults.length === 0,
  figures(shipped),
)
for (const fault of shipped.faults.slice(0, 5)) report.say(`  line ${fault}`)
report.promise(
  'nothing escaped the trace',
  shipped.events === shipped.acknowledged && (heavy < 80 || shipped.checkpoints > 0),
  `${whole(shipped.acknowledged)} events acknowledged, by the senders' count`,
)
for (const [index, [what, plugin]] of Object.entries(BROKEN).entries()) {
  const found = await run(`broken-${index}`, [plugin], { deliveries: 50, heavy: 0 })
  report.promise(
    `found broken: a program where ${what}`,
    found.faults.length > 0,
    `${whole(found.faults.length)} faults in ${whole(found.answers)} answers`,
  )
}
report.end()
