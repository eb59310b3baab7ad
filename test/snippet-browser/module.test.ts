import { build } from 'esbuild'
import { expect, expectTypeOf, test } from 'vitest'
import { ROOT } from '../../scripts/lib/paths.mjs'
import { type Commands, goldpan, start } from '../../snippet/module.ts'
import { SITE, useWorld } from './world.ts'

const world = useWorld()

declare module '../../snippet/module.ts' {
  interface GoldpanEvents {
    webinar_signup: { seat: number }
  }
}

/** An app's own bundle with the snippet in it, as a bundler makes it. */
async function bundled(app: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    define: { CHUNK_VERSION: `"${world.snippet.chunkVersion}"` },
  })
  return outputFiles[0]?.text ?? ''
}

test('an app that bundles the snippet starts it, and what it said before is told', async () => {
  const app = await bundled(`
    import { goldpan, start } from './snippet/module.ts'
    goldpan('track', 'early', { n: 1 })
    await start({ site: '${SITE}', endpoint: '${world.collector.url}', downloads: false, exclude: ['/never/*'] })
    goldpan('track', 'later')
    goldpan('identify', 'ann@acme.example', { company: 'Acme' })`)
  const file = '<a href="/a.pdf">A</a>'
  world.site.pages.set('/', `<!doctype html><title>App</title>${file}<script type="module">${app}</script>`)
  await world.page.goto(world.site.url)
  await world.collector.until('identify')
  await world.page.evaluate(() => addEventListener('click', event => event.preventDefault()))
  await world.page.click('a')
  await world.fence()
  expect(world.collector.kept().map(({ type }) => type)).toEqual([
    'page_view',
    'early',
    'later',
    'identify',
    'fence',
  ])
  expect(world.collector.kept('early')[0]?.props).toEqual({ n: 1 })
  expect(world.collector.kept('early')[0]?.envelope.site).toBe(SITE)
})

test('on a server it does nothing', async () => {
  goldpan('track', 'early')
  await start({ site: SITE, endpoint: 'https://go.example' })
  expect('window' in globalThis).toBe(false)
})

test('own events have the properties their owner declared', () => {
  expectTypeOf<Commands>().toBeCallableWith('track', 'webinar_signup', { seat: 2 })
  expectTypeOf<Commands>().toBeCallableWith('track', 'anything', { at: ['all'] })
  expectTypeOf<Commands>().toBeCallableWith('consent', 'denied')
  // @ts-expect-error: the seat is a number
  const wrong = (): void => goldpan('track', 'webinar_signup', { seat: 'two' })
  // @ts-expect-error: and has to be given
  const missing = (): void => goldpan('track', 'webinar_signup')
  expect([wrong, missing]).toHaveLength(2)
})
