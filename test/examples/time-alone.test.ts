import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { beginStory, type Story } from '../support/story.ts'
import { heardOf } from '../support/story-stream.ts'

/** What time alone does: it cools an MQL at the exact instant, once, and never makes one. Under the default model. */

const ANNA = 'anna@acme.example'
const HEAD = { Email: ANNA, Company: 'Acme', 'Job title': 'Head of Marketing', Industry: 'IT' }
const COOLED = ['anonymous → lead', 'lead → mql', 'mql → lead']

/** An MQL, and the instant until which the API says it stays one. */
async function warm(): Promise<readonly [Story, number]> {
  const story = await beginStory('goldpan.yaml')
  const anna = story.browser()
  await anna.submits('contact', HEAD)
  for (const day of [1, 4, 8]) {
    story.day(day)
    await anna.visits('/pricing', { engaged: '1m' })
  }
  const { stage, mql } = await story.lead(ANNA)
  expect(stage).toBe('mql')
  const until = Date.parse(mql.until ?? '')
  expect(until).toBeGreaterThan(story.world.now)
  return [story, until]
}

const said = (until: number) => [
  expect.stringMatching('anonymous → lead'),
  expect.stringMatching('lead → mql'),
  'handoff told',
  `mql → lead at ${new Date(until).toISOString()}`,
]

describe('an MQL that cools', () => {
  it('falls back at the very instant the API named, and not a millisecond before', async () => {
    const [story, until] = await warm()
    story.world.now = until - 1
    expect(await story.lead(ANNA)).toMatchObject({ stage: 'mql', told: 1 })
    story.world.now = until
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject({ stage: 'lead', moves: COOLED, mql: { since: null, until: null } })
    expect(lead.transitions.at(-1)).toMatchObject({
      at: new Date(until).toISOString(),
      actor: 'goldpan',
      reason: 'cooled',
    })
    expect(lead.engagement.score).toBeLessThan(25)
    expect(lead.engagement.score).toBeCloseTo(25, 5)
  })

  it('falls once, however long nobody looks', async () => {
    const [story, until] = await warm()
    for (const days of [0, 1, 30, 300]) {
      story.world.now = until + days * DAY_MS
      expect(await story.lead(ANNA)).toMatchObject({ stage: 'lead', moves: COOLED, told: 1 })
    }
    expect(await heardOf(story, ANNA)).toEqual(said(until))
  })

  it('falls at that instant also when the collector was down, and says so once', async () => {
    const [story, until] = await warm()
    await story.world.stop()
    story.world.now = until + 40 * DAY_MS
    await story.world.start()
    expect(await story.lead(ANNA)).toMatchObject({ stage: 'lead', moves: COOLED, told: 1 })
    await story.world.stop()
    await story.world.start()
    expect(await story.lead(ANNA)).toMatchObject({ moves: COOLED })
    expect(await heardOf(story, ANNA)).toEqual(said(until))
  })

  it('falls at that instant also when the next thing heard of it is a visit long after', async () => {
    const [story, until] = await warm()
    await story.world.stop()
    story.world.now = until + 40 * DAY_MS
    await story.world.start()
    await story.browser().submits('newsletter', { Email: ANNA })
    expect(await story.lead(ANNA)).toMatchObject({ moves: COOLED })
    expect(await heardOf(story, ANNA)).toEqual(said(until))
  })

  it('does not fall when something happens in time', async () => {
    const [story, until] = await warm()
    story.world.now = until - DAY_MS
    const anna = story.browser()
    await anna.submits('demo', HEAD)
    const later = Date.parse((await story.lead(ANNA)).mql.until ?? '')
    expect(later).toBeGreaterThan(until)
    story.world.now = until
    expect(await story.lead(ANNA)).toMatchObject({ stage: 'mql', moves: ['anonymous → lead', 'lead → mql'] })
  })

  it('is sales’ own once accepted, and no clock takes it away', async () => {
    const [story, until] = await warm()
    await story.sales(ANNA, { to: 'sal', reason: 'accepted' })
    story.world.now = until + 300 * DAY_MS
    expect(await story.lead(ANNA)).toMatchObject({ stage: 'sal', told: 1 })
  })
})

describe('nothing is promoted by time', () => {
  it('when what stood against it ends: a flag of sixty days', async () => {
    const story = await beginStory('goldpan.yaml', text => text.replace('halfLife: 14d', 'halfLife: 500d'))
    const anna = story.browser()
    for (const path of ['/careers/designer', '/careers/writer', '/careers/analyst']) await anna.visits(path)
    story.day(1)
    await anna.visits('/pricing')
    await anna.downloads('10-strategies-guide.pdf')
    await anna.submits('free-trial', HEAD)
    const lead = { stage: 'lead', moves: ['anonymous → lead'], handoffs: [] }
    expect(await story.lead(ANNA)).toMatchObject({ ...lead, flags: expect.arrayContaining(['job_seeker']) })
    for (const day of [59, 60, 61, 62, 70]) {
      story.day(day)
      expect(await story.lead(ANNA)).toMatchObject(lead)
    }
    expect((await story.lead(ANNA)).flags).not.toContain('job_seeker')
    await anna.visits('/features')
    expect(await story.lead(ANNA)).toMatchObject({ stage: 'mql', told: 1 })
  })
})
