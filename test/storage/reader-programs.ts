import { rmSync, writeFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { readerFile } from '../../collector/storage/sqlite/reader-file.ts'
import { tempDir } from '../support/temp-dir.ts'

/** The program of readers, which a test can interfere with: whoever asks them meets what the test has arranged. */
export interface MeddledReader {
  /** of the program */
  readonly file: string
  /** From now on a question of this method is not done: its thread stands still before it answers. */
  hold(method: string): void
  /** Resolves when a thread stands still. */
  isHolding(): Promise<void>
  letGo(): void
  /** From now on whatever is asked ends its thread. */
  kill(): void
  spare(): void
}

const MEDDLE = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
const cell = new Int32Array(new SharedArrayBuffer(4))
const isHeld = method => existsSync(HELD) && readFileSync(HELD, 'utf8') === method
const methods = new Map()
const on = parentPort.on.bind(parentPort)
parentPort.on = (name, hear) => on(name, message => {
  if (message !== 'close' && existsSync(KILLED)) process.exit(3)
  methods.set(message.id, message.method)
  hear(message)
})
const post = parentPort.postMessage.bind(parentPort)
parentPort.postMessage = message => {
  while (isHeld(methods.get(message.id))) {
    writeFileSync(HOLDING, '')
    Atomics.wait(cell, 0, 0, 5)
  }
  post(message)
}
await import(READER)
`

export function meddledReader(): MeddledReader {
  const folder = tempDir()
  const [file = '', held = '', holding = '', killed = ''] = ['reader.mjs', 'held', 'holding', 'killed'].map(
    name => join(folder, name),
  )
  const given = { HELD: held, HOLDING: holding, KILLED: killed, READER: readerFile() }
  const constants = Object.entries(given).map(([name, text]) => `const ${name} = ${JSON.stringify(text)}`)
  writeFileSync(file, [...constants, MEDDLE].join('\n'))
  const letGo = (): void => rmSync(held, { force: true })
  onTestFinished(letGo)
  return {
    file,
    hold: method => writeFileSync(held, method),
    isHolding: () => vi.waitFor(() => access(holding), { timeout: 10_000, interval: 5 }),
    letGo,
    kill: () => writeFileSync(killed, ''),
    spare: () => rmSync(killed, { force: true }),
  }
}
