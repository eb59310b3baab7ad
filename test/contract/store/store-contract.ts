import { afterEach, beforeEach, describe } from 'vitest'
import type { Store } from '../../../collector/storage/store.ts'
import { accessContract } from './access.ts'
import { accountContract } from './accounts.ts'
import { applyContract } from './apply.ts'
import { componentContract } from './component.ts'
import { dirtyContract } from './dirty.ts'
import { erasureContract } from './erasure.ts'
import { factListContract } from './fact-list.ts'
import { factContract } from './facts.ts'
import { generationContract } from './generations.ts'
import { isolationContract } from './isolation.ts'
import { personListContract } from './person-list.ts'
import { quarantineContract } from './quarantine.ts'
import { quarantineOnceContract } from './quarantine-once.ts'
import { retentionContract } from './retention.ts'
import type { OpenedStore, StoreUnderTest } from './store-under-test.ts'
import { streamContract } from './streams.ts'

/** What every storage engine must do (collector/storage/store.ts). An engine is proven by one call of this. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} keeps the storage contract`, () => {
    let opened: OpenedStore
    let store: Store
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.dispose())

    const underTest: StoreUnderTest = {
      store: () => store,
      reopen: async () => {
        store = await opened.reopen()
      },
    }
    describe('record', () => factContract(underTest))
    describe('dirty, due', () => dirtyContract(underTest))
    describe('loadComponent', () => componentContract(underTest))
    describe('apply', () => applyContract(underTest))
    describe('generations', () => generationContract(underTest))
    describe('persons', () => personListContract(underTest))
    describe('accounts', () => accountContract(underTest))
    describe('facts', () => factListContract(underTest))
    describe('streams and counts', () => streamContract(underTest))
    describe('models, sites, tokens, installation', () => accessContract(underTest))
    describe('quarantine', () => quarantineContract(underTest))
    describe('quarantine, once', () => quarantineOnceContract(underTest))
    describe('erase', () => erasureContract(underTest))
    describe('retention', () => retentionContract(underTest))
    describe('two sites', () => isolationContract(underTest))
  })
}
