import { fileURLToPath } from 'node:url'
import { type Demo, startDemo } from './demo.ts'

/** What `npm start` runs: collector and demo site in one process, until Ctrl-C. */

/** Said in one sentence by whoever threw them; anything else is a defect and keeps its stack. */
const MENDABLE: ReadonlySet<string> = new Set(['StartError', 'StoreError', 'DemoStartError'])

async function main(): Promise<void> {
  const demo = await startDemo({
    env: process.env,
    clock: Date.now,
    print: line => console.log(line),
    distDir: fileURLToPath(new URL('./demo/', import.meta.url)),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(demo))
}

/** Once: a second signal finds no listener any more and ends the process as it always did. */
async function stop(demo: Demo): Promise<void> {
  process.stdout.write('\nStopping: what was accepted is being written… ')
  await demo.close()
  console.log('done.')
}

try {
  await main()
} catch (error) {
  const mendable = error instanceof Error && MENDABLE.has(error.name)
  console.error(mendable ? `\n${error.message}` : error)
  process.exitCode = 1
}
