import type { Env } from '../config/config.ts'
import type { Clock } from '../contracts/clock.ts'

/** What a command has of the world. Only goldpan.ts makes one; tests pass their own. */
export interface Io {
  readonly env: Env
  /** relative paths are relative to it */
  readonly cwd: string
  readonly clock: Clock
  /** one line of the answer */
  readonly out: (line: string) => void
  /** one line about what went wrong or is going on */
  readonly err: (line: string) => void
  /** aborted by Ctrl-C or SIGTERM: finish what is begun, then return */
  readonly stop: AbortSignal
  /** Asks the person at the terminal and reads a line; empty when they gave up. Absent: nobody is there to ask. */
  readonly ask?: (question: string) => Promise<string>
}

/** 0: done. 1: it did not work, or a check found differences. 2: the command was not understood, nothing was done. */
export type ExitCode = 0 | 1 | 2

/** One file per command: takes what follows its name, never calls process.exit. */
export type Command = (args: readonly string[], io: Io) => Promise<ExitCode>

/** The command line was wrong: said in one sentence, with how to write it. Exit code 2. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UsageError'
  }
}
