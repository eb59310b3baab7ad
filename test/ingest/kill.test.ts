import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { openKilling } from '../chaos/kill/rounds.ts'
import { makePlace } from '../chaos/trial/place.ts'
import { ADMIN, installIn } from '../support/collector.ts'
import { buildProgram, type Serving, serve } from '../support/program.ts'
import { randomFrom } from '../support/random.ts'
import { tempDir } from '../support/temp-dir.ts'
import { envelopeOf, eventOf } from './wire-samples.ts'

/** `npm run chaos -- kill` has 1,000. */
const ROUNDS = 25
const SENDERS = 16

let program: string
beforeAll(async () => {
  program = await buildProgram('kill')
})

/** Sends until the other side is gone. @returns the ids that were acknowledged */
async function burst(url: string, site: string, onAck: (count: number) => void): Promise<readonly string[]> {
  const acked: string[] = []
  const sender = async (): Promise<void> => {
    for (;;) {
      const event = eventOf({ type: 'page_view' })
      const body = JSON.stringify(envelopeOf([event], site))
      const answer = await fetch(`${url}/v1/events`, { method: 'POST', body }).catch(() => null)
      // who stops says so, and takes nothing more
      if (answer === null || answer.status === 503) return
      expect(answer.status).toBe(202)
      acked.push(event.id)
      onAck(acked.length)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, sender))
  return acked
}

async function storedIds({ url }: Serving): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const answer = await fetch(`${url}/v1/events?limit=200${page}`, { headers: ADMIN })
    const list: { data: readonly { id: string }[]; next: string | null } = await answer.json()
    ids.push(...list.data.map(({ id }) => id))
    cursor = list.next
  } while (cursor !== null)
  return ids
}

it('kill -9 at any instant loses nothing acknowledged, doubles nothing, and tells each MQL once', async () => {
  const killing = await openKilling(program, makePlace(tempDir()), randomFrom(1))
  onTestFinished(killing.close)
  let all = 0
  for (let n = 1; n <= ROUNDS; n += 1) {
    const { moment, acknowledged, faults } = await killing.round(randomFrom(n))
    expect(faults, `round ${n}, killed in ${moment}`).toEqual([])
    // on a busy machine a round may end before the first answer
    all += acknowledged
  }
  expect(all).toBeGreaterThan(ROUNDS)
  const { faults, mqls } = await killing.audit()
  expect(faults).toEqual([])
  expect(mqls).toBeGreaterThan(0)
}, 240_000)

it('Ctrl-C ends it with everything acknowledged committed, exit code 0', async () => {
  const installation = installIn(tempDir())
  const collector = await serve(program, installation)
  const made = await fetch(`${collector.url}/v1/sites`, {
    method: 'POST',
    body: '{"name":"Acme"}',
    headers: ADMIN,
  })
  const { publicKey } = await made.json()
  let ending: Promise<number | null> | null = null
  const acked = await burst(collector.url, publicKey, count => {
    if (count === 50) ending = collector.end('SIGINT')
  })
  expect(await ending).toBe(0)
  const survivor = await serve(program, installation)
  const stored = await storedIds(survivor)
  expect(acked.filter(id => !stored.includes(id))).toEqual([])
}, 60_000)
