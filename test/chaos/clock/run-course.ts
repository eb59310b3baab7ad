import { isAcknowledged } from '../trial/sending.ts'
import type { Batch } from '../trial/visitors.ts'
import type { Course } from './courses.ts'
import { faultsOfTimes, type Taken } from './times.ts'
import { openClockWorld } from './world.ts'

export interface CourseRun {
  readonly events: number
  /** hand-offs */
  readonly told: number
  readonly faults: readonly string[]
}

/** @param ms of load in each stretch */
export async function runCourse(
  { stretches: [first, ...others] }: Course,
  folder: string,
  ms: number,
): Promise<CourseRun> {
  let stretch = 0
  const taken: Taken[] = []
  const answers = new Map<number, number>()
  const world = await openClockWorld(folder, first.off, (batch, delivery) => {
    const status = delivery.kind === 'answered' ? delivery.status : 0
    answers.set(status, (answers.get(status) ?? 0) + 1)
    if (isAcknowledged(delivery)) taken.push({ batch, stretch })
  })
  try {
    const replayed: string[] = []
    for (const next of [first, ...others]) {
      stretch += 1
      await world.pass(next, ms)
      replayed.push(...(await world.replayed()).map(fault => `stretch ${stretch}: ${fault}`))
    }
    // what was due by the latest of its clocks must not come twice
    await world.put(Math.max(first.off, ...others.map(({ off }) => off)))
    const told = world.stored.toldEmails()
    const faults = [
      ...[...answers]
        .filter(([status]) => status !== 202)
        .map(([status, times]) => `answered ${status} ${times} times`),
      ...faultsOfTimes(taken, world.stored.times()),
      ...wholeVisits(taken)
        .filter(email => !told.has(email))
        .map(email => `nobody was told of ${email}`),
      ...world.stored.faultsOfTelling(true),
      ...replayed,
      ...(await world.replayed()),
      ...world.warnings,
    ]
    return { events: world.stored.countEvents(), told: told.size, faults }
  } finally {
    await world.close()
  }
}

/** Who came and asked for a demo within one stretch: to the collector, one visit like any other. */
function wholeVisits(taken: readonly Taken[]): readonly string[] {
  const began = new Map<string, number>()
  return taken.flatMap(({ batch, stretch }) => {
    const visitor = visitorOf(batch)
    const since = began.get(visitor) ?? stretch
    began.set(visitor, since)
    return batch.makesMql !== null && since === stretch ? batch.makesMql : []
  })
}

function visitorOf({ body }: Batch): string {
  const { visitor }: { readonly visitor: string } = JSON.parse(body)
  return visitor
}
