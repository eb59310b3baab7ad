import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { main } from './lib/failure.mjs'

await main(async () => {
  await ensureDependencies()
  const { build } = await import('./lib/build.mjs')
  await build()
})
