import { existsSync, renameSync } from 'node:fs'
import { openSites } from '../../../collector/access/sites.ts'
import type { ModelVersion } from '../../../collector/contracts/model.ts'
import { ENGINE } from '../../../collector/models/engine.ts'
import { qualifyRound } from '../../../collector/qualify/round.ts'
import { openStore } from '../../../collector/storage/open.ts'
import { CROWD_UNTIL, historyOf, SITE } from '../scoring/crowd.ts'
import { roundDeps } from '../scoring/round-deps.ts'

const AT_ONCE = 250
const WITHOUT_END = { only: null, until: Number.POSITIVE_INFINITY }

export interface TownWish {
  /** absolute path of the database to make, if it is not there */
  readonly file: string
  readonly leads: number
  readonly version: ModelVersion
  readonly say: (done: number, of: number) => void
}

/** A database of so many leads, all qualified: made once and kept, for making it takes longer than asking it. */
export async function townFile({ file, leads, version, say }: TownWish): Promise<void> {
  if (existsSync(file)) return
  const making = `${file}.${process.pid}.making`
  const store = await openStore(`sqlite:${making}`)
  const now = () => CROWD_UNTIL
  await store.publishModel(SITE, version, { actor: 'bench', at: 0, engine: ENGINE })
  await openSites(store, now).create({ id: SITE, name: 'Bench', origins: [] })
  const deps = roundDeps(store, now)
  for (let lead = 0; lead < leads; lead += AT_ONCE) {
    const facts = Array.from({ length: AT_ONCE }, (_, index) => historyOf(lead + index)).flat()
    await store.record({ facts, quarantined: [] })
    while ((await qualifyRound(deps, WITHOUT_END)).done > 0);
    say(lead, leads)
  }
  await store.close()
  renameSync(making, file)
}
