import { MINUTE_MS } from '../../shared/time.ts'

/**
 * Our choice. The largest office behind one address holds thousands, but no more than a handful of them open a site that
 * sells to companies in the same ten minutes, fewer still in a browser that was never there. Scripts that visit "once each"
 * pass sixty within seconds.
 */
export const MORE_THAN_AN_OFFICE = 60
const WITHIN_MS = 10 * MINUTE_MS

/** Visitors remembered, about ten megabytes (our choice: 80 new ones a second for ten minutes); the oldest make room. */
const REMEMBERED = 50_000

export interface Crowds {
  /** Counts a visitor in, if there is one. @returns how many visitors came from the place within the last ten minutes */
  seen(place: string, visitor: string | null, now: number): number
}

interface Sighting {
  readonly place: string
  readonly at: number
}

/** How many visitors share a place (one address), in this process and for ten minutes: nothing is written down. */
export function countCrowds(remembered = REMEMBERED): Crowds {
  /** in order of time: who came again is put last */
  const sightings = new Map<string, Sighting>()
  const counts = new Map<string, number>()

  function count(place: string, change: 1 | -1): void {
    const sum = (counts.get(place) ?? 0) + change
    if (sum > 0) counts.set(place, sum)
    else counts.delete(place)
  }

  function forget(now: number): void {
    for (const [key, { place, at }] of sightings) {
      if (at > now - WITHIN_MS && sightings.size <= remembered) return
      sightings.delete(key)
      count(place, -1)
    }
  }

  return {
    seen: (place, visitor, now) => {
      if (visitor !== null) {
        const key = `${place} ${visitor}`
        if (!sightings.delete(key)) count(place, 1)
        sightings.set(key, { place, at: now })
      }
      forget(now)
      return counts.get(place) ?? 0
    },
  }
}
