import type { QueryDeps } from '../queries/deps.ts'
import type { Feed } from '../queries/feed.ts'
import { feedFilter } from '../queries/feed-filter.ts'
import type { FeedItem } from '../queries/feed-items.ts'
import { StreamParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { redactEvent } from '../queries/redact.ts'
import { type Answer, answered, refused } from '../queries/refusal.ts'
import type { StreamPosition } from '../storage/store.ts'
import { refusal, seesPersonalData } from './answer.ts'
import { secured } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { positionIn, SSE_HEADERS, sseBody, sseMessage, sseOpening } from './sse.ts'

export interface StreamDeps extends QueryDeps {
  readonly feed: Feed
  /** @default 15 s, below the idle time-outs of common proxies (nginx: 60 s) */
  readonly heartbeatMs?: number
}

const HEARTBEAT_MS = 15_000

/** `GET /v1/events/stream`: what happens on a site as server-sent events, resumed by `Last-Event-ID`. */
export const streamRoutes = (deps: StreamDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/events/stream', access: ['read'], handle: streamOf(deps) },
]

const streamOf =
  (deps: StreamDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, StreamParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const from = resumption(c.req.header('last-event-id'))
    if (!from.ok) return refusal(from)

    // whoever asks for the head alone would follow for ever: nothing reads what is sent, nor hangs up
    if (c.req.method === 'HEAD') return secured(new Response(null, { headers: SSE_HEADERS }))
    const { site } = question.value
    const { type = null, visitor = null, lead = null } = question.value.params
    const person = lead === null ? null : await deps.store.person(site, lead)
    const isWanted = feedFilter({ type, visitor, lead }, person?.state.visitors ?? [])
    const jsonOf = seesPersonalData(c) ? fullJson : redactedJson

    const body = sseBody(deps.heartbeatMs ?? HEARTBEAT_MS, () => c.env.outgoing.destroy())
    void deps.feed.follow(site, from.value, {
      start: position => body.send(sseOpening(position)),
      take: (item, position) => {
        if (isWanted(item))
          body.send(sseMessage(item.kind, item.kind === 'score' ? null : position, jsonOf(item)))
      },
      hasRoom: body.hasRoom,
      room: body.room,
      ended: body.ended,
    })
    return secured(new Response(body.stream, { headers: SSE_HEADERS }))
  }

function resumption(lastEventId: string | undefined): Answer<StreamPosition | null> {
  if (!lastEventId) return answered(null)
  const position = positionIn(lastEventId)
  return position
    ? answered(position)
    : refused(
        'invalid_position',
        'Last-Event-ID: expected the id of a message of this stream, like 120.7; leave it out to start from now.',
      )
}

/** An item is written once, however many are listening. */
const once = (write: (item: FeedItem) => string): ((item: FeedItem) => string) => {
  const written = new WeakMap<FeedItem, string>()
  return item => {
    const json = written.get(item) ?? write(item)
    written.set(item, json)
    return json
  }
}

const fullJson = once(item => JSON.stringify(item.data))
const redactedJson = once(item => JSON.stringify(item.kind === 'event' ? redactEvent(item.data) : item.data))
