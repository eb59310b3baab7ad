import type { Flaw } from '../flaw.ts'
import type { Call } from './event.ts'
import { type Fields, fieldsIn, isFields, textIn, timeIn } from './message.ts'

/** Our choice: what 500 KB hold of the smallest messages that libraries make. */
export const MESSAGES_PER_BATCH = 2_500

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
    return flawed('invalid_json', '', `expected JSON, came ${body.length} characters that are not.`)
  }
  if (!isFields(value)) return flawed('invalid_envelope', '', 'expected an object, came another value.')
  const messages = call === 'batch' ? value.batch : [{ ...value, type: call }]
  if (!Array.isArray(messages))
    return flawed('invalid_envelope', '/batch', 'expected a list of messages, came none.')
  if (messages.length > MESSAGES_PER_BATCH)
    return flawed(
      'too_many_events',
      '/batch',
      `expected at most ${MESSAGES_PER_BATCH} messages, came ${messages.length}. Send several requests.`,
    )
  return { opened: { messages: inContext(messages, value), ...sentWith(value, messages) }, flaw: null }
}

function sentWith(body: Fields, messages: readonly unknown[]): Omit<OpenedMessages, 'messages'> {
  const [first] = messages
  const writeKey = textIn(body, 'writeKey') ?? (isFields(first) ? textIn(first, 'writeKey') : undefined)
  return { writeKey: writeKey ?? null, sentAt: timeIn(body, 'sentAt') }
}

/** A batch may say once what holds for all its messages. */
function inContext(messages: readonly unknown[], body: Fields): readonly unknown[] {
  const common = fieldsIn(body, 'context')
  if (Object.keys(common).length === 0) return messages
  return messages.map(message =>
    isFields(message) ? { ...message, context: { ...common, ...fieldsIn(message, 'context') } } : message,
  )
}

const flawed = (code: Flaw['code'], path: string, message: string): MessagesOrFlaw => ({
  opened: null,
  flaw: { code, path, message },
})
