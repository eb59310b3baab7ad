import { type Body, TAKEN_ENCODINGS } from './body.ts'
import { problem } from './problem.ts'

export const UNREAD = 'The body cannot be read'

/**
 * Why a management call's body was not read.
 * @param tooLarge what is expected, and how to send less
 */
export function unread(why: Exclude<Body['kind'], 'read'>, tooLarge: string): Response {
  const [status, code, detail, headers] = UNREADABLE[why]
  return problem(status, code, UNREAD, why === 'too_large' ? tooLarge : detail, { headers })
}

const UNREADABLE: Readonly<
  Record<
    Exclude<Body['kind'], 'read'>,
    readonly [status: number, code: string, detail: string, headers: Readonly<Record<string, string>>]
  >
> = {
  too_large: [413, 'body_too_large', '', {}],
  busy: [503, 'overloaded', 'Too much at once. Send it again in a second.', { 'retry-after': '1' }],
  unknown_encoding: [
    415,
    'unsupported_encoding',
    'Expected a plain or gzip body, came another Content-Encoding. Send it plain.',
    TAKEN_ENCODINGS,
  ],
  broken_gzip: [
    400,
    'invalid_body',
    'Expected gzip as Content-Encoding says, came bytes that do not inflate. Send the body plain.',
    {},
  ],
  gone: [400, 'invalid_body', 'Expected a whole body, came a part of one. Send it again.', {}],
}
