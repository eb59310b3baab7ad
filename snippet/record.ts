import type { KnownEventType, Page, PropsOf } from '../shared/events.ts'
import { uuidV7Maker } from '../shared/ids.ts'
import { excluded } from './config.ts'
import { debug } from './edge.ts'
import { currentPage } from './page.ts'
import { enqueue } from './queue.ts'
import { randomBytes } from './random.ts'
import { sessionId } from './session.ts'
import { denied } from './storage.ts'
import { visitorId } from './visitor.ts'

/** Props of a custom event: whatever the page gives. */
export type AnyProps = Readonly<Record<string, unknown>>

/** What a person does just before the page may go. */
const URGENT: readonly string[] = ['download', 'form_submit', 'identify'] satisfies KnownEventType[]

const nextId = uuidV7Maker(randomBytes)

/**
 * Makes an event of what happened now and queues it. `page` is the page it happened on, by default the current one.
 * @returns the event's id; nothing when this path is excluded, or the person may not be tracked and did not send it
 */
export const record = <T extends string>(
  type: T,
  props: T extends KnownEventType ? PropsOf<T> : AnyProps,
  page: Page = currentPage(document.referrer),
): string | undefined => {
  const anonymous = denied()
  if (excluded.test(new URL(page.url).pathname) || (anonymous && type !== 'form_submit')) return undefined
  const at = Date.now()
  const event = { id: nextId(at), type, at, page, props }
  const who = anonymous ? {} : { visitor: visitorId(), session: sessionId(at) }
  debug(event)
  enqueue({ who, event }, URGENT.includes(type))
  return event.id
}
