import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readRelease } from '../access/snippet-release.ts'
import { type OwnAddress, ownUrl } from './own-url.ts'
import { problem } from './problem.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { FOR_ANY_PAGE, serveScript } from './served-file.ts'

export interface SnippetDeps extends OwnAddress {
  /** where goldpan.js, its versions, chunks and compressed forms are */
  readonly publicDir: string
}

const MOVING = 'goldpan.js'
/** What a page with forms of several visits may add (docs/progressive-profiling.md). */
const FORMS = 'goldpan-forms.js'

/** A core, `goldpan.1a2b3c4d.js`, or a chunk, `goldpan.vitals.1a2b3c4d.js`: the name changes with the content. */
const VERSIONED = /^goldpan\.(?:[a-z]+\.)?[0-9a-f]{8}\.js$/

/** Our choice: a new release reaches every page within the hour, and no page waits for the question whether there is one. */
const MOVING_CACHE = 'public, max-age=3600, stale-while-revalidate=86400'
const VERSIONED_CACHE = 'public, max-age=31536000, immutable'

/**
 * The script of the tag, under its moving name and under those that never change their content, and which is which. The
 * folder is read once, at the start; a route a file keeps the router's fast way (a pattern at the root would not).
 */
export const snippetRoutes = (deps: SnippetDeps): readonly Route[] => [
  fileRoute(deps, MOVING, MOVING_CACHE),
  fileRoute(deps, FORMS, MOVING_CACHE),
  { method: 'GET', path: '/goldpan.json', access: 'public', handle: tellRelease(deps) },
  ...versionedIn(deps).map(file => fileRoute(deps, file, VERSIONED_CACHE)),
]

const fileRoute = ({ publicDir }: SnippetDeps, file: string, cacheControl: string): Route => ({
  method: 'GET',
  path: `/${file}`,
  access: 'public',
  handle: serveScript(join(publicDir, file), cacheControl) ?? (() => notBuilt(publicDir)),
})

const versionedIn = ({ publicDir }: SnippetDeps): readonly string[] =>
  existsSync(publicDir) ? readdirSync(publicDir).filter(file => VERSIONED.test(file)) : []

/** `GET /goldpan.json`: which file is today's, where it is and what its SRI hash is. */
function tellRelease(deps: SnippetDeps): Handle {
  const release = readRelease(deps.publicDir)
  if (!release) return () => notBuilt(deps.publicDir)
  return c => {
    const url = `${ownUrl(c.env.incoming, deps) ?? deps.basePath}/${release.file}`
    return json({ ...release, url }, 200, FOR_ANY_PAGE)
  }
}

/** Says which file is today's to who asks for a version that is not here; null for any other path. */
export function unknownVersion({ publicDir }: SnippetDeps): (path: string) => Response | null {
  const release = readRelease(publicDir)
  return path => {
    const file = path.slice(path.lastIndexOf('/') + 1)
    if (!VERSIONED.test(file)) return null
    const current = release?.file ?? MOVING
    return problem(
      404,
      'unknown_version',
      'There is no such version of the snippet',
      `Expected a file that this collector has, came ${file}. Today’s is ${current}; ${MOVING} always is today’s.`,
      { members: { current }, headers: FOR_ANY_PAGE },
    )
  }
}

const notBuilt = (publicDir: string): Response =>
  problem(
    404,
    'not_built',
    'The snippet is not built',
    `Expected ${MOVING} and manifest.json in ${publicDir}, came nothing. Run \`npm run build\`.`,
  )
