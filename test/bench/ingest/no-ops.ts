import type { Cores } from './cores.ts'
import { type Server, startServer } from './servers.ts'

/** Servers that read a request and answer 202, and do nothing else: what is left when the collector's work is taken away. */

const RAW = `
import { createServer } from 'node:http'
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': 2 })
    response.end('{}')
  })
})
`

/** As collector/http/server.ts and app.ts put them together. */
const HONO = `
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
const app = new Hono({ strict: false })
app.on('POST', '/v1/events', c => new Promise(resolve => {
  const { incoming } = c.env
  incoming.resume()
  incoming.on('end', () => resolve(new Response('{}', { status: 202, headers: { 'content-type': 'application/json' } })))
}))
const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' })
`

const LISTEN = `server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))`

const noOp =
  (name: string, source: string) =>
  (cores: Cores | null): Promise<Server> =>
    startServer({ name, args: ['--input-type=module', '--eval', source + LISTEN], cores })

export const startRawNoOp = noOp('raw node:http no-op', RAW)
export const startHonoNoOp = noOp('Hono no-op', HONO)
