import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'

/** What the build says of itself in manifest.json. */
const SnippetRelease = Type.Object({
  /** today's core under the name that never changes its content, `goldpan.1a2b3c4d.js` */
  file: Type.String({ pattern: '^goldpan\\.[0-9a-f]{8}\\.js$' }),
  /** of that file, for `integrity` of a tag */
  integrity: Type.String({ pattern: '^sha384-[A-Za-z0-9+/]{64}$' }),
  /** modules that the core loads when they are needed */
  chunks: Type.Array(Type.String()),
})
export type SnippetRelease = Static<typeof SnippetRelease>

/** Which snippet a collector serves; null when none is built there. */
export function readRelease(publicDir: string): SnippetRelease | null {
  const path = join(publicDir, 'manifest.json')
  if (!existsSync(path)) return null
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return Check(SnippetRelease, manifest) ? manifest : null
}
