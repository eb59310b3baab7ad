import type { KnownEventType, Page, PropsOf } from '../shared/events.ts'
import { globs, options } from './config.ts'
import { tell } from './edge.ts'
import { nextEventId, whoAt } from './ids.ts'
import { currentPage } from './page.ts'
import { enqueue } from './queue.ts'
import { consentState } from './storage.ts'

/** Props of a custom event: whatever the page gives. */
export type AnyProps = Readonly<Record<string, unknown>>

/** Paths on which nothing is recorded (`data-exclude`). */
const excluded = globs(options.exclude)

/**
 * Makes an event of what happened now and queues it. `page` is the page it happened on, by default the current one.
 * @returns the event's id; nothing when this path is excluded, or the person may not be tracked and did not send it
 */
export const record = <T extends string>(
  type: T,
  props: T extends KnownEventType ? PropsOf<T> : AnyProps,
  page: Page = currentPage(),
): string | undefined => {
  const state = consentState()
  const isForm = type === 'form_submit'
  const isCounted = state === 'cookieless'
  const isHeld =
    excluded.test(new URL(page.url).pathname) ||
    (!isForm && (state === 'denied' || (isCounted && type === 'identify')))
  const at = Date.now()
  const event = { id: nextEventId(at), type, at, page, props }
  tell(event, state, isHeld)
  if (isHeld) return undefined
  // a form is sent because the person sent it: without consent it does not say by whom
  const isNamed = state === 'granted' || !(isForm || isCounted)
  enqueue({ ...(isNamed && whoAt(at)), event })
  return event.id
}
