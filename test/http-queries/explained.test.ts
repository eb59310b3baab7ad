import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { DAY_MS } from '../../shared/time.ts'
import { action, factsOf } from '../queries/histories.ts'
import { EXAMPLE } from '../support/model.ts'
import { type Json, makeWorld, type World } from './world.ts'

/** Stricter at the entry and kinder at the exit than the example, with another weight. */
const SECOND: ScoringModel = {
  ...EXAMPLE,
  engagement: {
    ...EXAMPLE.engagement,
    rules: EXAMPLE.engagement.rules.map(rule => (rule.id === 'guide' ? { ...rule, points: 20 } : rule)),
  },
  mql: { ...EXAMPLE.mql, exit: { engagement: 10 } },
}
const EMAILS = ['anna@acme.example', 'boris@gmail.com', 'eva@rival.example']

/** How live scoring showed a lead at an instant. */
interface Seen {
  readonly id: string
  readonly at: number
  readonly lead: Json
}

let world: World | null = null
afterEach(() => world?.end())

/** Lives through a history, looking at everybody after each event and some time later, before the next. */
async function liveThrough(
  actions: Parameters<typeof factsOf>[0],
  publishAfter: number,
): Promise<readonly Seen[]> {
  world = await makeWorld()
  const ids = new Map<string, string>()
  for (const email of EMAILS) ids.set(email, await world.leadId(email))
  const events = factsOf(actions, email => ids.get(email) ?? '')
  const seen: Seen[] = []
  let isPublished = false
  for (const [index, facts] of events.entries()) {
    const lastAt = facts.at(-1)?.occurredAt ?? world.now
    world.now = Math.max(world.now, lastAt)
    await world.happen(...facts)
    const leftMs = (events[index + 1]?.[0]?.occurredAt ?? lastAt + 60 * DAY_MS) - lastAt
    // Of one millisecond only its end can be asked about.
    if (leftMs < 3) continue
    seen.push(...(await lookAround(world)))
    world.now = lastAt + Math.floor(leftMs / 2)
    if (index >= publishAfter && !isPublished) {
      await world.publish(SECOND, 2)
      isPublished = true
    }
    await world.settle()
    seen.push(...(await lookAround(world)))
  }
  return seen
}

async function lookAround(at: World): Promise<readonly Seen[]> {
  const { data } = await at.get('/v1/leads?limit=200')
  return data.map(lead => ({ id: String(lead.id), at: at.now, lead }))
}

/** What of a lead an explanation must tell the same way. */
const told = ({ stage, fit, engagement, mql, model }: Json) => {
  const episode = mql as { since: string | null; until: string | null; by: string | null } | null
  return {
    stage,
    fit: (fit as { score: number }).score,
    engagement: (engagement as { score: number }).score.toFixed(9),
    mql: episode?.since ? { since: episode.since, until: episode.until, by: episode.by } : null,
    model,
  }
}

it('an explanation at a past instant is what live scoring stored then', async () => {
  const stages = new Set<unknown>()
  const lives = (): Promise<void> =>
    fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 4, maxLength: 16 }),
        fc.integer({ min: 0, max: 12 }),
        async (actions, publishAfter) => {
          const seen = await liveThrough(actions, publishAfter)
          const now = world
          if (!now) return
          now.now += 200 * DAY_MS
          await now.settle()
          for (const { id, at, lead } of seen) {
            const { status, body } = await now.get(`/v1/leads/${id}/score?at=${new Date(at).toISOString()}`)
            expect(status).toBe(200)
            expect(told(body), new Date(at).toISOString()).toEqual(told(lead))
            expect(body.grade).toBe((lead.fit as { grade: string }).grade)
            stages.add(body.stage)
          }
          await now.end()
          world = null
        },
      ),
      { numRuns: 10 },
    )
  // ten lives in which nobody qualifies are rare, and say nothing
  for (let tries = 0; tries < 5 && !stages.has('mql'); tries += 1) await lives()
  expect([...stages]).toEqual(expect.arrayContaining(['lead', 'mql']))
}, 120_000)
