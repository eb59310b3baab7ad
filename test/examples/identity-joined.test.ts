import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { beginStory, type Story } from '../support/story.ts'
import { expectReplayed, leadsIn, say, standingOf, timelineOf, whoIs } from '../support/story-people.ts'
import { FEATURES, left, PRICING, page } from '../support/story-points.ts'

/** Leads that turn out to be one person, or were thought to be: points are worked out by hand from goldpan.yaml. */

const ANNA = 'anna@acme.example'
const BORIS = 'boris@birch.example'

let story: Story
beforeEach(async () => {
  story = await beginStory('goldpan.yaml')
})

describe('a changed e-mail', () => {
  const NEW = 'anna@cedar.example'

  /** Under the old address on one browser, under the new one on another. */
  async function moves(): Promise<void> {
    const before = story.browser()
    await before.submits('newsletter', { 'E-mail': ANNA, Company: 'Acme' }) // day 0 +40 s
    await before.visits('/pricing', { engaged: '20s' }) // day 0 +45 s
    story.day(3)
    const after = story.browser()
    await after.submits('contact', { 'E-mail': NEW, Company: 'Cedar' }) // day 3 +40 s
    await after.visits('/pricing', { engaged: '20s' }) // day 3 +45 s
  }
  const BOTH = [
    ...page('newsletter'),
    'form_submit /newsletter newsletter 5',
    ...PRICING,
    ...page('contact'),
    'form_submit /contact contact 15',
    ...PRICING,
  ]
  const points = () => left(story, [5, 0, 40], [10, 0, 45], [15, 3, 40], [10, 3, 45])

  it('is one person when the customer’s server says so by its own id of the user', async () => {
    await moves()
    expect(await leadsIn(story)).toHaveLength(2)
    story.day(4)
    const user = story.server('user-42')
    await user.identifies({ email: ANNA })
    expect(await leadsIn(story)).toHaveLength(2)
    await user.identifies({ email: NEW })
    const [lead, ...others] = await leadsIn(story)
    expect(others).toEqual([])
    expect(lead).toMatchObject({ email: NEW })
    const anna = await whoIs(story, NEW)
    expect(await timelineOf(story, anna)).toEqual([...BOTH, 'identify –', 'identify –'])
    expect(anna.engagement.score).toBeCloseTo(points(), 9)
    expect(anna.traits).toMatchObject({ company: { value: 'Cedar' } })
    expect(anna.visitors).toHaveLength(2)
    await expectReplayed(story)
  })

  it('is one person when an operator says so, called by the address of the lead that goes on', async () => {
    await moves()
    story.day(4)
    const [old, fresh] = [await whoIs(story, ANNA), await whoIs(story, NEW)]
    await say(story, 'merge', fresh.id, old.id)
    const anna = await whoIs(story, NEW)
    expect(await leadsIn(story)).toMatchObject([{ id: fresh.id, email: NEW }])
    expect(await timelineOf(story, anna)).toEqual([...BOTH, 'merge –'])
    expect(anna.engagement.score).toBeCloseTo(points(), 9)
    await expectReplayed(story)
  })
})

it('two leads joined and separated again are as if they had never been one, with what each did since', async () => {
  const [one, other] = [story.browser(), story.browser()]
  await one.submits('newsletter', { 'E-mail': ANNA, Company: 'Acme' }) // day 0 +40 s
  await other.submits('contact', { 'E-mail': BORIS, Company: 'Birch' }) // day 0 +80 s
  await other.visits('/pricing', { engaged: '20s' }) // day 0 +85 s
  story.day(1)
  const later = story.world.now + 60 * DAY_MS
  const before = [await standingOf(story, ANNA, later), await standingOf(story, BORIS, later)]
  const [anna, boris] = [await whoIs(story, ANNA), await whoIs(story, BORIS)]
  await say(story, 'merge', anna.id, boris.id)
  story.day(2)
  await one.visits('/features', { engaged: '20s' }) // day 2, the third session of both; product at +20 s
  await other.visits('/pricing', { engaged: '20s' }) // day 2 +25 s
  story.day(3)
  const joined = await whoIs(story, ANNA)
  expect(joined.engagement.score).toBeCloseTo(
    left(story, [5, 0, 40], [15, 0, 80], [10, 0, 85], [5, 2, 0], [3, 2, 20], [10, 2, 25]),
    9,
  )
  expect(await timelineOf(story, joined)).toHaveLength(18)
  await expectReplayed(story)

  await say(story, 'unmerge', anna.id, boris.id)
  story.day(4)
  const parted = [await whoIs(story, ANNA), await whoIs(story, BORIS)]
  expect(parted.map(({ engagement }) => engagement.score)).toEqual([
    expect.closeTo(left(story, [5, 0, 40], [3, 2, 20]), 9),
    expect.closeTo(left(story, [15, 0, 80], [10, 0, 85], [10, 2, 25]), 9),
  ])
  expect(await timelineOf(story, parted[0] ?? anna)).toEqual([
    ...page('newsletter'),
    'form_submit /newsletter newsletter 5',
    ...FEATURES,
  ])
  expect(await timelineOf(story, parted[1] ?? boris)).toEqual([
    ...page('contact'),
    'form_submit /contact contact 15',
    ...PRICING,
    ...PRICING,
  ])
  const whoTheyWere = before.map(({ id, email, traits, fit, moves }) => ({ id, email, traits, fit, moves }))
  expect(parted).toMatchObject(whoTheyWere)
  await expectReplayed(story)
})
