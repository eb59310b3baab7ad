import { setTimeout as sleep } from 'node:timers/promises'
import { listenTo } from '../../support/load/stream.ts'
import { type Asked, ask, leadQuestions, timelineQuestions } from './asking.ts'
import { type BenchCollector, streamOf } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Beside, withLoadBeside } from './load-beside.ts'

/** A steady load, and what the collector was asked meanwhile. */
export interface Mixed {
  readonly beside: Beside
  readonly asked: readonly Asked[]
  /** timelines that were dirty at the end */
  readonly dirty: number
}

/** Dashboards that are open. */
const LISTENERS = 5

/** Visitors come at a steady rate, and nothing else happens. */
export async function measureSteady(
  { options: { seconds } }: Ground,
  collector: BenchCollector,
  perSecond: number,
): Promise<Mixed> {
  const given = { collector, perSecond, mostSeconds: seconds }
  const { beside, found } = await withLoadBeside(given, async () => {
    await sleep(seconds * 1_000)
    return collector.dirty()
  })
  return { beside, asked: [], dirty: found }
}

/** Pages of leads are asked for meanwhile, each kind for so long, for one that takes long would be told of in the times of others. */
export async function measurePages(
  { options: { seconds } }: Ground,
  collector: BenchCollector,
  perSecond: number,
): Promise<Mixed> {
  const questions = await leadQuestions(collector)
  const given = { collector, perSecond, mostSeconds: seconds * questions.length * 2 }
  const { beside, found } = await withLoadBeside(given, async () => {
    const asked: Asked[] = []
    for (const question of questions) asked.push(...(await ask(collector, [question], seconds)))
    return asked
  })
  return { beside, asked: found, dirty: await collector.dirty() }
}

/** Pages of leads, timelines, and dashboards that follow everything. */
export async function measureMixed(
  { options: { seconds } }: Ground,
  collector: BenchCollector,
  perSecond: number,
): Promise<Mixed> {
  const questions = [...(await leadQuestions(collector)), ...(await timelineQuestions(collector))]
  const closers = await Promise.all(
    Array.from({ length: LISTENERS }, () => listenTo(streamOf(collector), () => {})),
  )
  try {
    const given = { collector, perSecond, mostSeconds: seconds * 10 }
    const { beside, found } = await withLoadBeside(given, () => ask(collector, questions, seconds))
    return { beside, asked: found, dirty: await collector.dirty() }
  } finally {
    for (const close of closers) close()
  }
}
