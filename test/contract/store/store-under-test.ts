import type { Store } from '../../../collector/storage/store.ts'

/** An empty store of the engine under test. */
export interface OpenedStore {
  readonly store: Store
  /** Closes the store and opens the same data again. */
  reopen(): Promise<Store>
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>
}

/** The store of the running test: a fresh one for each. */
export interface StoreUnderTest {
  store(): Store
  reopen(): Promise<void>
}
