import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { DemoStartError } from './start-error.ts'

/**
 * The site's files, read once at the start and served from memory: nothing a visitor asks for is ever a path on disk.
 * Style sheets are kept as one file per subject and served as one each.
 */
export interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
  /** of the content: in the URL it allows a year of caching, as ETag it saves sending the same again */
  readonly version: string
}

/** Order matters where rules are equally specific. */
const STYLE_SHEETS: Readonly<Record<string, readonly string[]>> = {
  'site.css': [
    ...['tokens', 'base', 'shell', 'header', 'footer', 'parts', 'covers', 'forms'],
    ...['home', 'board', 'features', 'pricing', 'lists', 'articles'],
  ].map(part => `site/${part}.css`),
  'panel.css': ['head', 'shell', 'stage', 'axes', 'lists', 'moment'].map(part => `panel/${part}.css`),
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml',
}

/**
 * @param distDir the built folder: panel.js, site/ and panel/ with style sheets, assets/
 * @returns by path below the root, without a leading slash
 * @throws DemoStartError when a file of the build is missing
 */
export function readStaticFiles(distDir: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  const add = (name: string, parts: readonly string[]): void => {
    const body = Buffer.concat(parts.map(part => readBuilt(distDir, part)))
    const version = createHash('sha256').update(body).digest('base64url').slice(0, 12)
    files.set(name, { body: new Uint8Array(body), type: typeOf(name), version })
  }
  add('panel.js', ['panel.js'])
  for (const [name, parts] of Object.entries(STYLE_SHEETS)) add(name, parts)
  for (const name of readdirSync(join(distDir, 'assets'))) add(`assets/${name}`, [`assets/${name}`])
  return files
}

function readBuilt(distDir: string, name: string): Buffer {
  try {
    return readFileSync(join(distDir, name))
  } catch (cause) {
    throw new DemoStartError(
      `The demo site expected ${name} in ${distDir}. Run "npm run build" and start again.`,
      { cause },
    )
  }
}

function typeOf(name: string): string {
  const type = TYPES[extname(name)]
  if (type === undefined) {
    throw new Error(
      `demo-site/static-files.ts has no content type for ${name}; it knows ${Object.keys(TYPES).join(', ')}`,
    )
  }
  return type
}
