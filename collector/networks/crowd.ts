import { MINUTE_MS } from '../../shared/time.ts'

/**
 * Our choice. The largest office behind one address holds thousands, but no more than a handful of them open a site that
 * sells to companies in the same ten minutes, fewer still in a browser that was never there. Scripts that visit "once each"
 * pass sixty within seconds.
 */
export const MORE_THAN_AN_OFFICE = 60
const WITHIN_MS = 10 * MINUTE_MS

/** Who comes again is taken down anew no more often than this, so that a page of many events costs nothing. */
const AGAIN_MS = MINUTE_MS

/** Visitors remembered, some twenty megabytes (our choice: 80 new ones a second for ten minutes); the oldest make room. */
const REMEMBERED = 50_000

export interface Crowds {
  /** Counts a visitor in, if there is one. @returns how many visitors came from the place within the last ten minutes */
  seen(place: string, visitor: string | null, now: number): number
}

interface Sighting {
  readonly key: string
  readonly place: string
  readonly at: number
}

/** How many visitors share a place (one address), in this process and for ten minutes: nothing is written down. */
export function countCrowds(remembered = REMEMBERED): Crowds {
  const latest = new Map<string, Sighting>()
  const counts = new Map<string, number>()
  const queue = sightingQueue()

  function count(place: string, change: 1 | -1): void {
    const sum = (counts.get(place) ?? 0) + change
    if (sum > 0) counts.set(place, sum)
    else counts.delete(place)
  }

  function take(place: string, visitor: string, now: number): void {
    const key = `${place} ${visitor}`
    const before = latest.get(key)
    if (before !== undefined && now - before.at < AGAIN_MS) return
    if (before === undefined) count(place, 1)
    const sighting = { key, place, at: now }
    latest.set(key, sighting)
    queue.add(sighting)
  }

  function forget(now: number): void {
    const isOver = ({ at }: Sighting) => at <= now - WITHIN_MS || latest.size > remembered
    for (let oldest = queue.oldest(); oldest !== undefined && isOver(oldest); oldest = queue.oldest()) {
      queue.drop()
      // who came again is behind in the queue, once more
      if (latest.get(oldest.key) !== oldest) continue
      latest.delete(oldest.key)
      count(oldest.place, -1)
    }
  }

  return {
    seen: (place, visitor, now) => {
      if (visitor !== null) take(place, visitor, now)
      forget(now)
      return counts.get(place) ?? 0
    },
  }
}

/** First in, first out, at a cost that does not grow: a Map whose first entries go is searched through its holes. */
function sightingQueue() {
  const sightings: Sighting[] = []
  let head = 0
  return {
    add: (sighting: Sighting): void => void sightings.push(sighting),
    oldest: (): Sighting | undefined => sightings[head],
    drop: (): void => {
      head++
      if (head * 2 <= sightings.length) return
      sightings.splice(0, head)
      head = 0
    },
  }
}
