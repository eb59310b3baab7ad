import type { IncomingMessage } from 'node:http'
import { readSource } from '../queries/model-requests.ts'
import type { Answer } from '../queries/refusal.ts'
import { refusal } from './answer.ts'
import { bodyReader } from './body.ts'
import { problem } from './problem.ts'
import { UNREAD, unread } from './unread.ts'

export type ModelBody<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly answer: Response }

/** A model has at most 1 MB (models/read-tree.ts); as JSON, where a line's end takes two characters, somewhat more. */
const MOST_BYTES = 1_500_000

const readBody = bodyReader({ bodyBytes: MOST_BYTES, heldBytes: 8 * MOST_BYTES })

/** The text of a model: `{source}` where it comes as JSON, else the body as it is. */
export async function readModelText(incoming: IncomingMessage): Promise<ModelBody<string>> {
  const text = await readText(incoming)
  if (!text.ok || !isJson(incoming)) return text
  const body = parsed(text.value, readSource)
  return body.ok ? { ok: true, value: body.value.source } : body
}

/** A JSON body as `read` understands it; no body is an empty object. */
export async function readModelJson<T>(
  incoming: IncomingMessage,
  read: (body: unknown) => Answer<T>,
): Promise<ModelBody<T>> {
  const text = await readText(incoming)
  return text.ok ? parsed(text.value.trim() || '{}', read) : text
}

const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/json\b/i.test(headers['content-type'] ?? '')

async function readText(incoming: IncomingMessage): Promise<ModelBody<string>> {
  const body = await readBody(incoming)
  return body.kind === 'read'
    ? utf8(body.bytes)
    : {
        ok: false,
        answer: unread(body.kind, 'Expected a model of at most 1 MB, came more. Move lists into CSV files.'),
      }
}

function utf8(bytes: Buffer): ModelBody<string> {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const detail = 'Expected text in UTF-8, came other bytes. Save the file as UTF-8.'
    return { ok: false, answer: problem(400, 'invalid_body', UNREAD, detail) }
  }
}

function parsed<T>(text: string, read: (body: unknown) => Answer<T>): ModelBody<T> {
  const body = read(jsonIn(text))
  return body.ok ? body : { ok: false, answer: refusal(body) }
}

/** @returns undefined when it is no JSON */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
