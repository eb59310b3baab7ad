import { pathToFileURL } from 'node:url'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { main } from './lib/failure.mjs'
import { fromRoot } from './lib/paths.mjs'

const WATCH_MS = 500

/** `npm start` installs what is missing, builds, and becomes the demo. */
await main(async () => {
  await ensureDependencies()
  const { build } = await import('./lib/build.mjs')
  await build()
  process.setSourceMapsEnabled(true)
  if (process.env.npm_lifecycle_event) endWithNpm()
  // In this process: signals, terminal and exit code are the demo's own, with nothing between to forward them.
  await import(pathToFileURL(fromRoot('dist/demo.js')).href)
})

/** npm passes SIGTERM to the shell it runs us in, and a shell that dies of it leaves us behind, holding the ports. */
function endWithNpm() {
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, WATCH_MS)
  watch.unref()
}
