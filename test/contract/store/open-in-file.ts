import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../../collector/storage/store.ts'
import type { OpenedStore } from './store-under-test.ts'

/** An empty store in a file of its own. */
export async function openInFile(open: (url: string) => Promise<Store>): Promise<OpenedStore> {
  const directory = await mkdtemp(join(tmpdir(), 'goldpan-store-'))
  const url = `sqlite:${join(directory, 'goldpan.db')}`
  const store = await open(url)
  let current = store
  return {
    store,
    reopen: async () => {
      await current.close()
      current = await open(url)
      return current
    },
    dispose: async () => {
      await current.close()
      await rm(directory, { recursive: true })
    },
  }
}
