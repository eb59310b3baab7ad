import type { FeedItem } from './feed-items.ts'

/** What a listener wants to hear; null: no matter. `type` concerns events alone. */
export interface FeedWish {
  readonly type: string | null
  readonly visitor: string | null
  readonly lead: string | null
}

/**
 * Which items a wish lets through. An event is told before it is known whose it is: it counts for a lead already when it
 * comes from one of the lead's browsers, so the filter follows these as the lead's scores tell of them.
 * @param visitors the wished lead's browsers at the start
 */
export function feedFilter(wish: FeedWish, visitors: readonly string[]): (item: FeedItem) => boolean {
  let browsers = visitors
  return item => {
    if (item.kind === 'event') {
      const { type, visitor, lead } = item.data
      return (
        (wish.type === null || wish.type === type) &&
        (wish.visitor === null || wish.visitor === visitor) &&
        (wish.lead === null || wish.lead === (lead ?? ownerOf(visitor)))
      )
    }
    if (item.data.lead === wish.lead) browsers = item.data.visitors
    return (
      (wish.lead === null || wish.lead === item.data.lead) &&
      (wish.visitor === null || item.data.visitors.includes(wish.visitor))
    )
  }

  function ownerOf(visitor: string | null): string | null {
    return visitor !== null && browsers.includes(visitor) ? wish.lead : null
  }
}
