import { StoreError } from '../store.ts'
import type { ReaderState } from './reader-state.ts'

/** What the thread that takes events and a reader tell each other (reader.ts, reader-entry.ts). */

/** Given to a reader with its start. */
export interface ReaderGiven {
  /** of the database file */
  readonly path: string
  readonly state: ReaderState
}

/** A question: a method of the port and its arguments. `close`: let go of the file and end. */
export type ToReader =
  | { readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | 'close'

/**
 * `open`: it has the file, and answers. `refused`: it cannot, and ends. An answer is rows and what their JSON holds: as JSON it costs half
 * of what a clone of it does in the thread that takes events (0.6 and 1.3 ms for a page of fifty leads).
 */
export type FromReader =
  | { readonly kind: 'open' }
  | { readonly kind: 'refused'; readonly error: Thrown }
  | { readonly kind: 'answer'; readonly id: number; readonly json: string }
  | { readonly kind: 'failure'; readonly id: number; readonly error: Thrown }

/** An error on its way: of its class only the name would arrive. */
export interface Thrown {
  readonly name: string
  readonly message: string
  readonly stack: string | null
  /** of a StoreError */
  readonly code: StoreError['code'] | null
}

export function thrownOf(error: unknown): Thrown {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: null, code: null }
  const { name, message, stack = null } = error
  return { name, message, stack, code: error instanceof StoreError ? error.code : null }
}

/** The error as it was thrown there; its stack is that of the reader. */
export function errorOf({ name, message, stack, code }: Thrown): Error {
  const error = code === null ? new Error(message) : new StoreError(code, message)
  error.name = name
  if (stack !== null) error.stack = stack
  return error
}
