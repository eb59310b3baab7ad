import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle } from './route.ts'

/** Headers of what pages of other sites load. It is public: a tag with `integrity` and a module are fetched with CORS. */
export const FOR_ANY_PAGE = {
  ...SECURITY_HEADERS,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'timing-allow-origin': '*',
} as const

/** Forms of a file beside it, the smallest first: coding, and how its name ends. */
const FORMS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * Serves a script, read once, in the smallest form the asker takes.
 * @param path of the plain file; null is returned when there is none
 */
export function serveScript(path: string, cacheControl: string): Handle | null {
  const plain = fileOf(path)
  if (!plain) return null
  const forms = FORMS.flatMap(([coding, ending]) => {
    const file = fileOf(path + ending)
    return file ? [{ coding, file }] : []
  })
  return c => {
    const accepted = acceptedIn(c.req.header('accept-encoding'))
    const form = forms.find(({ coding }) => accepted.has(coding))
    const { bytes, etag } = form?.file ?? plain
    const headers = {
      ...FOR_ANY_PAGE,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': cacheControl,
      vary: 'Accept-Encoding',
      etag,
    }
    if (knows(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    const size = { 'content-length': String(bytes.length), ...(form && { 'content-encoding': form.coding }) }
    return new Response(bytes, { headers: { ...headers, ...size } })
  }
}

interface ServedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly etag: string
}

function fileOf(path: string): ServedFile | null {
  if (!existsSync(path)) return null
  const bytes = new Uint8Array(readFileSync(path))
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
}

/** Codings named in Accept-Encoding but for those refused with `q=0`. */
function acceptedIn(header: string | undefined): ReadonlySet<string> {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim())
  return new Set(
    codings.filter(coding => !/;\s*q=0(?:\.0*)?$/.test(coding)).map(coding => coding.replace(/\s*;.*$/, '')),
  )
}

const knows = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some(tag => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
