import { beforeEach, describe, expect, it } from 'vitest'
import { beginStory, type Story } from '../support/story.ts'
import { expectReplayed, leadsIn, timelineOf, whoIs } from '../support/story-people.ts'
import { FEATURES, left, PRICING, page } from '../support/story-points.ts'

/** Who did what (collector.md, Identity), under the default model; points are worked out by hand from goldpan.yaml. */

const ANNA = 'anna@acme.example'
const BORIS = 'boris@birch.example'

let story: Story
beforeEach(async () => {
  story = await beginStory('goldpan.yaml')
})

describe('two people on one computer', () => {
  async function share(): Promise<void> {
    const shared = story.browser()
    await shared.visits('/pricing', { engaged: '20s' }) // +0 s; pricing at +5 s
    await shared.submits('newsletter', { 'E-mail': ANNA }) // +20 s, sent at +60 s
    await shared.visits('/features', { engaged: '20s' }) // +60 s; product at the report of +80 s
    story.day(1)
    await shared.submits('contact', { 'E-mail': BORIS }) // day 1 +0 s, sent at +40 s
    await shared.downloads('guide.pdf') // its page for 10 s: fetched at +50 s
    story.day(2)
    await shared.submits('newsletter', { 'E-mail': ANNA }) // once: no points
    await shared.visits('/pricing', { engaged: '20s' }) // day 2 +40 s, Anna's third session; pricing at +45 s
  }

  it('have each their own timeline: before the first claim the first one’s, after a claim the claimant’s', async () => {
    await share()
    expect(await timelineOf(story, await whoIs(story, ANNA))).toEqual([
      ...PRICING,
      ...page('newsletter'),
      'form_submit /newsletter newsletter 5',
      ...FEATURES,
      // the page of a form that gives the computer to Boris is still hers
      ...page('contact'),
      'form_submit /newsletter',
      ...['page_view /pricing returning 5', ...PRICING.slice(1)],
    ])
    expect(await timelineOf(story, await whoIs(story, BORIS))).toEqual([
      'form_submit /contact contact 15',
      ...page('resources'),
      'download /resources guide 20',
      ...page('newsletter'),
    ])
    await expectReplayed(story)
  })

  it('have each their own points, and no more of them when the clock goes on', async () => {
    await share()
    for (const days of [0, 5]) {
      story.after(`${days * 24 + 1}h`)
      const [anna, boris] = [await whoIs(story, ANNA), await whoIs(story, BORIS)]
      expect(anna.engagement.score).toBeCloseTo(
        left(story, [10, 0, 5], [5, 0, 60], [3, 0, 80], [5, 2, 40], [10, 2, 45]),
        9,
      )
      expect(boris.engagement.score).toBeCloseTo(left(story, [15, 1, 40], [20, 1, 50]), 9)
      expect([anna.reasons, boris.reasons]).toEqual([
        ['pricing', 'product', 'newsletter', 'returning'],
        ['contact', 'guide'],
      ])
    }
    expect(await leadsIn(story)).toHaveLength(2)
    expect(await leadsIn(story, '&stage=anonymous')).toEqual([])
  })
})

it('one person on three devices is one lead with all that was done on them, before and after the address was given', async () => {
  const [phone, laptop, tablet] = [story.browser(), story.browser(), story.browser()]
  await phone.visits('/pricing', { engaged: '20s' }) // pricing at +5 s
  await laptop.visits('/features', { engaged: '20s' }) // +20 s; product at +40 s
  story.day(1)
  await phone.submits('newsletter', { 'E-mail': ANNA }) // day 1, the third session; sent at +40 s
  story.day(2)
  await laptop.submits('contact', { 'E-mail': ANNA.toUpperCase() }) // day 2 +40 s
  await tablet.visits('/pricing', { engaged: '20s' }) // day 2 +40 s; pricing at +45 s
  story.day(3)
  await tablet.submits('newsletter', { 'E-mail': ANNA }) // once: no points; day 3 +40 s
  await phone.visits('/pricing', { engaged: '3m' }) // +45 s pricing, third session: +40 s; minutes at +160 s
  const anna = await whoIs(story, ANNA)
  expect(await timelineOf(story, anna)).toEqual([
    ...PRICING,
    ...FEATURES,
    'page_view /newsletter returning 5',
    ...Array(2).fill('engagement /newsletter'),
    'form_submit /newsletter newsletter 5',
    ...page('contact'),
    'form_submit /contact contact 15',
    ...PRICING,
    ...page('newsletter'),
    'form_submit /newsletter',
    'page_view /pricing pricing-3x 35',
    'engagement /pricing pricing 10',
    'engagement /pricing',
    'engagement /pricing pricing-minutes 10',
    'engagement /pricing',
  ])
  expect(anna.visitors).toEqual([phone, laptop, tablet].map(({ visitor }) => visitor).sort())
  expect(anna.engagement.score).toBeCloseTo(
    left(
      story,
      ...([
        [10, 0, 5],
        [3, 0, 40],
        [5, 1, 0],
        [5, 1, 40],
        [15, 2, 40],
      ] as const),
      ...([
        [10, 2, 45],
        [35, 3, 40],
        [10, 3, 45],
        [10, 3, 160],
      ] as const),
    ),
    9,
  )
  expect(anna.moves).toEqual(['anonymous → lead'])
  expect(await leadsIn(story)).toHaveLength(1)
  expect(await leadsIn(story, '&stage=anonymous')).toEqual([])
  await expectReplayed(story)
})
