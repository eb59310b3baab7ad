/** A failure that the person at the terminal can mend: its message is all they need, a stack would only hide it. */
export class Failure extends Error {}

/**
 * Runs a script. A Failure ends it with its message and exit code 1; anything else is a defect and keeps its stack.
 * @param {() => Promise<void>} script
 */
export async function main(script) {
  try {
    await script()
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}
