import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Backup, backupsUnderLoad } from '../support/backups-under-load.ts'
import { closedLoop } from '../support/load/closed-loop.ts'
import { targetOf } from '../support/load/connection.ts'
import { demoRequests, eachOf } from '../support/load/traffic.ts'
import { optionsFrom } from '../support/options.ts'
import { whole } from '../support/words.ts'
import { lookBehind, settled } from './load/aftermath.ts'
import { createSite, withCollector } from './load/collector-process.ts'
import { inPlace } from './load/in-place.ts'
import { openReport } from './load/report.ts'
import { makePlace, type Place } from './trial/place.ts'
import { bundleGoldpan, runGoldpan } from './trial/program.ts'
import { differencesIn } from './trial/replay.ts'

/** Backups while people ask for demos, each restored, served and replayed (docs/chaos.md): `--restores`. */
const { restores } = optionsFrom({ restores: 20 })
const PATIENCE_S = 120

const program = await bundleGoldpan('backups')
const report = openReport()
await inPlace(async place => {
  for (const backup of await makeBackups(place)) await judge(place, backup)
})
report.end()

function makeBackups(place: Place): Promise<readonly Backup[]> {
  return withCollector(program, place, async collector => {
    const target = targetOf(collector.url)
    const { publicKey } = await createSite(collector, 'acme')
    const next = demoRequests(publicKey, 5)
    const backups = await backupsUnderLoad(
      {
        requestDemo: async () => {
          const { statuses } = await closedLoop({ target, connections: 1, next: eachOf([next()]) })
          if (statuses[202] !== 1) throw new Error(`a demo was not taken: ${JSON.stringify(statuses)}`)
        },
        backup: async file => {
          const { code, out } = await runGoldpan(program, place, [
            'backup',
            join(place.folder, file),
            '--verify',
            '--json',
          ])
          if (code !== 0) throw new Error(`no backup was made: ${out}`)
          return JSON.parse(out).rows.events
        },
      },
      restores,
    )
    await collector.end()
    return backups
  })
}

async function judge(place: Place, { file, before, events }: Backup): Promise<void> {
  const folder = join(place.folder, `restored-${file}`)
  mkdirSync(folder)
  const restored = makePlace(folder)
  const restore = await runGoldpan(program, restored, [
    'restore',
    join(place.folder, file),
    '--yes',
    '--json',
  ])
  const rows = restore.code === 0 ? JSON.parse(restore.out).rows.events : 0
  const after = await withCollector(program, restored, async collector => {
    await settled(collector, PATIENCE_S)
    return lookBehind(collector, program, restored)
  })
  const { count, some } = differencesIn(after.replay)
  report.promise(
    `${file} has all that was acknowledged before it, and replays the same`,
    rows === events && events >= before && after.total.facts === events && count === 0,
    `${whole(before)} acknowledged before, ${whole(events)} in it, ${whole(after.total.facts)} restored, ${whole(after.total.persons)} persons, ${count} differences ${some.join('; ')}`,
  )
}
