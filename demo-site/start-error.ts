/** The demo site cannot start, and the person at the terminal can mend it: the message says how. */
export class DemoStartError extends Error {
  override readonly name = 'DemoStartError'
}
