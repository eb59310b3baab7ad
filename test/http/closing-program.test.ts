import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { ADMIN, installIn } from '../support/collector.ts'
import { buildProgram, serve } from '../support/program.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type Answer, lane, post } from './lane.ts'

it('SIGTERM under load: everything that was sent is answered, and what was acknowledged is there', {
  timeout: 90_000,
}, async () => {
  const place = installIn(tempDir())
  const { url, end } = await serve(await buildProgram('closing'), place)
  const init = { method: 'POST', headers: ADMIN, body: '{"id":"acme","name":"Acme"}' }
  const { publicKey } = await (await fetch(`${url}/v1/sites`, init)).json()
  let taken = 0
  let exited: Promise<number | null> | null = null
  const sendUntilClosed = async (): Promise<readonly (Answer | null)[]> => {
    const send = lane(url)
    const answers: (Answer | null)[] = []
    for (let isOpen = true; isOpen; ) {
      const answer = await send(post('/v1/events', JSON.stringify(envelopeOf([eventOf()], publicKey))))
      answers.push(answer)
      taken += Number(answer?.status === 202)
      if (taken >= 1_000) exited ??= end('SIGTERM')
      isOpen = answer !== null && !answer.closes
    }
    return answers
  }
  const lanes = await Promise.all(Array.from({ length: 50 }, sendUntilClosed))
  expect(await exited).toBe(0)
  expect(lanes.flat().filter(answer => answer === null)).toEqual([])
  expect(lanes.flat().every(answer => answer?.status === 202 || answer?.status === 503)).toBe(true)
  const store = await openStore(`sqlite:${join(place.cwd, 'data/goldpan.db')}`)
  expect((await store.counts('acme')).facts).toBe(taken)
  await store.close()
})
