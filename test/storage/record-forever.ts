import { writeSync } from 'node:fs'
import { openStore } from '../../collector/storage/open.ts'
import { aFact, aQuarantined } from '../contract/store/samples.ts'

/**
 * Records batch after batch and prints the ids of each once `record` has resolved, until it is killed. With each batch an event is
 * kept aside, under the id of the batch's first fact and `-aside`.
 */
const [url = '', round = ''] = process.argv.slice(2)
const store = await openStore(url)
for (let batch = 0; ; batch++) {
  const ids = Array.from({ length: 20 }, (_, n) => `${round}-${batch}-${n}`)
  const facts = ids.map(id => aFact(id, { visitor: `visitor-${batch % 7}` }))
  await store.record({ facts, quarantined: [aQuarantined({ eventId: `${ids[0]}-aside` })] })
  writeSync(1, `${ids.join(' ')}\n`)
}
