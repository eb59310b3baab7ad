/** One HTTP answer, as far as a load needs it. */
export interface Answer {
  readonly status: number
  readonly body: Buffer
  /** the server will close the connection after it */
  readonly closes: boolean
  /** seconds after which to come again; null: it does not say */
  readonly retryAfterS: number | null
}

/** What came is no answer this reader knows: one with a Content-Length, or without a body. */
export class AnswerError extends Error {
  constructor(expected: string, came: string) {
    super(`expected ${expected}, came ${JSON.stringify(came.slice(0, 200))}`)
    this.name = 'AnswerError'
  }
}

/** Our choice: far more than any answer's head has. */
const HEAD_BYTES = 65_536
const HEAD_END = '\r\n\r\n'
const NO_BYTES = Buffer.alloc(0)

/**
 * Reads the answers of one connection, however the bytes are cut. It knows just enough of HTTP to cost a few microseconds: a
 * status line, `Content-Length`, `Connection: close`.
 * @param take gets each whole answer; its body is the taker's
 * @returns what takes the next bytes, which are not kept; throws AnswerError
 */
export function answerReader(take: (answer: Answer) => void): (bytes: Buffer) => void {
  let rest = NO_BYTES
  let head: Head | null = null

  /** @returns whether a whole answer was there */
  function readOne(): boolean {
    if (head === null) {
      const end = rest.indexOf(HEAD_END)
      if (end < 0) {
        if (rest.length > HEAD_BYTES) throw new AnswerError('the end of a head', rest.toString('latin1'))
        return false
      }
      head = headOf(rest.toString('latin1', 0, end))
      rest = rest.subarray(end + HEAD_END.length)
    }
    const { bodyBytes, ...said } = head
    if (rest.length < bodyBytes) return false
    const body = rest.subarray(0, bodyBytes)
    rest = rest.subarray(bodyBytes)
    head = null
    take({ ...said, body })
    return true
  }

  return bytes => {
    rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes])
    while (rest.length > 0 || head !== null) if (!readOne()) return
  }
}

interface Head extends Omit<Answer, 'body'> {
  readonly bodyBytes: number
}

const BODILESS = new Set([204, 304])

function headOf(text: string): Head {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? Number.NaN)
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1]
  if (Number.isNaN(status)) throw new AnswerError('the status line of an answer', text)
  if (length === undefined && !BODILESS.has(status)) throw new AnswerError('a Content-Length', text)
  const retryAfter = /\r\nretry-after: *(\d+)/i.exec(text)?.[1]
  return {
    status,
    closes: /\r\nconnection: *close/i.test(text),
    retryAfterS: retryAfter === undefined ? null : Number(retryAfter),
    bodyBytes: Number(length ?? 0),
  }
}
