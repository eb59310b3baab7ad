import type { PersonState } from '../contracts/state.ts'
import type { Signals } from '../signals.ts'

/** How long an answer waits for the qualifier, which takes milliseconds unless it has a backlog. */
const PATIENCE_MS = 5_000

export interface Waiting {
  readonly signals: Signals
  /** @default 5 s */
  readonly patienceMs?: number
}

/**
 * What is looked for in the people of the next decisions that are applied on a site; null when patience ends first.
 * Another process may have applied it, whose signals are not heard here: look in the store then.
 */
export function appliedSoon<T>(
  { signals, patienceMs = PATIENCE_MS }: Waiting,
  site: string,
  find: (persons: readonly PersonState[]) => T | null | undefined,
): Promise<T | null> {
  return new Promise(resolve => {
    const finish = (found: T | null): void => {
      unsubscribe()
      clearTimeout(timer)
      resolve(found)
    }
    const unsubscribe = signals.subscribe(signal => {
      if (signal.kind !== 'applied' || signal.site !== site) return
      const found = find(signal.persons)
      if (found !== null && found !== undefined) finish(found)
    })
    const timer = setTimeout(finish, patienceMs, null)
  })
}
