import type { IncomingMessage } from 'node:http'
import { LIMITS } from '../../shared/limits.ts'
import { type Body, type BodyLimits, bodyReader, textOf } from './body.ts'
import { problem } from './problem.ts'
import { UNREAD, unread } from './unread.ts'

/** A request's JSON, still unknown, or the answer that says why there is none. */
export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly answer: Response }

/**
 * Reads the body of a management call. They are small: one event's size is enough for them, and 100 of them at once.
 */
export const readJson = jsonReader({ bodyBytes: LIMITS.eventBytes, heldBytes: 100 * LIMITS.eventBytes })

/** A reader for calls of another size. */
export function jsonReader(limits: BodyLimits): (incoming: IncomingMessage) => Promise<ReadJson> {
  const readBody = bodyReader(limits)
  return async incoming => parsed(await readBody(incoming), limits)
}

function parsed(body: Body, { bodyBytes }: BodyLimits): ReadJson {
  if (body.kind !== 'read')
    return {
      ok: false,
      answer: unread(body.kind, `Expected at most ${bodyBytes} bytes, came more. Send less.`),
    }
  try {
    return { ok: true, value: JSON.parse(textOf(body.bytes)) }
  } catch {
    const came = body.bytes.length === 0 ? 'none' : 'something else'
    const detail = `Expected a JSON body, came ${came}. Send what JSON.stringify returns.`
    return { ok: false, answer: problem(400, 'invalid_json', UNREAD, detail) }
  }
}
