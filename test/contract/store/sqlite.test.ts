import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../../collector/storage/open.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'goldpan-store-'))
  const url = `sqlite:${join(directory, 'goldpan.db')}`
  const store = await openStore(url)
  let current = store
  return {
    store,
    reopen: async () => {
      await current.close()
      current = await openStore(url)
      return current
    },
    dispose: async () => {
      await current.close()
      await rm(directory, { recursive: true })
    },
  }
})
