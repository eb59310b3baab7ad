import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { form, identify, NOON } from '../support/facts.ts'
import { listen } from './sse-client.ts'
import { makeWorld, type World } from './world.ts'

const TRAITS = {
  email: 'anna.ivanova@acme-industries.example',
  fullName: 'Anna Ivanova',
  phone: '+359888123456',
  company: 'Acme Industries',
  message: 'Please call me about the rebranding',
  jobTitle: 'Head of Marketing',
}
const SECRETS = [...Object.values(TRAITS), 'anna.ivanova', 'acme-industries', 'on maternity leave']

let world: World
let reader: string
let id: string
let account: string
beforeEach(async () => {
  world = await makeWorld()
  reader = await world.token('read')
  id = await world.leadId(TRAITS.email)
  await world.happen(
    form(NOON, 'demo', TRAITS),
    identify(NOON + 1, TRAITS.email, { fullName: TRAITS.fullName }),
  )
  world.now = NOON + 1000
  await world.post(`/v1/leads/${id}/transitions`, {
    to: 'sal',
    reason: 'accepted',
    note: 'Anna is on maternity leave',
  })
  account = String((await world.get('/v1/accounts')).data[0]?.id)
})
afterEach(() => world.end())

const paths = () => [
  '/v1/leads',
  '/v1/accounts',
  `/v1/accounts/${account}`,
  '/v1/events',
  `/v1/leads/${id}`,
  `/v1/leads/${id}/timeline`,
  `/v1/leads/${id}/transitions`,
  `/v1/leads/${id}/score`,
]

describe('a token without leads:pii', () => {
  it('reads everything but what people said about themselves', async () => {
    for (const path of paths()) {
      const { status, text } = await world.get(path, reader)
      expect(status, path).toBe(200)
      for (const secret of SECRETS) expect(text, path).not.toContain(secret)
    }
  })

  it('reads them with the scope', async () => {
    const texts = await Promise.all(paths().map(async path => (await world.get(path)).text))
    for (const secret of SECRETS) expect(texts.join(), secret).toContain(secret)
  })

  it('sees that a value is there, and that it was left out', async () => {
    const { body } = await world.get(`/v1/leads/${id}`, reader)
    expect(body).toMatchObject({
      email: null,
      name: null,
      traits: { phone: { value: null, redacted: true } },
    })
  })

  it.each(['q=acme', 'domain=acme-industries.example'])('may not look for companies by %s', async asked => {
    const { status, body } = await world.get(`/v1/accounts?${asked}`, reader)
    expect([status, body.code]).toEqual([403, 'personal_data'])
    expect((await world.get(`/v1/accounts?${asked}`)).data).toHaveLength(1)
  })

  it('may not search, for that would tell who is there', async () => {
    const { status, body } = await world.get('/v1/leads?q=anna', reader)
    expect(status).toBe(403)
    expect(body.code).toBe('personal_data')
  })

  it('hears a stream without them, beside one that hears all', async () => {
    const path = `${world.url}/v1/events/stream`
    const everything = await world.token('read', 'leads:pii')
    const [redacted, full] = await Promise.all([listen(path, reader), listen(path, everything)])
    await world.happen(form(NOON + 500, 'demo', TRAITS))
    const heard = async (stream: typeof full) =>
      JSON.stringify(await stream.until(({ event }) => event === 'event'))
    const [without, within] = [await heard(redacted), await heard(full)]
    for (const secret of SECRETS) expect(without).not.toContain(secret)
    for (const secret of Object.values(TRAITS)) expect(within).toContain(secret)
    redacted.leave()
    full.leave()
  })
})
