import { expect, it } from 'vitest'
import type { Collector } from '../../collector/main.ts'
import { openReadingApart } from '../../collector/storage/sqlite/reading-apart.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type MeddledReader, meddledReader } from './reader-programs.ts'

async function serving(): Promise<{ readonly collector: Collector; readonly meddled: MeddledReader }> {
  const meddled = meddledReader()
  const collector = await startIn(installIn(tempDir()), {
    openStore: async url => {
      return openReadingApart(url.replace('sqlite:', ''), { file: meddled.file })
    },
  })
  return { collector, meddled }
}

async function post({ url }: Collector, site: string): Promise<Response> {
  const body = JSON.stringify({ ...envelopeOf([eventOf({ at: Date.now() })], site), sentAt: Date.now() })
  return fetch(`${url}/v1/events`, { method: 'POST', body })
}

const get = ({ url }: Collector, path: string): Promise<Response> =>
  fetch(`${url}${path}`, { headers: ADMIN })

it('acknowledges events and shows pages while a hundred searches wait, and refuses the next', async () => {
  const { collector, meddled } = await serving()
  const { publicKey } = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  meddled.hold('persons')
  const answers = Array.from({ length: 101 }, () => get(collector, '/v1/leads?q=halden'))
  const refused = await Promise.race(answers)
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await refused.json()).toMatchObject({ code: 'store_unavailable' })
  const acknowledged = await post(collector, publicKey)
  expect(acknowledged.status).toBe(202)
  expect(await acknowledged.json()).toMatchObject({ accepted: 1 })
  expect((await get(collector, '/v1/accounts')).status).toBe(200)
  meddled.letGo()
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(statuses.filter(status => status === 200)).toHaveLength(100)
})

it('answers 503 to whoever waited for a thread that ended, and goes on', async () => {
  const { collector, meddled } = await serving()
  await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  meddled.kill()
  const broken = await get(collector, '/v1/leads')
  expect(broken.status).toBe(503)
  expect(broken.headers.get('retry-after')).toBe('5')
  meddled.spare()
  expect((await get(collector, '/v1/leads')).status).toBe(200)
})
