import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { QualifyingBar } from './qualifying-bar.ts'
import { demoSite } from './site.ts'
import { DemoStartError } from './start-error.ts'
import { readStaticFiles } from './static-files.ts'

export interface DemoSiteOptions {
  /** 0: any free port */
  readonly port: number
  readonly host: string
  /** where browsers find the collector: goes into the tag and the content policy */
  readonly collectorUrl: string
  /** where this process finds it */
  readonly apiUrl: string
  /** id of the collector's site, and its public key */
  readonly site: string
  readonly siteKey: string
  /** bearer token with scopes read and leads:pii; stays on the server */
  readonly token: string
  /** what an MQL needs now (panel-proxy.ts) */
  readonly bar?: () => Promise<QualifyingBar>
  /** the built folder (static-files.ts) */
  readonly distDir: string
}

export interface DemoSite {
  readonly url: string
  /** Ends what is under way, streams too, and frees the port. */
  close(): Promise<void>
}

/**
 * Serves the demo site on an origin of its own.
 * @throws DemoStartError when the port is taken or the build is missing
 */
export async function startDemoSite(options: DemoSiteOptions): Promise<DemoSite> {
  const site = demoSite({ ...options, files: readStaticFiles(options.distDir) })
  const server = createAdaptorServer({ fetch: site.fetch })
  const port = await listen(server, options)
  const host = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** @returns the port it listens on */
function listen(server: ServerType, { port, host }: DemoSiteOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      const fix = `Stop what listens there, or set DEMO_PORT to a free port.`
      reject(new DemoStartError(`The demo site expected port ${port} to be free, and it is taken. ${fix}`))
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
