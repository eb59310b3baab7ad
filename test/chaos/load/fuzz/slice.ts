import { targetOf } from '../../../support/load/connection.ts'
import { megabytes } from '../../../support/words.ts'
import type { CollectorProcess } from '../collector-process.ts'
import { createSite } from '../collector-process.ts'
import { fuzzBody } from './bodies.ts'
import { emptyTally, type FuzzTally, sendBodies } from './send.ts'

export interface SliceGiven {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly onProgress: (words: string) => void
}

export interface SliceFound {
  readonly tally: FuzzTally
  readonly seconds: number
  /** resident memory while it was sent, bytes, in order */
  readonly rss: readonly number[]
}

const SAMPLE_MS = 250
const PROGRESS_MS = 10_000

/** Sends a slice of a run's bodies to a collector, for as long as it lives, and watches its memory meanwhile. */
export async function sendSlice(
  collector: CollectorProcess,
  { seed, from, to, onProgress }: SliceGiven,
): Promise<SliceFound> {
  const keyOf = async (id: string): Promise<string> => (await createSite(collector, id)).publicKey
  const sites = {
    events: await keyOf('events'),
    segment: await keyOf('segment'),
    validate: await keyOf('validate'),
  }
  const given = { seed, sites, now: Date.now() }
  const tally = emptyTally()
  const rss: number[] = []
  const began = performance.now()
  const sampler = setInterval(() => {
    if (!collector.hasEnded()) rss.push(collector.rssBytes())
  }, SAMPLE_MS)
  const teller = setInterval(
    () => onProgress(`${tally.sent + from} bodies, ${megabytes(rss.at(-1) ?? 0)}`),
    PROGRESS_MS,
  )
  try {
    const bodyOf = (nth: number) => fuzzBody(given, nth)
    await sendBodies({
      ...{ target: targetOf(collector.url), bodyOf, from, to, tally },
      isOver: collector.hasEnded,
    })
  } finally {
    clearInterval(sampler)
    clearInterval(teller)
  }
  return { tally, rss, seconds: (performance.now() - began) / 1_000 }
}
