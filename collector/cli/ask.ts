import { createInterface } from 'node:readline/promises'

/** Asks on standard error, so that the answer of the command stays clean. Ctrl-C and Ctrl-D are an empty answer. */
export async function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const givenUp = new Promise<string>(resolve => {
    terminal.once('SIGINT', () => {
      process.stderr.write('\n')
      resolve('')
    })
    terminal.once('close', () => resolve(''))
  })
  try {
    return await Promise.race([terminal.question(question), givenUp])
  } finally {
    terminal.close()
  }
}
