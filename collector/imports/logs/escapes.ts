const ESCAPE = /\\(?:x([\da-f]{2})|(.))/gi
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }

/**
 * A quoted field as the client sent it. Apache writes `\"` and `\\`, both servers write bytes as `\x22`; several of those in
 * a row may be one character of UTF-8, and what is none becomes U+FFFD.
 */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  const bytes: Buffer[] = []
  let from = 0
  for (const { index, 0: all, 1: hex, 2: character = '' } of text.matchAll(ESCAPE)) {
    bytes.push(Buffer.from(text.slice(from, index)))
    bytes.push(hex === undefined ? Buffer.from(CONTROLS[character] ?? character) : Buffer.from(hex, 'hex'))
    from = index + all.length
  }
  bytes.push(Buffer.from(text.slice(from)))
  return Buffer.concat(bytes).toString('utf8')
}
