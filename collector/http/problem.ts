import { SECURITY_HEADERS } from './respond.ts'

/** RFC 9457. `code` is for programs and never changes; `detail` is for people: what was expected, what came, how to mend it. */
export interface Problem {
  readonly type: 'about:blank'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}

/** Members beside the standard ones, and headers (names in lower case). */
export interface ProblemExtra {
  readonly members?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** An error answer as `application/problem+json`. */
export function problem(
  status: number,
  code: string,
  title: string,
  detail: string,
  extra: ProblemExtra = {},
): Response {
  const body: Problem = { type: 'about:blank', status, code, title, detail, ...extra.members }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...extra.headers,
    },
  })
}
