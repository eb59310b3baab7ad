import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from './problem.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'

const FILE = 'goldpan.js'

/** Our choice: a new release reaches every page within the hour. */
const MAX_AGE_S = 3_600

/** `GET /goldpan.js`: the script tag, read once, as it is and precompressed. */
export const snippetRoutes = (publicDir: string): readonly Route[] => [
  { method: 'GET', path: `/${FILE}`, access: 'public', handle: serveSnippet(publicDir) },
]

function serveSnippet(publicDir: string): Handle {
  const plain = fileOf(join(publicDir, FILE))
  if (!plain) return () => notBuilt(publicDir)
  const forms = {
    br: fileOf(join(publicDir, `${FILE}.br`)),
    gzip: fileOf(join(publicDir, `${FILE}.gz`)),
  }
  return c => {
    const accepted = acceptedIn(c.req.header('accept-encoding'))
    const encoding = (['br', 'gzip'] as const).find(name => accepted.has(name) && forms[name])
    const file = (encoding && forms[encoding]) ?? plain
    const headers = {
      ...SECURITY_HEADERS,
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': `public, max-age=${MAX_AGE_S}`,
      // For tags with `integrity`, which need CORS. The script is public.
      'access-control-allow-origin': '*',
      vary: 'Accept-Encoding',
      etag: file.etag,
      ...(encoding && { 'content-encoding': encoding }),
    }
    return knows(c.req.header('if-none-match'), file.etag)
      ? new Response(null, { status: 304, headers })
      : new Response(file.bytes, { headers })
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
  (ifNoneMatch ?? '').split(',').some(tag => tag.trim().replace(/^W\//, '') === etag)

const notBuilt = (publicDir: string): Response =>
  problem(
    404,
    'not_built',
    'The snippet is not built',
    `Expected ${FILE} in ${publicDir}, came nothing. Run \`npm run build\`.`,
  )
