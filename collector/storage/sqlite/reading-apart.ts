import type { Store } from '../store.ts'
import { PLACES, type Place } from './read-places.ts'
import { readerOf } from './reader.ts'
import { readerFile } from './reader-file.ts'

/**
 * The same store, its long reads answered by threads that read alone, so that none holds up what is recorded (collector.md,
 * promise 5). What is committed before a question is asked, its answer has seen.
 * @param here the store on the connection that writes, its schema up to date
 * @param path of its database
 * @param file of the program they run
 * @throws StoreError when no reader can be started
 */
export async function readingApart(here: Store, path: string, file = readerFile()): Promise<Store> {
  const given = { file, path }
  const readers = { page: readerOf(given), scan: readerOf(given) }
  // what is wrong is said at the start; the other one is started when it is asked
  await readers.page.open()
  const asking = (name: string, placeOf: (args: readonly unknown[]) => Exclude<Place, 'here'>) =>
    [name, async (...args: readonly unknown[]) => readers[placeOf(args)].ask(name, args)] as const
  const apart = Object.entries(PLACES).flatMap(([name, place]) => {
    if (place === 'here') return []
    return [asking(name, args => (typeof place === 'function' ? Reflect.apply(place, null, args) : place))]
  })
  return {
    ...here,
    ...Object.fromEntries(apart),
    close: async () => {
      await Promise.all([readers.page.close(), readers.scan.close()])
      // the last to close takes the log into the file, and a reader could not
      await here.close()
    },
  }
}
