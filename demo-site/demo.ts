import { dirname } from 'node:path'
import { type Collector, type CollectorOptions, startCollector } from '../collector/main.ts'
import { NO_BAR, qualifyingBar } from './qualifying-bar.ts'
import { type DemoSite, startDemoSite } from './server.ts'

export interface Demo {
  readonly url: string
  readonly collector: Collector
  /** Stops serving, then lets the collector finish what it has. */
  close(): Promise<void>
}

const SITE = 'demo'

/**
 * Starts a collector and, on an origin of its own, the demo site with the collector's tag pasted in.
 * @param distDir the demo site's built folder
 * @throws StartError, StoreError or DemoStartError with how to mend it; nothing is left running then
 */
export async function startDemo(options: CollectorOptions & { readonly distDir: string }): Promise<Demo> {
  const { print = () => {} } = options
  const lines: string[] = []
  const collector = await startCollector({ ...options, print: line => lines.push(line) })
  try {
    const demo = await serveSite(collector, options.distDir)
    for (const line of lines.filter(line => !isInBanner(collector, line))) print(line)
    print(banner(collector, demo.url))
    return {
      url: demo.url,
      collector,
      close: async () => {
        await demo.close()
        await collector.close()
      },
    }
  } catch (error) {
    // Without a banner this is where the first token can be read.
    for (const line of lines) print(line)
    await collector.close()
    throw error
  }
}

async function serveSite(collector: Collector, distDir: string): Promise<DemoSite> {
  const { config, store } = collector
  const draft = { id: SITE, name: 'Quartermark, the demo site' }
  const site = await collector.ensureSite({ ...draft, origins: [] })
  const demo = await startDemoSite({
    port: config.demoPort,
    host: config.host,
    collectorUrl: collector.url,
    apiUrl: `http://${reachable(config.host)}:${collector.port}${config.basePath}`,
    site: SITE,
    siteKey: site.publicKey,
    token: await collector.mintToken({ label: 'demo panel', scopes: ['read', 'leads:pii'] }),
    bar: async () => {
      const inForce = (await store.modelVersions(SITE)).at(-1)
      return inForce ? qualifyingBar(inForce.model.mql.when) : NO_BAR
    },
    distDir,
  })
  // Known only now: the port may have been any free one. People type either name.
  const { port } = new URL(demo.url)
  await collector.ensureSite({ ...draft, origins: [...new Set([demo.url, `http://localhost:${port}`])] })
  return demo
}

/** An address to reach a listener at from this machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** What the collector says of its address and token, the banner says again. */
const isInBanner = ({ url, firstAdminToken }: Collector, line: string): boolean =>
  line.includes(url) || (firstAdminToken !== null && line.includes(firstAdminToken))

function banner({ url, config, firstAdminToken }: Collector, demoUrl: string): string {
  const bearer = firstAdminToken ?? '<administrator’s token>'
  return [
    '',
    `  Demo site   ${demoUrl}   open this`,
    `  Collector   ${url}`,
    `  Leads       curl -H "Authorization: Bearer ${bearer}" "${url}/v1/leads?site=${SITE}"`,
    `  Definition  ${config.modelPath}`,
    `  Data        ${dirname(config.databaseUrl.replace(/^sqlite:/, ''))}, kept until you delete it`,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n')
}
