import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download, form, NOON, pageView } from '../support/facts.ts'
import { makeWorld, type World } from './world.ts'

const EMAIL = 'anna@acme.example'
const VISITOR = 'visitor-of-anna'
const on = { visitor: VISITOR, subject: VISITOR }

let world: World
let anna: string
beforeEach(async () => {
  world = await makeWorld({ patienceMs: 2_000 })
  await world.happen(form(NOON, 'newsletter', { email: EMAIL }, on), download(NOON + 1, 'guide.pdf', on))
  anna = await world.leadId(EMAIL)
  world.now = NOON + 1_000
})
afterEach(() => world.end())

const say = (visitor: string, body: unknown) => world.post(`/v1/visitors/${visitor}/traffic`, body)
const engagement = async () => (await world.get(`/v1/leads/${anna}`)).body.engagement
const kinds = async () => (await world.get('/v1/events')).data.map(({ traffic }) => traffic)

describe('POST /v1/visitors/:visitor/traffic', () => {
  it('takes the points of a visitor who is nobody, says why, and gives them back', async () => {
    const before = await engagement()
    expect(await say(VISITOR, { kind: 'bot', reason: 'our uptime check' })).toMatchObject({
      status: 201,
      body: { visitor: VISITOR, kind: 'bot', actor: 'sales', at: new Date(world.now).toISOString() },
    })
    expect(await engagement()).toMatchObject({ score: 0 })
    expect(await kinds()).toContainEqual({ kind: 'bot', evidence: 'said by sales' })
    await world.happen(pageView(world.now + 1, '/pricing', on))
    expect(await engagement()).toMatchObject({ score: 0 })

    world.now += 10_000
    await say(VISITOR, { kind: 'auto' })
    expect(await engagement()).toMatchObject({ asOf: new Date(world.now).toISOString() })
    expect(before).toBeDefined()
    expect(await kinds()).toContainEqual({ kind: 'human', evidence: null })
  })

  it('believes a person more than a user agent', async () => {
    const robot = { visitor: 'robot-browser', subject: 'robot-browser', userAgent: 'curl/8.5.0' }
    await world.happen(form(NOON + 5, 'demo', { email: 'ops@acme.example' }, robot))
    const id = await world.leadId('ops@acme.example')
    const score = async () => (await world.get(`/v1/leads/${id}`)).body.engagement
    expect(await score()).toMatchObject({ score: 0 })
    await say('robot-browser', { kind: 'human' })
    expect(await score()).not.toMatchObject({ score: 0 })
  })

  it.each([
    [{}, 400, 'invalid_body'],
    [{ kind: 'alien' }, 400, 'invalid_body'],
    [{ kind: 'too_late' }, 400, 'invalid_body'],
  ])('refuses %j', async (body, status, code) => {
    expect(await say(VISITOR, body)).toMatchObject({ status, body: { code } })
  })

  it('knows only visitors who did something, and only tokens that may write', async () => {
    expect(await say('nobody-at-all', { kind: 'bot' })).toMatchObject({
      status: 404,
      body: { code: 'unknown_visitor' },
    })
    const authorization = `Bearer ${await world.token('read', 'leads:pii')}`
    expect(
      await world.post(`/v1/visitors/${VISITOR}/traffic`, { kind: 'bot' }, { authorization }),
    ).toMatchObject({ status: 403 })
  })
})
