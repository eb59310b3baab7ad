import type { PropsOf } from '../shared/events.ts'
import { beginView, reportView } from './capture/engagement.ts'
import { showPage } from './capture/page-views.ts'
import { objects } from './config.ts'
import { guard } from './edge.ts'
import { whoAt } from './ids.ts'
import { send } from './queue.ts'
import { type AnyProps, record } from './record.ts'
import { answer, consentState, forget, isGranted, saveAnswer, settle, VISITOR } from './storage.ts'

/** The page's side of the snippet: `goldpan('track', 'webinar_signup', { seat: 2 })`. */
export interface Goldpan {
  (...call: readonly unknown[]): unknown
  /** calls made on the stub before the script came */
  q?: Iterable<Iterable<unknown>>
  /** set on the real thing, so that a second copy of the tag stays quiet */
  live?: boolean
}

declare global {
  interface Window {
    goldpan?: Goldpan
  }
}

/**
 * From a grant on the person is recorded: with what was held back until they were asked, else beginning with the page
 * they see. A refusal is the last thing that is told of them, and ends the view untold. Both are evidence, with the
 * `text` that the person read.
 */
const consent = async (said: unknown, evidence: unknown): Promise<void> => {
  // where the browser itself objects, nothing changes that
  if (objects) return
  const before = consentState()
  const known = answer()
  const state = said === 'granted' ? said : 'denied'
  if (state === 'granted') saveAnswer(state)
  if (known !== state && isGranted()) record('consent', { ...(evidence as AnyProps), state })
  // takes what there is at its first moment, before it is forgotten
  void send()
  await 0
  saveAnswer(state)
  settle()
  if (!isGranted()) beginView()
  // denied or cookieless: this page was not held back
  else if (/^[dc]/.test(before)) showPage()
}

/** The next person at this browser is a stranger; what the last one did on this page is told, and is over. */
const reset = (): void => {
  reportView()
  beginView()
  forget(VISITOR)
  // made at once: without one the next page would take up the collector's cookie
  whoAt(Date.now())
}

const commands: Readonly<Record<string, (first: unknown, second: unknown) => unknown>> = {
  identify: (email, traits) => email && record('identify', { email, traits } as PropsOf<'identify'>),
  page: props => showPage(props as AnyProps),
  track: (name, props) => name && record(name as string, props as AnyProps),
  consent,
  reset,
}

/** What becomes `window.goldpan`. Calls that make no sense do nothing here; the collector says what is wrong with others. */
export const goldpan: Goldpan = guard((command, first, second) => commands[`${command}`]?.(first, second))
