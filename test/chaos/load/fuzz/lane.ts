import { connect, type Socket } from 'node:net'
import { type Answer, AnswerError, answerReader } from '../../../support/load/answers.ts'
import type { Target } from '../../../support/load/connection.ts'
import type { FuzzBody } from './bodies.ts'

export interface LaneEnd<T> {
  /** in the order of the requests; fewer when the connection went */
  readonly answers: readonly T[]
  /** in words: nothing came for too long, what came is no answer, or there was no connection */
  readonly fault: string | null
}

/** Our choice: an honest answer takes milliseconds; the collector cuts what is slow after 30 s. */
const PATIENCE_MS = 20_000

/** Sends whole bodies one behind the other on one connection, not waiting for answers in between. */
export function sendPipelined(target: Target, bodies: readonly FuzzBody[]): Promise<LaneEnd<Answer>> {
  const answers: Answer[] = []
  return talk(target, socket => {
    const read = answerReader(answer => {
      answers.push(answer)
      if (answers.length === bodies.length) socket.destroy()
    })
    socket.write(Buffer.concat(bodies.map(({ bytes }) => bytes)))
    return read
  }).then(fault => ({ answers, fault }))
}

const STATUS_LINES = /^HTTP\/1\.[01] (\d{3}) /gm

/**
 * Sends what may not end where it says it does, alone, and says that no more comes.
 * @returns the statuses that came: none, when it was hung up, and two, when the rest was read as another request
 */
export async function sendAlone(target: Target, body: FuzzBody): Promise<LaneEnd<number>> {
  let came = ''
  const fault = await talk(target, socket => {
    socket.end(body.bytes)
    return bytes => {
      came += bytes.toString('latin1')
    }
  })
  const statuses = [...came.matchAll(STATUS_LINES)].map(([, status]) => Number(status))
  return { answers: statuses.filter(status => status >= 200), fault }
}

function talk(target: Target, begin: (socket: Socket) => (bytes: Buffer) => void): Promise<string | null> {
  return new Promise(resolve => {
    let fault: string | null = 'not connected'
    const socket = connect(target)
    const read = begin(socket)
    socket.once('connect', () => {
      fault = null
    })
    socket.setTimeout(PATIENCE_MS, () => {
      fault = 'silent'
      socket.destroy()
    })
    socket.on('data', bytes => {
      try {
        read(bytes)
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error
        fault = error.message
        socket.destroy()
      }
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve(fault))
  })
}
