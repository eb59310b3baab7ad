import type { Plugin } from 'esbuild'
import { mutant } from '../trial/mutant.ts'

const CONNECTION = 'collector/storage/sqlite/connection.ts'
const FULL = "db.pragma('synchronous = FULL')"

/** Programs that break the promise, by what they do: the trial must find each of them. */
export const BROKEN = {
  'a commit waits for no disk': mutant(CONNECTION, FULL, "db.pragma('synchronous = NORMAL')"),
  'nothing waits for a disk': mutant(CONNECTION, FULL, "db.pragma('synchronous = OFF')"),
  'the answer comes before the commit': mutant(
    'collector/ingest/group-commit.ts',
    'const settle = await commit(group, record)',
    `for (const { batch, resolve } of group) resolve(batch.facts.map(() => 'accepted' as const))
      await nextTurn()
      const settle = await commit(group, record)`,
  ),
} as const satisfies Readonly<Record<string, Plugin>>
