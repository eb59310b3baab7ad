import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, form, NOON, pageView } from '../support/facts.ts'
import { EXAMPLE } from '../support/model.ts'
import { type Json, makeWorld, type World } from './world.ts'

const ANNA = 'anna@acme.example'
const HEAD = { email: ANNA, jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }
const iso = (ms: number): string => new Date(ms).toISOString()

let world: World
let lead: string
beforeEach(async () => {
  world = await makeWorld()
  lead = await world.leadId(ANNA)
})
afterEach(() => world.end())

const ask = async (query = ''): Promise<Json> => (await world.get(`/v1/leads/${lead}/score${query}`)).body
const askAt = (at: number, more = ''): Promise<Json> => ask(`?at=${iso(at)}${more}`)

describe('the score of a lead that came back', () => {
  const DEMO_AT = NOON + HOUR_MS
  const BACK_AT = NOON + 2 * DAY_MS
  beforeEach(async () => {
    const back = decision(BACK_AT, lead, 'nurturing', 'not_ready')
    world.now = NOON + 3 * DAY_MS
    await world.happen(
      form(NOON, 'newsletter', { email: ANNA }),
      form(DEMO_AT, 'demo', HEAD),
      back,
      form(BACK_AT + HOUR_MS, 'newsletter', HEAD),
    )
  })

  it('before it qualified: a lead, with what was missing then', async () => {
    expect(await askAt(DEMO_AT - 1)).toMatchObject({
      asOf: iso(DEMO_AT - 1),
      stage: 'lead',
      grade: 'D',
      mql: null,
      until: null,
      missing: expect.arrayContaining([
        expect.objectContaining({ condition: { fit: { from: 40 } }, has: 0, needs: 40 }),
        expect.objectContaining({ kind: 'trait', rule: 'it-company', traits: ['industry'] }),
      ]),
    })
  })

  it('before it was sent back: an MQL, since when, by which path, until when', async () => {
    const { mql, ...score } = await askAt(BACK_AT - 1)
    expect(score).toMatchObject({ stage: 'mql', grade: 'B', missing: [] })
    expect(mql).toEqual({ since: iso(DEMO_AT), until: score.until, by: 'when' })
    expect(Date.parse(String(score.until))).toBeGreaterThan(DEMO_AT + 14 * DAY_MS)
  })

  it('at the millisecond of the decision and after: what is new, and how long it cools down', async () => {
    expect(await askAt(BACK_AT)).toMatchObject({ stage: 'nurturing', mql: null })
    expect(await ask()).toMatchObject({
      stage: 'nurturing',
      missing: expect.arrayContaining([
        expect.objectContaining({ kind: 'cooldown', until: iso(BACK_AT + 30 * DAY_MS) }),
        expect.objectContaining({ kind: 'new_points', needs: 25 }),
      ]),
    })
  })

  it('in time to come shows what time alone does', async () => {
    const [now, later] = [await ask(), await askAt(NOON + 17 * DAY_MS)]
    const engagement = ({ engagement }: Json) => (engagement as { score: number }).score
    expect(engagement(later)).toBeCloseTo(engagement(now) / 2, 10)
    expect(later).toMatchObject({ asOf: iso(NOON + 17 * DAY_MS), stage: 'nurturing' })
  })
})

describe('the score under a version of the model', () => {
  const AT = NOON + 5 * DAY_MS
  /** A newsletter is enough. */
  const EASY: ScoringModel = {
    ...EXAMPLE,
    mql: { ...EXAMPLE.mql, when: { key: 'engagement', is: { from: 1 } }, exit: { engagement: 1 } },
  }
  beforeEach(async () => {
    await world.happen(form(NOON, 'newsletter', { email: ANNA }))
    world.now = AT
    await world.publish(EASY, 2)
  })

  it('is that of the version in force then, which changes with the instant of the publish', async () => {
    expect(await askAt(AT - 1)).toMatchObject({ stage: 'lead', model: { version: 1 } })
    expect(await askAt(AT)).toMatchObject({
      stage: 'mql',
      model: { version: 2 },
      mql: { since: iso(AT), by: 'when' },
    })
  })

  it('or of another one, as if it had been in force always: a later one then, an earlier one now', async () => {
    expect(await askAt(AT - 1, '&model=2')).toMatchObject({
      stage: 'mql',
      model: { version: 2 },
      mql: { since: iso(NOON) },
    })
    expect(await ask('?model=1')).toMatchObject({ stage: 'lead', model: { version: 1 }, mql: null })
  })
})

describe('the score of somebody not known yet', () => {
  it('is refused with the instant since which the lead is known, though it was here before', async () => {
    await world.happen(pageView(NOON - DAY_MS, '/'), form(NOON, 'newsletter', { email: ANNA }))
    const { status, body } = await world.get(`/v1/leads/${lead}/score?at=${iso(NOON - 1)}`)
    expect(status).toBe(404)
    expect(body).toMatchObject({
      code: 'unknown_lead',
      detail: `at: the lead is known since ${iso(NOON)}, got ${iso(NOON - 1)}.`,
    })
  })

  it('has a summary without personal data for a token that may not see it', async () => {
    await world.happen(form(NOON, 'demo', HEAD))
    const { body } = await world.get(`/v1/leads/${lead}/score`, await world.token('read'))
    expect(body.summary).toMatch(/^In the last two weeks: the demo form\. Qualified on 12 January: /)
    expect((await ask()).summary).toMatch(/^Head of Marketing at Acme, an IT company\. /)
  })
})
