import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { uuidV7Maker } from '../../../shared/ids.ts'
import { WIRE_VERSION } from '../../../shared/wire.ts'

export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  /** null: without one. @default the administrator's */
  readonly token?: null
}

/** A client that throws away what it is answered: it shares the process with the collector it measures. */
export interface Client {
  /** @returns ms it took @throws for any status but 2xx */
  ask(asked: Asked): Promise<number>
  /** Asks, and hangs up when it was not answered in time. */
  askFor(mostMs: number, asked: Asked): Promise<void>
  /** One page view, acknowledged. @returns ms it took */
  send(): Promise<number>
  close(): void
}

const JSON_TYPE = { 'content-type': 'application/json' }

export function clientOf(url: string, token: string, publicKey: string): Client {
  // an idle connection may be closed just when it is used again: it is let go of before
  const [sending, asking] = [new Agent({ keepAlive: true, timeout: 1_000 }), new Agent()]
  const nextId = uuidV7Maker(length => randomBytes(length))
  const ask = ({ method, path, body, token: given }: Asked, signal?: AbortSignal): Promise<number> =>
    new Promise((resolve, reject) => {
      const began = performance.now()
      const agent = given === null ? sending : asking
      const headers = given === null ? {} : { authorization: `Bearer ${token}` }
      const sent = request(
        `${url}${path}`,
        { method, agent, headers: { ...headers, ...JSON_TYPE }, ...(signal && { signal }) },
        answer => {
          answer.resume()
          answer.on('end', () => {
            const status = answer.statusCode ?? 0
            if (status >= 200 && status < 300) resolve(performance.now() - began)
            else reject(new Error(`${method} ${path}: ${status}`))
          })
        },
      )
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  return {
    ask: asked => ask(asked),
    askFor: async (mostMs, asked) => {
      const over = AbortSignal.timeout(mostMs)
      await ask(asked, over).catch(error => {
        if (!over.aborted) throw error
      })
    },
    send: () => {
      const now = Date.now()
      const visitor = randomBytes(16).toString('hex')
      const page = { url: 'https://acme.example/pricing' }
      const events = [{ id: nextId(now), at: now, type: 'page_view', page, props: {} }]
      const body = { v: WIRE_VERSION, site: publicKey, sentAt: now, visitor, session: `${visitor}-s`, events }
      return ask({ method: 'POST', path: '/v1/events', body, token: null })
    },
    close: () => sending.destroy(),
  }
}
