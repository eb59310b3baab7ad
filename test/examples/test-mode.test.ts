import { beforeEach, describe, expect, it } from 'vitest'
import { type Browser, beginStory, type Story } from '../support/story.ts'
import { eventsIn, expectReplayed, leadsIn, timelineOf, waitingIn, whoIs } from '../support/story-people.ts'

/** The test key (collector.md, Wire): the same path, separate leads, no hand-off. */

const ANNA = 'anna@acme.example'
const SAYS = { 'E-mail': ANNA, Company: 'Acme', Employees: '120' }
const VISITOR = 'browser-of-a-marketer'

let story: Story
let trial: Browser
beforeEach(async () => {
  story = await beginStory('goldpan.yaml')
  trial = story.browser(undefined, { visitor: VISITOR, isTest: true })
  await trial.visits('/pricing', { engaged: '1m' })
  await trial.submits('demo-request', SAYS)
})

describe('what is tried with the test key', () => {
  it('goes the whole way but the last: an MQL of whom nobody is told, in no list but its own', async () => {
    expect(await leadsIn(story)).toEqual([])
    expect(await leadsIn(story, '&stage=anonymous')).toEqual([])
    const [tried, ...others] = await leadsIn(story, '&test=true')
    expect(others).toEqual([])
    expect(tried).toMatchObject({ email: ANNA, stage: 'mql', test: true, visitors: [VISITOR] })
    const detail = await story.world.get(`/v1/leads/${tried?.id}`)
    expect(detail).toMatchObject({ test: true, handoffs: [], mql: { by: 'fast_track' } })
    expect(await waitingIn(story)).toEqual([])
    const kinds = (await eventsIn(story, `visitor=${VISITOR}`)).map(({ traffic }) => traffic)
    for (const kind of kinds) expect(kind).toEqual({ kind: 'test', evidence: 'sent with the test key' })
    await expectReplayed(story)
  })

  it('is another person’s than what the same browser does with the live key, of the same address too', async () => {
    story.day(1)
    const [tried] = await leadsIn(story, '&test=true')
    const before = await timelineOf(story, { id: tried?.id ?? '' })
    const live = story.browser(undefined, { visitor: VISITOR })
    await live.visits('/features', { engaged: '20s' })
    expect(await leadsIn(story, '&stage=anonymous')).toMatchObject([{ visitors: [VISITOR], email: null }])
    await live.submits('newsletter', SAYS)
    const anna = await whoIs(story, ANNA)
    expect(anna).toMatchObject({
      stage: 'lead',
      test: false,
      told: 0,
      reasons: ['right-size', 'product', 'newsletter'],
    })
    expect(anna.id).not.toBe(tried?.id)
    expect(await timelineOf(story, { id: tried?.id ?? '' })).toEqual(before)
    await expectReplayed(story)
  })

  it('confirms and locks nothing of the real person', async () => {
    await story.program(VISITOR).identifies({ email: ANNA })
    story.day(1)
    await story.browser(undefined, { isTest: true }).submits('newsletter', SAYS)
    const [tried] = await leadsIn(story, '&test=true')
    await story.browser().submits('demo-request', SAYS)
    expect(await whoIs(story, ANNA)).toMatchObject({ stage: 'mql', told: 1, unconfirmed: [] })
    expect(await leadsIn(story, '&test=true')).toMatchObject([{ id: tried?.id }])
    await expectReplayed(story)
  })
})
