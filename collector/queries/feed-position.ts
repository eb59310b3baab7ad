import type { StreamPosition } from '../storage/store.ts'
import type { FeedItem } from './feed-items.ts'

/** Where one stands who has had an item. */
export function advanced(position: StreamPosition, item: FeedItem): StreamPosition {
  switch (item.kind) {
    case 'event':
      return { ...position, fact: Math.max(position.fact, item.seq) }
    case 'score':
      return position
    default:
      return { ...position, change: Math.max(position.change, item.seq) }
  }
}

export const isBehind = (a: StreamPosition, b: StreamPosition): boolean =>
  a.fact < b.fact || a.change < b.change

/** A position of another life of the store may lie ahead of it; nobody waits for that. */
export const earlier = (a: StreamPosition, b: StreamPosition): StreamPosition => ({
  fact: Math.min(a.fact, b.fact),
  change: Math.min(a.change, b.change),
})
