import { LATE_AFTER_MS, QUEUE_EVENTS } from '../shared/limits.ts'
import { type Entry, jsonOf } from './batch.ts'
import { forget, keysOf, load, save } from './storage.ts'

/** One key an event: tabs that write and remove at the same time cannot undo each other. */
const START = 'event.'
const keyOf = ({ event }: Entry): string => START + event.id

/** Keeps an event until the collector has it or can never take it; the oldest make room for the newest. */
export const store = (entry: Entry): void => {
  save(keyOf(entry), jsonOf(entry))
  keysOf(START).slice(0, -QUEUE_EVENTS).forEach(forget)
}

export const unstore = (entry: Entry): void => forget(keyOf(entry))

/** What is waiting at `now` (epoch ms), oldest first: ids are UUIDv7. What the collector finds too late is dropped. */
export const waiting = (now: number): readonly Entry[] =>
  keysOf(START).flatMap(key => {
    try {
      const entry: Entry = JSON.parse(load(key) ?? '')
      if (now - entry.event.at < LATE_AFTER_MS) return entry
    } catch {
      // not ours: the page can write there too
    }
    forget(key)
    return []
  })
