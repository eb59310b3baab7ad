import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { type DemoSite, startDemoSite } from '../../demo-site/server.ts'
import { type FakeCollector, startFakeCollector } from './fake-collector.ts'

const SOURCE = resolve(import.meta.dirname, '../../demo-site')

export interface RunningSite {
  readonly url: string
  readonly demo: DemoSite
  readonly collector: FakeCollector
  close(): Promise<void>
}

/** Builds what the site serves, as scripts/build.mjs does. @returns the folder, the caller's to remove */
export async function buildSite(): Promise<string> {
  const distDir = mkdtempSync(join(tmpdir(), 'goldpan-demo-'))
  await build({
    entryPoints: [join(SOURCE, 'browser/panel.ts')],
    outfile: join(distDir, 'panel.js'),
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  })
  cpSync(join(SOURCE, 'styles'), distDir, { recursive: true })
  cpSync(join(SOURCE, 'assets'), join(distDir, 'assets'), { recursive: true })
  return distDir
}

/** The demo site as built, on a free port, beside a fake collector. */
export async function startSite(): Promise<RunningSite> {
  const distDir = await buildSite()
  const collector = await startFakeCollector()
  const demo = await startDemoSite({
    port: 0,
    host: '127.0.0.1',
    collectorUrl: collector.url,
    apiUrl: collector.url,
    site: 'demo',
    siteKey: 'pk_live_test',
    token: 'secret-panel-token',
    bar: async () => ({ fit: 40, engagement: 40 }),
    distDir,
  })
  return {
    url: demo.url,
    demo,
    collector,
    close: async () => {
      await demo.close()
      await collector.close()
      rmSync(distDir, { recursive: true })
    },
  }
}
