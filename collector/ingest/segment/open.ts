import { LIMITS } from '../../../shared/limits.ts'
import type { Flaw } from '../flaw.ts'
import { kindOf, notJson } from '../mismatch.ts'
import { isTooDeep } from '../outline.ts'
import type { Call } from './event.ts'
import { type Fields, fieldsIn, isFields, textIn, timeIn } from './message.ts'

/** Our choice: what 500 KB hold of the smallest messages that libraries make. */
export const MESSAGES_PER_BATCH = 2_500

/** Our choice: 2,500 messages with two kilobytes of context. */
const WRITTEN_OUT_BYTES = 10 * LIMITS.batchBytes

/** Our choice: what people nest is left out below five levels (trim.ts), what only a program can is refused whole. */
export const MESSAGE_DEPTH = 64

/** A body of Segment's HTTP API, its messages unchecked. */
export interface OpenedMessages {
  readonly messages: readonly unknown[]
  /** the key in the body; null: it is in the header alone */
  readonly writeKey: string | null
  /** epoch ms by the sender's clock */
  readonly sentAt: number | undefined
}

export type MessagesOrFlaw =
  | { readonly opened: OpenedMessages; readonly flaw: null }
  | { readonly opened: null; readonly flaw: Flaw }

/** @param call of a route for one message, which need not name its type; `batch`: a list of them */
export function openMessages(body: string, call: Call | 'batch'): MessagesOrFlaw {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return flawed('invalid_json', '', notJson(body))
  }
  if (!isFields(value))
    return flawed('invalid_envelope', '', `expected an object, came ${kindOf(value)}. Send it as that type.`)
  const messages = call === 'batch' ? value.batch : [{ ...value, type: call }]
  if (!Array.isArray(messages))
    return flawed(
      'invalid_envelope',
      '/batch',
      `expected a list of messages, came ${kindOf(messages)}. Send what libraries send to this route.`,
    )
  if (messages.length > MESSAGES_PER_BATCH)
    return flawed(
      'too_many_events',
      '/batch',
      `expected at most ${MESSAGES_PER_BATCH} messages, came ${messages.length}. Send several requests.`,
    )
  const common = fieldsIn(value, 'context')
  return (
    contextFlaw(common, messages.length) ?? {
      opened: { messages: inContext(messages, common), ...sentWith(value, messages) },
      flaw: null,
    }
  )
}

function sentWith(body: Fields, messages: readonly unknown[]): Omit<OpenedMessages, 'messages'> {
  const [first] = messages
  const writeKey = textIn(body, 'writeKey') ?? (isFields(first) ? textIn(first, 'writeKey') : undefined)
  return { writeKey: writeKey ?? null, sentAt: timeIn(body, 'sentAt') }
}

/** Each message is looked at with the whole of it: 500 KB would be as much work as a gigabyte. */
function contextFlaw(common: Fields, messages: number): MessagesOrFlaw | null {
  if (isTooDeep(common, MESSAGE_DEPTH))
    return flawed('too_deep', '/context', `expected at most ${MESSAGE_DEPTH} levels, came more. Flatten it.`)
  const bytes = messages * JSON.stringify(common).length
  return bytes <= WRITTEN_OUT_BYTES
    ? null
    : flawed(
        'batch_too_large',
        '/context',
        `expected at most ${WRITTEN_OUT_BYTES} bytes with the context of all written into each message, came ${bytes}. Send several requests.`,
      )
}

/** A batch may say once what holds for all its messages. */
function inContext(messages: readonly unknown[], common: Fields): readonly unknown[] {
  if (Object.keys(common).length === 0) return messages
  return messages.map(message =>
    isFields(message) ? { ...message, context: { ...common, ...fieldsIn(message, 'context') } } : message,
  )
}

const flawed = (code: Flaw['code'], path: string, message: string): MessagesOrFlaw => ({
  opened: null,
  flaw: { code, path, message },
})
