import type { Signals } from '../signals.ts'
import type { StreamPosition } from '../storage/store.ts'
import type { QueryDeps } from './deps.ts'
import { type FeedItem, readAfter, scoreItem } from './feed-items.ts'
import { advanced, earlier, isBehind } from './feed-position.ts'

/** How often to look for what other processes wrote, and signals do not tell (our choice: soon, for a person who waits). */
const LOOK_MS = 1_000

/**
 * What happens on a site, in commit order, told to many listeners from one reading of the store per commit of this process,
 * and within a second of another's. A listener
 * that comes back with its last position, or that was too slow for the others, first reads alone what it missed.
 */
export interface Feed {
  /** Follows a site from a position, or from now when it is null. Resolves when the listener is live, or has ended. */
  follow(site: string, from: StreamPosition | null, listener: FeedListener): Promise<void>
  /** Ends every listener, for good. */
  close(): void
}

export interface FeedListener {
  /** The position it starts from, before any item. */
  start(position: StreamPosition): void
  /** `position` is where to resume after this item; a listener may drop items it does not want. */
  take(item: FeedItem, position: StreamPosition): void
  /** Whether it can take one more item. */
  hasRoom(): boolean
  /** Resolves when it has room, or at its end. */
  room(): Promise<void>
  /** Aborted by whoever has had enough: the reader that left, or the feed when it closes or the store fails. */
  readonly ended: AbortController
}

interface Follower {
  readonly listener: FeedListener
  position: StreamPosition
}

/** The live followers of one site, and how far the shared reading has come. */
interface Channel {
  readonly followers: Set<Follower>
  position: StreamPosition
  reading: boolean
  /** news came while reading */
  stale: boolean
}

export interface FeedDeps extends QueryDeps {
  readonly signals: Signals
}

export function startFeed(deps: FeedDeps): Feed {
  const channels = new Map<string, Channel>()
  const listeners = new Set<FeedListener>()
  let closed = false

  const channelOf = (site: string): Channel => {
    const channel = channels.get(site) ?? newChannel()
    channels.set(site, channel)
    return channel
  }

  const unsubscribe = deps.signals.subscribe(signal => {
    const channel = channels.get(signal.site)
    if (!channel || channel.followers.size === 0) return
    if (signal.kind === 'applied') {
      for (const state of signal.persons) tellScore(channel, scoreItem(state, deps.clock()))
    }
    void readOn(deps, signal.site, channel)
  })
  const looking = setInterval(() => {
    for (const [site, channel] of channels) void look(deps, site, channel)
  }, LOOK_MS).unref()

  return {
    follow: async (site, from, listener) => {
      const { ended } = listener
      if (closed) ended.abort()
      listeners.add(listener)
      ended.signal.addEventListener('abort', () => listeners.delete(listener))
      try {
        await begin(deps, site, channelOf(site), from, listener)
      } catch {
        ended.abort()
      }
      if (ended.signal.aborted) listeners.delete(listener)
    },
    close: () => {
      closed = true
      unsubscribe()
      clearInterval(looking)
      for (const listener of listeners) listener.ended.abort()
    },
  }
}

const newChannel = (): Channel => ({
  followers: new Set(),
  position: { fact: 0, change: 0 },
  reading: false,
  stale: false,
})

async function begin(
  deps: QueryDeps,
  site: string,
  channel: Channel,
  from: StreamPosition | null,
  listener: FeedListener,
): Promise<void> {
  const head = await deps.store.head(site)
  const follower = { listener, position: from ? earlier(from, head) : head }
  listener.ended.signal.addEventListener('abort', () => channel.followers.delete(follower))
  listener.start(follower.position)
  await catchUp(deps, site, channel, follower)
}

/** Reads alone up to where the shared reading is, and joins it in the same turn: nothing is missed in between. */
async function catchUp(deps: QueryDeps, site: string, channel: Channel, follower: Follower): Promise<void> {
  const { listener } = follower
  const { signal } = listener.ended
  while (!signal.aborted) {
    const items = await readAfter(deps, site, follower.position)
    for (const item of items) {
      if (!listener.hasRoom()) await listener.room()
      tell(follower, item)
    }
    if (items.length === 0 && !isBehind(follower.position, channel.position)) break
  }
  if (signal.aborted) return
  if (channel.followers.size === 0) channel.position = follower.position
  channel.followers.add(follower)
  // A commit between the empty reading and this turn found nobody to tell.
  await readOn(deps, site, channel)
}

/** Reads until nothing is new, for all followers of the site at once. */
async function readOn(deps: QueryDeps, site: string, channel: Channel): Promise<void> {
  channel.stale = true
  if (channel.reading) return
  channel.reading = true
  try {
    while (channel.stale && channel.followers.size > 0) {
      channel.stale = false
      const items = await readAfter(deps, site, channel.position)
      for (const item of items) tellAll(deps, site, channel, item)
      channel.stale ||= items.length > 0
    }
  } catch {
    // They come back with their positions, and lose nothing.
    for (const { listener } of channel.followers) listener.ended.abort()
  } finally {
    channel.reading = false
  }
}

/** Reads on if somebody listens and another process, such as the command line, has written something. */
async function look(deps: QueryDeps, site: string, channel: Channel): Promise<void> {
  if (channel.followers.size === 0 || channel.reading) return
  // What is wrong with a store shows when it is read.
  const isNews = await deps.store.head(site).then(
    head => isBehind(channel.position, head),
    () => true,
  )
  if (isNews) await readOn(deps, site, channel)
}

/** Nobody waits for a slow reader: it goes on alone, at its own pace. */
function tellAll(deps: QueryDeps, site: string, channel: Channel, item: FeedItem): void {
  channel.position = advanced(channel.position, item)
  for (const follower of channel.followers) {
    if (follower.listener.hasRoom()) tell(follower, item)
    else {
      channel.followers.delete(follower)
      catchUp(deps, site, channel, follower).catch(() => follower.listener.ended.abort())
    }
  }
}

/** Passes an item on unless the follower has had it already. */
function tell(follower: Follower, item: FeedItem): void {
  if (follower.listener.ended.signal.aborted) return
  const position = advanced(follower.position, item)
  if (!isBehind(follower.position, position)) return
  follower.position = position
  follower.listener.take(item, position)
}

/** Who lags does without: a score is only the latest state. */
function tellScore(channel: Channel, item: FeedItem): void {
  for (const { listener, position } of channel.followers) {
    if (listener.hasRoom()) listener.take(item, position)
  }
}
