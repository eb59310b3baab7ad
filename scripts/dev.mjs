import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { Failure, main } from './lib/failure.mjs'
import { fromRoot } from './lib/paths.mjs'

const SOURCES = ['shared', 'snippet', 'collector', 'demo-site', 'goldpan.yaml']
/** Editors save in several writes, and a checkout touches many files: one rebuild for all of them. */
const QUIET_MS = 100

/** `npm run dev` is `npm start` that builds and starts again whenever a source changes. */
await main(async () => {
  await ensureDependencies()
  const { build } = await import('./lib/build.mjs')
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let demo

  const stopped = () =>
    new Promise(resolve => {
      if (!demo || demo.exitCode !== null || demo.signalCode !== null) return resolve(undefined)
      demo.once('exit', resolve)
      demo.kill('SIGTERM')
    })

  const restart = async () => {
    try {
      await build()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      console.error(error.message)
      return
    }
    await stopped()
    demo = spawn(process.execPath, ['--enable-source-maps', 'dist/demo.js'], {
      cwd: fromRoot(),
      stdio: 'inherit',
    })
  }

  let running = restart()
  /** @type {NodeJS.Timeout | undefined} */
  let quiet
  for (const source of SOURCES) {
    watch(fromRoot(source), { recursive: true }, () => {
      clearTimeout(quiet)
      quiet = setTimeout(() => {
        running = running.then(restart)
      }, QUIET_MS)
    })
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => running.then(stopped).then(() => process.exit()))
  }
})
