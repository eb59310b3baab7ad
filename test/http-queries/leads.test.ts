import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { download, engagement, form, NOON, pageView } from '../support/facts.ts'
import { makeWorld, type World } from './world.ts'

const HEAD = { jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }
const iso = (ms: number): string => new Date(ms).toISOString()

/** A person in a browser of their own. */
function person(name: string, at: number, traits: Record<string, string> = {}, formId = 'newsletter'): Fact {
  const visitor = `visitor-${name}`
  return form(at, formId, { email: `${name}@acme.example`, ...traits }, { visitor, subject: visitor })
}

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.end())

describe('GET /v1/leads', () => {
  it('lists identified people hottest first, and anonymous ones only when asked', async () => {
    const look = pageView(NOON, '/', { visitor: 'visitor-nobody', subject: 'visitor-nobody' })
    await world.happen(look, person('anna', NOON, HEAD, 'demo'), person('boris', NOON))
    const { body, data } = await world.get('/v1/leads')
    expect(data.map(({ email, stage }) => [email, stage])).toEqual([
      ['anna@acme.example', 'mql'],
      ['boris@acme.example', 'lead'],
    ])
    expect(body.next).toBeNull()
    const anonymous = await world.get('/v1/leads?stage=anonymous')
    expect(anonymous.data).toMatchObject([{ stage: 'anonymous', email: null, visitors: ['visitor-nobody'] }])
  })

  it('filters by stage, grade, text and the score now', async () => {
    await world.happen(person('anna', NOON, HEAD, 'demo'), person('boris', NOON))
    const emails = async (query: string) =>
      (await world.get(`/v1/leads?${query}`)).data.map(({ email }) => email)
    expect(await emails('stage=mql,sal')).toEqual(['anna@acme.example'])
    expect(await emails('grade=D')).toEqual(['boris@acme.example'])
    expect(await emails('q=BORIS')).toEqual(['boris@acme.example'])
    expect(await emails('q=nobody')).toEqual([])
    expect(await emails('minEngagement=50')).toEqual(['anna@acme.example'])
    world.now = NOON + 14 * DAY_MS
    expect(await emails('minEngagement=26')).toEqual([])
    expect(await emails('minEngagement=24.9')).toEqual(['anna@acme.example'])
  })

  it('pages through everyone once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map(letter => letter.repeat(8))
    await world.happen(...names.map((name, i) => person(name, NOON - i * HOUR_MS)))
    const seen: unknown[] = []
    let cursor = ''
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await world.get(`/v1/leads?sort=last_seen&limit=2${cursor}`)
      seen.push(...page.data.map(({ email }) => email))
      cursor = `&cursor=${String(page.body.next)}`
    }
    expect(cursor).toBe('&cursor=null')
    expect(seen).toEqual(names.map(name => `${name}@acme.example`))
  })

  it('refuses what it does not know, naming what it does', async () => {
    const { status, body } = await world.get('/v1/leads?colour=red')
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'unknown_parameter', status: 400 })
    expect(body.allowed).toContain('minEngagement')
  })
})

