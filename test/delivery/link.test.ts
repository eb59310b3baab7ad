import { once } from 'node:events'
import { Agent, request } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from './certificate.ts'
import { startFarCollector } from './far-collector.ts'

const ROUND_TRIP_MS = 100

const start = async (keepsOpen: boolean) => {
  const certificate = makeCertificate()
  const collector = await startFarCollector({ certificate, roundTripMs: ROUND_TRIP_MS, keepsOpen })
  const agent = new Agent({ keepAlive: keepsOpen, ca: certificate.cert })
  onTestFinished(async () => {
    agent.destroy()
    await collector.close()
  })
  return async (): Promise<number> => {
    const began = performance.now()
    const sent = request(collector.url, { method: 'POST', agent })
    sent.end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    await once(answer, 'end')
    return (performance.now() - began) / ROUND_TRIP_MS
  }
}

/** Each of Node's timers may ring a millisecond early. */
const EARLY = 0.1

test('a cold request costs three round trips: TCP, TLS and its own', async () => {
  const roundTrips = await start(false)
  for (const attempt of [1, 2]) {
    const cost = await roundTrips()
    expect(cost, `attempt ${attempt}`).toBeGreaterThan(3 - EARLY)
    expect(cost, `attempt ${attempt}`).toBeLessThan(5)
  }
})

test('a request on an open connection costs one', async () => {
  const roundTrips = await start(true)
  await roundTrips()
  const cost = await roundTrips()
  expect(cost).toBeGreaterThan(1 - EARLY)
  expect(cost).toBeLessThan(2)
})

test('a link that was cut refuses, and carries again when it is mended', async () => {
  const certificate = makeCertificate()
  const collector = await startFarCollector({ certificate, roundTripMs: 0, keepsOpen: true })
  const agent = new Agent({ ca: certificate.cert })
  onTestFinished(() => collector.close())
  const status = async (): Promise<number> => {
    const sent = request(collector.url, { method: 'POST', agent })
    sent.end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }
  expect(await status()).toBe(202)
  await collector.link.cut()
  await expect(status()).rejects.toThrow('ECONNREFUSED')
  await collector.link.mend()
  expect(await status()).toBe(202)
})
