/**
 * Why the collector cannot start, in words for the person at the terminal: what was expected, what came, how to mend it.
 * Shown without a stack.
 */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}

/** Every variable that is wrong, each with what was expected, what came and how to mend it. */
export class ConfigError extends StartError {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(['The configuration is wrong:', ...problems].join('\n  '))
    this.problems = problems
  }
}
