import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** One system call on a file or a socket. */
export interface Call {
  readonly name: string
  /** of the file, or `socket:[…]` */
  readonly path: string
  /** what was read or written, as strace escapes it: plain ASCII is plain */
  readonly data: string
  /** bytes asked for, and where in the file; null: the call has none */
  readonly bytes: number | null
  readonly offset: number | null
  /** when it began and when it had ended, as places in the trace */
  readonly began: number
  readonly ended: number
}

/** Every call of a trace that ended well, in the order of their ends. */
export async function* callsIn(file: string): AsyncGenerator<Call> {
  const lines = createInterface({
    input: createReadStream(file, 'latin1'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  /** what a thread was in when another one was heard */
  const cut = new Map<string, { readonly text: string; readonly began: number }>()
  let place = 0
  for await (const line of lines) {
    place += 1
    const [, pid = '', text = ''] = /^(\d+) +(.*)$/s.exec(line) ?? []
    if (text.endsWith(UNFINISHED)) {
      cut.set(pid, { text: text.slice(0, -UNFINISHED.length), began: place })
      continue
    }
    const rest = RESUMED.exec(text)?.[1]
    const before = rest === undefined ? null : cut.get(pid)
    const call = callOf(before ? before.text + rest : text, before?.began ?? place, place)
    if (call) yield call
  }
}

const UNFINISHED = ' <unfinished ...>'
const RESUMED = /^<\.\.\. \w+ resumed>(.*)$/s

/** `pwrite64(19</data/goldpan.db-wal>, "…", 24, 354352) = 24` */
const CALL = /^(\w+)\(\d+<([^>]*)>(?:, )?(.*)\) += (-?\d+)/s
/** What follows the text of a call: its length, its place. */
const NUMBERS = /"(?:\.\.\.)?, (\d+)(?:, (\d+))?$/

function callOf(text: string, began: number, ended: number): Call | null {
  const [, name = '', path = '', data = '', result = ''] = CALL.exec(text) ?? []
  if (name === '' || result.startsWith('-')) return null
  const [, bytes, offset] = NUMBERS.exec(data.slice(-60)) ?? []
  return {
    ...{ name, path, data, began, ended },
    bytes: bytes === undefined ? null : Number(bytes),
    offset: offset === undefined ? null : Number(offset),
  }
}

/** The bytes of a text as strace escapes it, up to its closing quote. */
export function unescaped(data: string): Buffer {
  const text = /^"((?:[^"\\]|\\.)*)"/s.exec(data)?.[1] ?? ''
  const plain = text.replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (NAMED[code] ?? code),
  )
  return Buffer.from(plain, 'latin1')
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' }
