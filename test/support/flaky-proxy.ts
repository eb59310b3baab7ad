import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface FlakyProxy {
  readonly url: string
  /** method, path and answer of what came, preflights aside */
  readonly seen: readonly string[]
}

/**
 * Stands before a collector and spoils its answers to the first calls: what was sent is kept, and the sender is told that
 * it was not. The hardest case of a retry.
 * @param statuses in the place of the first answers
 */
export async function startFlakyProxy(target: string, statuses: readonly number[]): Promise<FlakyProxy> {
  const { hostname, port } = new URL(target)
  const seen: string[] = []
  const left = [...statuses]
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const onward = request({ hostname, port, method, path, headers }, answer => {
      const spoiled = method === 'POST' ? left.shift() : undefined
      if (method !== 'OPTIONS') seen.push(`${method} ${path} ${spoiled ?? answer.statusCode}`)
      pass(answer, outgoing, spoiled)
    })
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${address.port}`, seen }
}

function pass(answer: IncomingMessage, outgoing: ServerResponse, spoiled: number | undefined): void {
  const later = spoiled === undefined ? {} : { 'retry-after': '1' }
  outgoing.writeHead(spoiled ?? answer.statusCode ?? 500, { ...answer.headers, ...later })
  answer.pipe(outgoing)
}
