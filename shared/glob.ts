import { LIMITS } from './limits.ts'

/**
 * Globs of goldpan.yaml. Two kinds: name globs (`*` anything) and path globs (`*` within a segment, `**` across). Neither
 * backtracks: a name glob finds its literals one after the other, a path glob walks its pieces over the set of text
 * positions reached so far, so the time is at most text length × glob length. A glob longer than any URL, name or id on
 * the wire (limits.ts, stringChars) matches nothing.
 */
export type GlobTest = (text: string) => boolean

const WITHIN = '*'
const ACROSS = '**'
/** `/**` before a slash or at the end: no segment, or any number of them */
const SEGMENTS = '/**'

/** Decoded, lower case, NFC, without trailing slashes (but `/`): the form in which path globs and paths meet. */
export function canonicalPath(path: string): string {
  const text = canonicalName(path)
  let end = text.length
  while (end > 1 && text[end - 1] === '/') end--
  return text.slice(0, end)
}

/** Decoded, lower case, NFC: the form in which name globs and names meet. */
export const canonicalName = (name: string): string => decodePercent(name).normalize('NFC').toLowerCase()

/** Percent-decodes what is valid UTF-8 and leaves the rest as it is. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

/**
 * A test for canonical paths. `/pricing/**` matches `/pricing` too; a glob without a leading slash counts from the root
 * (`pricing/*` is `/pricing/*`), unless it begins with `**`.
 */
export function pathGlob(glob: string): GlobTest {
  if (glob.length > LIMITS.stringChars) return matchesNothing
  const pieces = piecesOf(glob)
  const [first = ''] = pieces
  const prefix = isWildcard(first) ? '' : first
  if (pieces.length === 1 && prefix !== '') return text => text === prefix
  return text => text.startsWith(prefix) && reachesEnd(pieces, text)
}

/** Literals and wildcards in turn. */
function piecesOf(glob: string): readonly string[] {
  const text = canonicalPath(glob)
  const rooted = text.startsWith('/') || text.startsWith(ACROSS) ? text : `/${text}`
  return rooted
    .split(/(\/\*\*+(?=\/|$)|\*+)/)
    .filter(piece => piece !== '')
    .map(piece => (piece.startsWith(SEGMENTS) ? SEGMENTS : piece.startsWith(ACROSS) ? ACROSS : piece))
}

const isWildcard = (piece: string): boolean => piece === WITHIN || piece === ACROSS || piece === SEGMENTS

const matchesNothing: GlobTest = () => false

/** A test for canonical names: file names, form ids, titles, hosts. */
export function nameGlob(glob: string): GlobTest {
  if (glob.length > LIMITS.stringChars) return matchesNothing
  const literals = canonicalName(glob).split(/\*+/)
  const [prefix = ''] = literals
  if (literals.length === 1) return text => text === prefix
  const suffix = literals.at(-1) ?? ''
  const inner = literals.slice(1, -1)
  return text => text.startsWith(prefix) && text.endsWith(suffix) && holds(text, prefix, inner, suffix)
}

/** The leftmost place for each literal leaves the most room for the next. */
function holds(text: string, prefix: string, inner: readonly string[], suffix: string): boolean {
  let at = prefix.length
  for (const literal of inner) {
    const found = text.indexOf(literal, at)
    if (found < 0) return false
    at = found + literal.length
  }
  return at <= text.length - suffix.length
}

/** A test for any text as it comes (`{ glob }` in a condition): a glob that begins with `/` is a path glob. */
export function globTest(glob: string): GlobTest {
  const [canonical, test] = glob.startsWith('/')
    ? [canonicalPath, pathGlob(glob)]
    : [canonicalName, nameGlob(glob)]
  return text => test(canonical(text))
}

function reachesEnd(pieces: readonly string[], text: string): boolean {
  let reached = new Uint8Array(text.length + 1)
  reached[0] = 1
  for (const piece of pieces) {
    if (piece === WITHIN) stepWithin(reached, text)
    else if (piece === ACROSS) stepAcross(reached)
    else if (piece === SEGMENTS) stepSegments(reached, text)
    else reached = stepLiteral(reached, text, piece)
  }
  return reached[text.length] === 1
}

function stepWithin(reached: Uint8Array, text: string): void {
  for (let i = 0; i < text.length; i++) if (reached[i] === 1 && text[i] !== '/') reached[i + 1] = 1
}

function stepAcross(reached: Uint8Array): void {
  const first = reached.indexOf(1)
  if (first >= 0) reached.fill(1, first)
}

/** What follows begins with a slash or is the end (piecesOf), so it finds its own segment boundary. */
function stepSegments(reached: Uint8Array, text: string): void {
  const first = reached.findIndex((here, i) => here === 1 && text[i] === '/')
  if (first >= 0) reached.fill(1, first)
}

function stepLiteral(reached: Uint8Array, text: string, literal: string): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(text.length + 1)
  for (let i = 0; i + literal.length <= text.length; i++) {
    if (reached[i] === 1 && text.startsWith(literal, i)) next[i + literal.length] = 1
  }
  return next
}
