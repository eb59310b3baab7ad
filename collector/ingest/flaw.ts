import type { DropReason } from '../../shared/wire.ts'

/** What is wrong, where inside the event or envelope (JSON pointer), and how to mend it. */
export interface Flaw {
  readonly code: DropReason
  readonly path: string
  readonly message: string
}