describe('GET /v1/leads/:id', () => {
  it('has the whole shape', async () => {
    const facts = [person('anna', NOON, { ...HEAD, firstName: 'Anna', lastName: 'Ivanova' }, 'demo')]
    await world.happen(...facts)
    world.now = NOON + HOUR_MS
    const id = await world.leadId('anna@acme.example')
    const { status, body } = await world.get(`/v1/leads/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      site: 'site',
      stage: 'mql',
      email: 'anna@acme.example',
      name: 'Anna Ivanova',
      traits: { company: { value: 'Acme', source: 'form', at: iso(NOON) } },
      account: { domain: 'acme.example', name: 'Acme' },
      fit: { score: 45, grade: 'B', matched: ['marketing-head', 'it-company'], mismatched: ['student'] },
      engagement: { score: 50 * 2 ** -(1 / 24 / 14), asOf: iso(NOON + HOUR_MS) },
      mql: { since: iso(NOON), by: 'when', missing: [] },
      firstSeenAt: iso(NOON),
      lastSeenAt: iso(NOON),
      visitors: ['visitor-anna'],
      flags: ['authority'],
      needs: [],
      model: { name: 'Example', version: 1 },
      handoffs: [
        { at: iso(NOON), status: 'told', fit: { score: 45, grade: 'B' }, engagement: { score: 50 } },
      ],
    })
    expect(body.mql).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ rule: 'demo' })]),
    })
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['firstTouch', 'lastTouch']))
  })

  it('says until when an MQL stays one, and is right about it', async () => {
    await world.happen(person('anna', NOON, HEAD, 'demo'))
    const path = `/v1/leads/${await world.leadId('anna@acme.example')}`
    const { mql } = (await world.get(path)).body as { mql: { until: string } }
    const until = Date.parse(mql.until)
    // 50 points fall below the exit at 25 after one half-life
    expect(until).toBe(NOON + 14 * DAY_MS + 1)
    world.now = until - 1
    expect((await world.get(path)).body.stage).toBe('mql')
    world.now = until
    expect((await world.get(path)).body).toMatchObject({ stage: 'lead', mql: { since: null, until: null } })
    expect((await world.get('/v1/leads?stage=mql')).data).toEqual([])
  })

  it('answers for anonymous people, and says what is missing', async () => {
    await world.happen(pageView(NOON, '/'))
    const [anonymous] = (await world.get('/v1/leads?stage=anonymous')).data
    const { body } = await world.get(`/v1/leads/${String(anonymous?.id)}`)
    expect(body).toMatchObject({ stage: 'anonymous', email: null, account: null, handoffs: [] })
    expect(body.mql).toMatchObject({
      since: null,
      until: null,
      by: null,
      reasons: [],
      missing: expect.arrayContaining([
        {
          kind: 'condition',
          condition: { engagement: { from: 40 } },
          text: 'Engagement 0 of 40: 40 more points',
          has: 0,
          needs: 40,
        },
      ]),
    })
  })

  it('names single rules that would close the gap', async () => {
    const visit = (at: number): readonly Fact[] => {
      const view = pageView(at, '/pricing', { visitor: 'visitor-anna', subject: 'visitor-anna' })
      return [
        view,
        engagement(at + 20_000, view, 20_000, { visitor: 'visitor-anna', subject: 'visitor-anna' }),
      ]
    }
    const guide = download(NOON, 'guide.pdf', { visitor: 'visitor-anna', subject: 'visitor-anna' })
    world.now = NOON + 2 * DAY_MS + HOUR_MS
    await world.happen(
      person('anna', NOON, HEAD),
      guide,
      ...visit(NOON + DAY_MS),
      ...visit(NOON + 2 * DAY_MS),
    )
    const { body } = await world.get(`/v1/leads/${await world.leadId('anna@acme.example')}`)
    expect(body.stage).toBe('lead')
    expect(body.mql).toMatchObject({
      missing: expect.arrayContaining([
        expect.objectContaining({
          kind: 'closer',
          condition: { rule: 'pricing-3x' },
          text: 'One more pricing visit before 22 January would be enough',
        }),
      ]),
    })
  })

  it('answers 404 for nobody', async () => {
    const { status, body } = await world.get('/v1/leads/ffffffffffffffffffffffff')
    expect(status).toBe(404)
    expect(body.code).toBe('unknown_lead')
  })
})

describe('GET /v1/leads/:id/timeline', () => {
  it('tells everything newest first, from the first anonymous visit on, with what it did to the score', async () => {
    const first = pageView(NOON, '/', { visitor: 'visitor-anna', subject: 'visitor-anna' })
    const guide = download(NOON + 1000, 'guide.pdf', { visitor: 'visitor-anna', subject: 'visitor-anna' })
    const claim = person('anna', NOON + 2000, HEAD)
    world.now = NOON + HOUR_MS
    await world.happen(first, guide, claim)
    const path = `/v1/leads/${await world.leadId('anna@acme.example')}/timeline`
    const { data, body } = await world.get(path)
    expect(body.next).toBeNull()
    expect(data.map(({ id }) => id)).toEqual([claim.id, guide.id, first.id])
    expect(data[1]).toMatchObject({ type: 'download', effects: [{ rule: 'guide', points: 15 }] })
    expect(data[2]).toMatchObject({ effects: [], page: { path: '/' } })
    expect(data[0]?.effects).toEqual([
      { rule: 'newsletter', points: 5 },
      { rule: 'marketing-head', points: 25 },
      { rule: 'it-company', points: 20 },
    ])
  })

  it('pages, and knows a cursor that is not its own', async () => {
    const views = [0, 1, 2].map(i =>
      pageView(NOON + i * 1000, `/${i}`, { visitor: 'visitor-anna', subject: 'visitor-anna' }),
    )
    world.now = NOON + HOUR_MS
    await world.happen(...views, person('anna', NOON + 5000))
    const path = `/v1/leads/${await world.leadId('anna@acme.example')}/timeline`
    const first = await world.get(`${path}?limit=3`)
    const second = await world.get(`${path}?limit=3&cursor=${String(first.body.next)}`)
    expect([...first.data, ...second.data].map(({ id }) => id).slice(1)).toEqual(
      views.map(({ id }) => id).toReversed(),
    )
    expect(second.body.next).toBeNull()
    expect((await world.get(`${path}?cursor=nonsense`)).body.code).toBe('invalid_cursor')
  })
})

describe('GET /v1/leads/:id/score', () => {
  it('adds up, now and at any past instant', async () => {
    const guide = download(NOON - DAY_MS, 'guide.pdf', { visitor: 'visitor-anna', subject: 'visitor-anna' })
    await world.happen(guide, person('anna', NOON, HEAD, 'demo'))
    const path = `/v1/leads/${await world.leadId('anna@acme.example')}/score`
    const score = (await world.get(path)).body as { engagement: Axis; fit: Axis }
    for (const axis of [score.engagement, score.fit]) {
      expect(axis.reasons.reduce((sum, { decayed }) => sum + decayed, 0)).toBe(axis.score)
    }
    expect(score.fit.score).toBe(45)
    expect(Object.keys(score.engagement.reasons[0] ?? {}).sort()).toEqual(
      ['rule', 'points', 'earned', 'capped', 'decayed', 'count', 'events', 'text'].sort(),
    )
    const earlier = await world.get(`${path}?at=${iso(NOON - DAY_MS)}`)
    expect(earlier.status).toBe(404)
    world.now = NOON + 14 * DAY_MS
    const later = (await world.get(path)).body as { engagement: Axis }
    expect(later.engagement.score).toBeCloseTo(score.engagement.score / 2, 10)
  })

  it('answers under a published version, and names them when asked for another', async () => {
    await world.happen(person('anna', NOON))
    const path = `/v1/leads/${await world.leadId('anna@acme.example')}/score`
    expect((await world.get(`${path}?model=1`)).body).toMatchObject({
      model: { name: 'Example', version: 1 },
    })
    const { status, body } = await world.get(`${path}?model=7`)
    expect(status).toBe(404)
    expect(body.detail).toBe('model: expected a published version (1), got 7.')
  })
})

interface Axis {
  readonly score: number
  readonly reasons: readonly { readonly decayed: number }[]
}
