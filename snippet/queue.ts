import { type Entry, envelopeOf, firstBatch } from './batch.ts'
import { guard, listen } from './edge.ts'
import { FIRST_RETRY_MS, GATHER_MS, LONGEST_WAIT_MS } from './limits.ts'
import { store, unstore, waiting } from './stored.ts'
import { post } from './transport.ts'
import { takeTurn } from './turns.ts'

/*
 * Every event is stored first and forgotten when the collector has it. Ordinary sending takes all that is stored, this
 * page's and what earlier pages left behind, one tab at a time; urgent sending cannot wait for its turn and takes what
 * this page has not tried yet. Nothing is tried twice by a page on its way out: a keepalive request looks failed there
 * although it was delivered, and a later page can still send what is stored.
 */

/** Of events this page knows by id: false when not tried yet, true when on its way or delivered; failed ones are gone. */
const taken = new Map<string, boolean>()
let failures = 0
let leaving = false
let timer: ReturnType<typeof setTimeout> | undefined

const wake = (delayMs: number): void => {
  clearTimeout(timer)
  timer = setTimeout(sendInTurn, delayMs)
}

const send: (urgent: boolean) => Promise<void> = guard(async urgent => {
  const now = Date.now()
  const batch = firstBatch(
    waiting(now).filter(({ event }) =>
      urgent ? taken.get(event.id) === false : !leaving && !taken.get(event.id),
    ),
  )
  if (!batch[0]) return
  batch.forEach(({ event }) => {
    taken.set(event.id, true)
  })
  const answer = post(envelopeOf(batch, now), urgent)
  // what did not fit must not wait for the answer either
  if (urgent) void send(urgent)
  const waitMs = await answer
  if (waitMs < 0) {
    failures = 0
    batch.forEach(unstore)
    if (!urgent) await send(urgent)
    return
  }
  batch.forEach(({ event }) => {
    taken.delete(event.id)
  })
  // exponential backoff with jitter: the visitors of a collector that was down should not all return at once
  const backoffMs = FIRST_RETRY_MS * 2 ** failures++ * (0.5 + Math.random() / 2)
  wake(Math.min(Math.max(waitMs, backoffMs), LONGEST_WAIT_MS))
})

const sendInTurn = guard(async () => {
  timer = undefined
  if (!(await takeTurn(() => send(false)))) wake(FIRST_RETRY_MS)
})

/** Stores an event and sends it: before the page can go when `urgent`, else together with what comes next. */
export const enqueue = (entry: Entry, urgent: boolean): void => {
  store(entry)
  taken.set(entry.event.id, false)
  // timers die with the page, microtasks do not
  if (urgent || leaving || document.hidden) queueMicrotask(() => send(true))
  else if (!timer) wake(GATHER_MS)
}

/** Starts sending, with what earlier pages left behind. */
export const startQueue = (): void => {
  listen(
    ({ type }) => {
      leaving = type === 'pagehide'
      if (leaving) void send(true)
      else wake(0)
    },
    'pagehide',
    'pageshow',
    'online',
  )
  listen(() => send(true), 'visibilitychange')
  wake(GATHER_MS)
}
