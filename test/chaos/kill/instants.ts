import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../../support/random.ts'
import type { Stored } from '../trial/stored.ts'

/**
 * What the collector is killed in: a burst of events; the qualification that is left when they stop; a checkpoint, while
 * they go on; the start that follows a kill.
 */
export const MOMENTS = ['burst', 'qualification', 'checkpoint', 'start'] as const
export type Moment = (typeof MOMENTS)[number]

/** Bursts most of all; a checkpoint takes as much load as fills the log. */
export function drawMoment({ next }: Random): Moment {
  const drawn = next()
  if (drawn < 0.5) return 'burst'
  if (drawn < 0.7) return 'qualification'
  return drawn < 0.85 ? 'checkpoint' : 'start'
}

/** After which a checkpoint is not waited for any longer. */
const NO_CHECKPOINT_MS = 3_000
const LONGEST_BURST_MS = 500
/** A burst that leaves qualification some work. */
const LEAVING_MS = 200
/** A checkpoint of a full log takes some ten milliseconds. */
const IN_CHECKPOINT_MS = 8

/** Resolves when it is time to kill, with whether what was waited for was seen. */
export async function untilInstant(
  moment: Moment,
  random: Random,
  stored: Stored,
  stopLoad: () => Promise<void>,
): Promise<boolean> {
  switch (moment) {
    case 'burst':
    case 'start':
      await pause(random.between(1, LONGEST_BURST_MS))
      return true
    case 'qualification':
      await pause(LEAVING_MS)
      await stopLoad()
      await pause(random.between(0, 40))
      return stored.dirty() > 0
    case 'checkpoint':
      return untilCheckpoint(random, stored)
  }
}

async function untilCheckpoint(random: Random, stored: Stored): Promise<boolean> {
  const before = stored.fileChangedAt()
  const deadline = performance.now() + NO_CHECKPOINT_MS
  while (stored.fileChangedAt() === before) {
    if (performance.now() > deadline) return false
    await pause(1)
  }
  await pause(random.between(0, IN_CHECKPOINT_MS))
  return true
}
