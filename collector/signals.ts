import type { PersonState } from './contracts/state.ts'

/**
 * What happened inside this process, so that waiters need not poll: facts were committed, a decision on what is shown was
 * applied, another generation is shown, a hand-off that waited was answered.
 */
export type Signal =
  | { readonly kind: 'switched'; readonly site: string }
  | { readonly kind: 'answered'; readonly site: string }
  | { readonly kind: 'recorded'; readonly site: string }
  /** somebody was taken out of the store, who had a part in these timelines */
  | { readonly kind: 'erased'; readonly site: string; readonly subjects: readonly string[] }
  | { readonly kind: 'applied'; readonly site: string; readonly persons: readonly PersonState[] }

export interface Signals {
  emit(signal: Signal): void
  /** Returns the function that ends the subscription. */
  subscribe(listener: (signal: Signal) => void): () => void
}

export function createSignals(): Signals {
  const listeners = new Set<(signal: Signal) => void>()
  return {
    emit: signal => {
      for (const listener of listeners) listener(signal)
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
