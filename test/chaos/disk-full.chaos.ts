import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { optionsFrom } from '../support/options.ts'
import { whole } from '../support/words.ts'
import { type Cycle, openFilling } from './disk-full/cycles.ts'
import { mountTinyDisk, type TinyDisk } from './disk-full/tiny-disk.ts'
import { openReport } from './load/report.ts'
import { makePlace } from './trial/place.ts'
import { bundleGoldpan } from './trial/program.ts'

/** A disk that is full again and again, under load (docs/chaos.md, disk-full). */
const { cycles, megabytes } = optionsFrom({ cycles: 10, megabytes: 160 })

/** Not tried is neither kept nor broken. */
const NOT_TRIED = 3
/** Each third time the collector is killed while the disk is full. */
const KILLED_EVERY = 3

const report = openReport()
const program = await bundleGoldpan('disk-full')

async function tryOut(whose: string, disk: TinyDisk, folder: string, floorMegabytes: number): Promise<void> {
  const place = makePlace(folder, join(disk.folder, 'goldpan.db'))
  const env = { ...place.env, GOLDPAN_MIN_FREE_MB: String(floorMegabytes) }
  const filling = await openFilling(program, { ...place, env }, disk)
  try {
    const all: Cycle[] = []
    for (let n = 1; n <= cycles; n += 1) all.push(await filling.cycle(n % KILLED_EVERY === 0))
    const { faults, events, mqls } = await filling.audit()
    const found = [...all.flatMap(cycle => cycle.faults), ...faults]
    const slowest = Math.max(...all.map(({ recoveredMs }) => recoveredMs))
    const sum = (of: (cycle: Cycle) => number): string =>
      whole(all.reduce((total, one) => total + of(one), 0))
    report.promise(
      `${whose}: 503 and never a 2xx for what is not kept, and it goes on by itself`,
      found.length === 0,
      `${sum(one => one.acknowledged)} events acknowledged, ${sum(one => one.refused)} requests refused in ${cycles} cycles, taken again ${whole(slowest)} ms after there was room at the latest; ${whole(events)} events, ${whole(mqls)} MQLs, each told once`,
    )
    const starts = all.flatMap(({ fullStart }) => fullStart ?? [])
    report.say(`starts on the full disk, after a kill: ${starts.join(', ') || 'none'}`)
    for (const fault of found.slice(0, 5)) report.say(`  ${fault}`)
  } finally {
    await filling.close()
  }
}

for (const [whose, floor] of [
  ['SQLite finds it full', 0],
  ['less room than the floor', 20],
] as const) {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-disk-full-'))
  const disk = mountTinyDisk(join(folder, 'disk'), megabytes)
  if (disk === null) {
    console.log('NOT TRIED. This user may mount no disk: run it as root, on Linux.')
    process.exit(NOT_TRIED)
  }
  try {
    await tryOut(whose, disk, folder, floor)
  } finally {
    disk.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
report.end()
