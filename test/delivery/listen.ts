import { once } from 'node:events'
import type { Server } from 'node:net'

/** Listens on this machine only, on a free port unless one is asked for; resolves with the port. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address)
    throw new Error(`expected the address of a port, got ${address}`)
  return address.port
}
