import { Agent, type IncomingMessage, request } from 'node:http'
import type { IngestAnswer } from '../../../shared/wire.ts'
import type { Batch } from './visitors.ts'

/** What became of a delivery, as its browser sees it. */
export type Delivery =
  /** `answer` null: a 2xx of which no body came, or another status */
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly retryAfter: string | null
      readonly answer: IngestAnswer | null
    }
  /** no answer: whether it was recorded nobody knows */
  | { readonly kind: 'cut' }

export interface Sending {
  send(url: string, batch: Batch): Promise<Delivery>
  close(): void
}

/** @param connections at once */
export function openSending(connections: number): Sending {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    send: (url, batch) => deliver(agent, url, batch),
    close: () => agent.destroy(),
  }
}

export const isAcknowledged = (delivery: Delivery): boolean =>
  delivery.kind === 'answered' && delivery.status === 202

function deliver(agent: Agent, url: string, { body, headers }: Batch): Promise<Delivery> {
  return new Promise(resolve => {
    const sent = request(`${url}/v1/events`, { method: 'POST', agent, headers }, response => {
      void answered(response).then(resolve)
    })
    sent.on('error', () => resolve({ kind: 'cut' }))
    sent.end(body)
  })
}

/** The promise is given with the first line of the answer: a body that is cut off takes nothing of it back. */
async function answered(response: IncomingMessage): Promise<Delivery> {
  const status = response.statusCode ?? 0
  const retryAfter = response.headers['retry-after'] ?? null
  const text = await textOf(response)
  const answer: IngestAnswer | null = status === 202 && text !== null ? JSON.parse(text) : null
  return { kind: 'answered', status, retryAfter, answer }
}

async function textOf(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  } catch {
    return null
  }
}
