import { askAtTerminal } from './ask.ts'
import { runCommand } from './commands.ts'

/** The `goldpan` program: hands the world to a command, and turns its answer into an exit code. */

const stop = new AbortController()

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second one is from someone in a hurry.
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads has seen enough (`goldpan handoffs | head`): end in peace what is begun.
    if (error.code !== 'EPIPE') throw error
    stop.abort()
  })
}

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  clock: Date.now,
  out: line => process.stdout.write(`${line}\n`),
  err: line => process.stderr.write(`${line}\n`),
  stop: stop.signal,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askAtTerminal } : {}),
})
