import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readerFile } from '../../collector/storage/sqlite/reader-file.ts'
import { tempDir } from '../support/temp-dir.ts'

/** The program of readers, which a test can interfere with: whoever asks them meets what the test has arranged. */
export interface MeddledReader {
  /** of the program */
  readonly file: string
  /** From now on a question of this method waits in its thread, which stands still meanwhile. */
  hold(method: string): void
  letGo(): void
  /** From now on whatever is asked ends its thread. */
  kill(): void
  spare(): void
}

const MEDDLE = `
import { existsSync, readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
const cell = new Int32Array(new SharedArrayBuffer(4))
const isHeld = method => existsSync(HELD) && readFileSync(HELD, 'utf8') === method
const on = parentPort.on.bind(parentPort)
parentPort.on = (name, hear) => on(name, message => {
  if (message !== 'close' && existsSync(KILLED)) process.exit(3)
  while (isHeld(message.method)) Atomics.wait(cell, 0, 0, 5)
  hear(message)
})
await import(READER)
`

export function meddledReader(): MeddledReader {
  const folder = tempDir()
  const [file = '', held = '', killed = ''] = ['reader.mjs', 'held', 'killed'].map(name => join(folder, name))
  const given = { HELD: held, KILLED: killed, READER: readerFile() }
  const constants = Object.entries(given).map(([name, text]) => `const ${name} = ${JSON.stringify(text)}`)
  writeFileSync(file, [...constants, MEDDLE].join('\n'))
  const letGo = (): void => rmSync(held, { force: true })
  onTestFinished(letGo)
  return {
    file,
    hold: method => writeFileSync(held, method),
    letGo,
    kill: () => writeFileSync(killed, ''),
    spare: () => rmSync(killed, { force: true }),
  }
}
