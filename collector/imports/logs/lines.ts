/** What is longer than any request a web server takes (Apache and nginx refuse more than 8 KB a line; our choice). */
const MOST_LINE_BYTES = 128_000

const NEWLINE = 10
const EMPTY = Buffer.alloc(0)

/**
 * Lines of a stream of bytes, as many at once as each chunk ends, so that a log is never whole in memory; null for a line
 * that is too long to be one. Bytes that are not UTF-8 become U+FFFD. Zeros before a line are skipped: a log that was
 * emptied while a server held it open begins with as many as it was long.
 */
export async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly (string | null)[]> {
  let held: Buffer = EMPTY
  let isTooLong = false
  const take = (end: Buffer): string | null => {
    const isOne = !isTooLong && held.length + end.length <= MOST_LINE_BYTES
    const line = isOne ? textOf(held.length === 0 ? end : Buffer.concat([held, end])) : null
    held = EMPTY
    isTooLong = false
    return line
  }
  for await (const chunk of chunks) {
    const lines: (string | null)[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      lines.push(take(chunk.subarray(from, end)))
      from = end + 1
    }
    const rest = chunk.subarray(from)
    if (!isTooLong) held = withoutZeros(Buffer.concat([held, rest]))
    isTooLong ||= held.length > MOST_LINE_BYTES
    if (isTooLong) held = EMPTY
    yield lines
  }
  if (held.length > 0 || isTooLong) yield [take(EMPTY)]
}

const textOf = (line: Buffer): string =>
  withoutZeros(line)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '')

function withoutZeros(bytes: Buffer): Buffer {
  let from = 0
  while (bytes[from] === 0) from += 1
  return from === 0 ? bytes : bytes.subarray(from)
}
