import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { randomFrom } from '../../support/random.ts'
import { settled } from '../trial/audit.ts'
import { makePlace, type Place, siteKey } from '../trial/place.ts'
import { spawnGoldpan, startGoldpan } from '../trial/program.ts'
import { isAcknowledged, openSending } from '../trial/sending.ts'
import { openStored } from '../trial/stored.ts'
import { visitorsOf } from '../trial/visitors.ts'
import { ORDER_AT_START, type Order, PASSED, type Point, type Way } from './orders.ts'

/** How long a start that was told to fail may go on. */
const HANGS_AFTER_MS = 30_000

/** Every step of the first start of an installation: the schema, the first model, the secrets. */
export async function stepsOfStart(program: string, folder: string): Promise<readonly Point[]> {
  const collector = await startGoldpan(program, makePlace(folder), { env: orderAtStart({ kind: 'list' }) })
  await collector.end('SIGTERM')
  const line = collector.said.find(text => text.startsWith(PASSED)) ?? `${PASSED}[]`
  return JSON.parse(line.slice(PASSED.length))
}

const orderAtStart = (order: Order): Readonly<Record<string, string>> => ({
  [ORDER_AT_START]: JSON.stringify(order),
})

/** The first start fails at a point. @returns what is wrong with the one that follows; nothing may be */
export async function failFirstStart(
  program: string,
  folder: string,
  point: Point,
  way: Way,
): Promise<readonly string[]> {
  const place = makePlace(folder)
  const hung = await endOfStart(program, place, { kind: 'fail', point, way })
  return hung ? ['it neither listened nor ended'] : await takesALead(program, place)
}

/** Resolves when the start has failed, or listens all the same and was ended. @returns whether it hung */
async function endOfStart(program: string, place: Place, order: Order): Promise<boolean> {
  const child = spawnGoldpan(program, place, { env: orderAtStart(order) })
  const exited = once(child, 'exit')
  child.stderr?.resume()
  // with --json its only line on standard output says that it listens
  if (child.stdout) createInterface(child.stdout).once('line', () => child.kill('SIGKILL'))
  let hung = false
  const timer = setTimeout(() => {
    hung = true
    child.kill('SIGKILL')
  }, HANGS_AFTER_MS)
  await exited
  clearTimeout(timer)
  return hung
}

async function takesALead(program: string, place: Place): Promise<readonly string[]> {
  const collector = await startGoldpan(program, place).catch((error: Error) => error)
  if (collector instanceof Error) return [`the next start fails: ${collector.message}`]
  const sending = openSending(1)
  const stored = openStored(place.database)
  try {
    const buyer = visitorsOf(await siteKey(collector.url), randomFrom(1)).comeToBuy()
    for (let batch = buyer.next(Date.now()); batch; batch = buyer.next(Date.now()))
      if (!isAcknowledged(await sending.send(collector.url, batch))) return ['an event is not taken']
    await settled(stored)
    const faults = stored.faultsOfTelling()
    return stored.mqlEmails().size === 1 ? faults : ['who asked for a demo is no MQL', ...faults]
  } finally {
    stored.close()
    sending.close()
    await collector.end('SIGKILL')
  }
}
