import { setTimeout as pause } from 'node:timers/promises'

/** A collector with people on its site, and a command line beside it. */
export interface BackupWorld {
  /** Somebody asks for a demo; resolves when that is acknowledged. */
  readonly requestDemo: (nth: number) => Promise<void>
  /** Makes and verifies a backup. @returns how many events it says it has */
  readonly backup: (file: string) => Promise<number>
}

export interface Backup {
  readonly file: string
  /** requests acknowledged before it began: each was one event */
  readonly before: number
  /** events it says it has */
  readonly events: number
}

const LANES = 4
/** Events between the start of one backup and that of the next. */
const APART = 60

/** Makes backups while people ask for demos. @param count of backups */
export async function backupsUnderLoad(world: BackupWorld, count: number): Promise<readonly Backup[]> {
  const people = load(world.requestDemo)
  const backups: Backup[] = []
  try {
    for (let n = 0; n < count; n += 1) {
      while (people.acknowledged() < (n + 1) * APART) await Promise.race([pause(1), people.failed])
      const before = people.acknowledged()
      const file = `backup-${n}.db`
      backups.push({ file, before, events: await world.backup(file) })
    }
  } finally {
    await people.end()
  }
  return backups
}

/** People who ask for a demo, one after the other on each lane, until it is stopped. */
function load(requestDemo: BackupWorld['requestDemo']) {
  const stop = new AbortController()
  let acknowledged = 0
  const lanes = Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      for (let n = lane; !stop.signal.aborted; n += LANES) {
        await requestDemo(n)
        acknowledged += 1
      }
    }),
  )
  return {
    acknowledged: () => acknowledged,
    /** rejects when a request was not taken */
    failed: lanes,
    end: async () => {
      stop.abort()
      await lanes
    },
  }
}
