import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Answer {
  readonly status: number
  readonly closes: boolean
  readonly text: string
}

/** A kept connection, on which requests are sent one after the other; null: it was closed without an answer. */
export function lane(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let got = ''
  let answered: (answer: Answer | null) => void = () => {}
  socket.on('error', () => {}).once('close', () => answered(null))
  socket.on('data', chunk => {
    got += chunk.toString('latin1')
    const [, status, head = '', length] =
      /^HTTP\/1\.1 (\d{3})(.*?\r\ncontent-length: (\d+).*?)\r\n\r\n/is.exec(got) ?? []
    const from = got.indexOf('\r\n\r\n') + 4
    if (status === undefined || got.length < from + Number(length)) return
    const answer = { status: Number(status), closes: /\r\nconnection: close/i.test(head), text: got }
    got = ''
    answered(answer)
  })
  return (request: string) =>
    new Promise<Answer | null>(resolve => {
      answered = resolve
      if (socket.destroyed) resolve(null)
      else socket.write(request)
    })
}

export const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
