import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { optionsFrom } from '../support/options.ts'
import { whole } from '../support/words.ts'
import { COURSES } from './clock/courses.ts'
import { runCourse } from './clock/run-course.ts'
import { openReport } from './load/report.ts'

/** The collector's clock is wrong, or put right while it runs (docs/chaos.md, clock). */
const { ms } = optionsFrom({ ms: 4_000 })

const report = openReport()
for (const course of COURSES) {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-clock-'))
  try {
    const { events, told, faults } = await runCourse(course, folder, ms)
    report.promise(
      course.what,
      faults.length === 0,
      `${whole(events)} events, ${whole(told)} told of, ${whole(faults.length)} faults`,
    )
    for (const fault of faults.slice(0, 5)) report.say(`  ${fault}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
report.end()
