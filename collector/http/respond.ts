/** A page that renders nothing and is framed by nobody: what every answer carries unless it is an HTML page. */
const NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** Headers of every answer (trust.md). CORP is the route's: the snippet is for other sites, the rest is not. */
export const SECURITY_HEADERS = {
  'content-security-policy': NO_CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

const JSON_HEADERS = { ...SECURITY_HEADERS, 'content-type': 'application/json', 'cache-control': 'no-store' }

/** A JSON answer. `extra` header names are lower case and win over the defaults. */
export const json = (value: unknown, status = 200, extra?: Readonly<Record<string, string>>): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: extra ? { ...JSON_HEADERS, ...extra } : JSON_HEADERS,
  })

/** Adds the headers of every answer to one a handler made otherwise (a stream, a page); its own win. */
export function secured(response: Response): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}

export interface PageOptions {
  /** @default 200 */
  readonly status?: number
  /** where its forms may be sent. @default nowhere */
  readonly formAction?: "'self'" | "'none'"
}

/** An HTML page that loads nothing but the style inside it, which `styleHash` (sha256-…) allows. */
export const page = (
  html: string,
  styleHash: string,
  { status = 200, formAction = "'none'" }: PageOptions = {},
): Response =>
  new Response(html, {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'content-security-policy': `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    },
  })
