import { QUEUE_EVENTS } from '../shared/limits.ts'
import type { TypedEnvelope, WireEvent } from '../shared/wire.ts'
import { base, options } from './config.ts'
import { guard } from './edge.ts'
import { ENOUGH_CHARS, FIRST_BACKOFF } from './limits.ts'
import { area, EVENT, eventKeys, forget, isGranted, prefix, save } from './storage.ts'

/*
 * Every event is stored first, under a key of its own, and forgotten when the collector has it or can never take it.
 * Tabs take turns in sending all that is stored, what earlier pages left behind, too. A page that goes cannot wait for
 * its turn. What it sends then looks failed to it although it was delivered: it does not try again, a later page does.
 */

/** An event waiting to be sent, with the visitor and session it belonged to when it happened. */
export interface Entry extends Pick<TypedEnvelope, 'visitor' | 'session'> {
  readonly event: WireEvent
}

/** The waiting events by key: true while on their way. */
const waiting: Record<string, boolean> = {}
/** In looks (limits.ts): how long to wait after the next failure, which doubles; and what is left of that. */
let backoff = FIRST_BACKOFF
let pause = 0
let leaving = false

const isGoing = (): boolean => leaving || document.hidden

const keys = (): readonly string[] => Object.keys(waiting).sort()

/**
 * Puts the oldest events that may travel together into an envelope: of one visitor and session, within the limits.
 * @returns their keys
 */
const fill = (envelope: Partial<Entry> & { readonly events: WireEvent[] }): readonly string[] => {
  let chars = 0
  return keys().filter(key => {
    const text = area[key]
    // another tab sent it
    if (!text) delete waiting[key]
    // the page can write there, too
    if (text?.[0] !== '{' || waiting[key] || chars > ENOUGH_CHARS) return false
    const { event, ...owner }: Entry = JSON.parse(text)
    // what is held back until the person is asked stays here
    if (owner.visitor && !isGranted()) return false
    if (!chars) Object.assign(envelope, owner)
    if (envelope.session !== owner.session) return false
    chars += text.length
    waiting[key] = true
    return envelope.events.push(event)
  })
}

/** Sends a batch, then the next. */
export const send: () => Promise<void> = guard(async () => {
  // what is recorded at the same moment goes along; timers die with a page, microtasks do not
  await 0
  const envelope = { v: 1, site: options.site, sentAt: Date.now(), events: [] }
  const batch = fill(envelope)
  if (!batch[0]) {
    // not before all is sent: until then tabs go on taking turns
    backoff = FIRST_BACKOFF
    return
  }
  const request = fetch(`${base}v1/events`, {
    method: 'POST',
    // a string goes as text/plain, which costs no CORS preflight
    body: JSON.stringify(envelope),
    // requests of the page may have used up the little room there is: a third try goes without
    keepalive: isGoing() || backoff <= 2 * FIRST_BACKOFF,
    credentials: 'include',
  })
  // what did not fit cannot wait for the answer
  if (isGoing()) void send()
  let isDone = false
  try {
    const answer = await request
    // browsers count the bytes of a keepalive request, of which they allow few, until its answer is read
    await answer.text()
    // taken, or never to be taken; other refusals may end: a wrong key is put right, a proxy comes back
    isDone = answer.ok || /400|413|422/.test(`${answer.status}`)
  } catch {}
  for (const key of batch) {
    // a page that goes hears of no delivery, and does not try again
    waiting[key] = leaving
    if (isDone) forget(key)
  }
  if (isDone) await send()
  else {
    backoff *= 2
    pause = backoff
  }
})

/**
 * Called at every look: sends what has gathered since the last, and what earlier pages left. After a failure, and with
 * what was left, tabs take turns: told by Web Locks. There is no queueing for the lock: what one tab removes from
 * storage is seen by the others a little later than that its lock is free. A page that is not secure has no locks:
 * its tabs may both send an event, and the collector keeps one.
 */
export const sendInTurn = (): Promise<unknown> | undefined => {
  if (leaving || pause-- > 0 || !keys()[0]) return undefined
  return backoff === FIRST_BACKOFF
    ? send()
    : (navigator.locks?.request(prefix, { ifAvailable: true }, lock => lock && send()) ?? send())
}

/** Stores an event, to be sent together with what comes next; at once from a page that may be about to go. */
export const enqueue = (entry: Entry): void => {
  // a form that does not say by whom sorts behind the others, and so is the last to make room
  const key = EVENT + (entry.visitor ? '' : '~') + entry.event.id
  save(key, JSON.stringify(entry))
  waiting[key] = false
  // the oldest make room for the newest
  keys().slice(0, -QUEUE_EVENTS).forEach(forget)
  if (isGoing()) void send()
}

/** Sends what there is when the page goes, and without a pause when it comes. */
export const onTurn = ({ type }: Event): void => {
  // until it comes back out of the back/forward cache; what failed meanwhile waits for a later page
  leaving = type === 'pagehide' || (leaving && type !== 'pageshow')
  pause = 0
  if (isGoing()) void send()
}

/** Takes up what earlier pages left behind. */
export const startQueue = (): void => {
  for (const key of eventKeys()) {
    waiting[key] ??= false
    backoff = 2 * FIRST_BACKOFF
  }
}
