import { expect, it } from 'vitest'
import { BROKEN } from '../chaos/syscalls/broken.ts'
import { whyNoStrace } from '../chaos/syscalls/strace.ts'
import { tracedRun } from '../chaos/syscalls/traced-run.ts'
import { bundleGoldpan } from '../chaos/trial/program.ts'
import { tempDir } from '../support/temp-dir.ts'

/** More of it: `npm run chaos -- syscalls`. */
const WISH = { deliveries: 60, heavy: 0 }

it('each 202 leaves the process after its events are in a commit that is on the disk', async ({ skip }) => {
  const reason = await whyNoStrace()
  if (reason !== null) return skip(reason)
  const found = await tracedRun(await bundleGoldpan('fsync'), tempDir(), WISH)
  expect(found.faults).toEqual([])
  expect(found.events).toBe(found.acknowledged)
  expect(found.answers).toBeGreaterThanOrEqual(WISH.deliveries)
}, 120_000)

it('a program whose commits wait for no disk is found broken by that', async ({ skip }) => {
  const reason = await whyNoStrace()
  if (reason !== null) return skip(reason)
  const program = await bundleGoldpan('fsync-broken', [BROKEN['a commit waits for no disk']])
  const { answers, faults } = await tracedRun(program, tempDir(), WISH)
  expect(faults.length).toBeGreaterThan(answers / 2)
}, 120_000)
