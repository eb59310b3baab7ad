import { beforeAll, expect, it } from 'vitest'
import { ADMIN, installIn } from '../support/collector.ts'
import { buildProgram, type Serving, serve } from '../support/program.ts'
import { tempDir } from '../support/temp-dir.ts'
import { envelopeOf, eventOf } from './wire-samples.ts'

const ROUNDS = 5
const SENDERS = 16

let program: string
beforeAll(async () => {
  program = await buildProgram('kill')
})

/** Sends until the other side is gone. Every id that was sent, and those that were acknowledged. */
async function burst(url: string, site: string, onAck: (count: number) => void) {
  const sent: string[] = []
  const acked: string[] = []
  const sender = async (): Promise<void> => {
    for (;;) {
      const event = eventOf({ type: 'page_view' })
      sent.push(event.id)
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
  return { sent, acked }
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

it('kill -9 in the middle of a burst loses nothing acknowledged and doubles nothing', async () => {
  const installation = installIn(tempDir())
  const first = await serve(program, installation)
  const made = await fetch(`${first.url}/v1/sites`, {
    method: 'POST',
    body: '{"name":"Acme"}',
    headers: ADMIN,
  })
  const { publicKey } = await made.json()
  await first.end('SIGKILL')

  const sent: string[] = []
  const acked: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const collector = await serve(program, installation)
    const killAt = 20 + 35 * round
    const wave = await burst(collector.url, publicKey, count => {
      if (count === killAt) collector.child.kill('SIGKILL')
    })
    sent.push(...wave.sent)
    acked.push(...wave.acked)
    expect(wave.acked.length).toBeGreaterThanOrEqual(killAt)

    const survivor = await serve(program, installation)
    const stored = await storedIds(survivor)
    expect(new Set(stored).size).toBe(stored.length)
    expect(acked.filter(id => !stored.includes(id))).toEqual([])
    expect(stored.filter(id => !sent.includes(id))).toEqual([])
    await survivor.end('SIGKILL')
  }
}, 60_000)

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
  const { acked } = await burst(collector.url, publicKey, count => {
    if (count === 50) ending = collector.end('SIGINT')
  })
  expect(await ending).toBe(0)
  const survivor = await serve(program, installation)
  const stored = await storedIds(survivor)
  expect(acked.filter(id => !stored.includes(id))).toEqual([])
}, 60_000)
