import { describe, expect, it } from 'vitest'
import { beginStory } from '../support/story.ts'

/** Worked example 5 over the wire: models/insurance.yaml. */

const MODEL = 'models/insurance.yaml'
const A = 'a@mail.example'
const B = 'b@mail.example'

describe('worked example 5', () => {
  it("A reads the blog, looks at tariffs and subscribes: marketing's lead, and stays it", async () => {
    const story = await beginStory(MODEL)
    const a = story.browser()
    await a.visits('/blog/winter-tyres', { engaged: '2m', from: 'https://www.google.com/' })
    story.day(3)
    await a.visits('/blog/first-car', { engaged: '1m' })
    story.day(5)
    await a.visits('/tariffs', { engaged: '1m' })
    await a.submits('newsletter', { 'E-mail': A })
    expect(await story.lead(A)).toMatchObject({
      stage: 'lead',
      moves: ['anonymous → lead'],
      handoffs: [],
      reasons: ['tariffs', 'blog', 'newsletter'],
    })

    for (const day of [6, 7, 8, 9]) {
      story.day(day)
      await a.visits('/tariffs', { engaged: '2m' })
      await a.visits('/motor-insurance', { engaged: '1m' })
    }
    const keen = await story.lead(A)
    expect(keen).toMatchObject({ stage: 'lead', moves: ['anonymous → lead'], handoffs: [] })
    expect(keen.engagement.score).toBeGreaterThan(45)
  })

  it('B opens motor insurance, looks at tariffs and asks for a quote: to sales at once', async () => {
    const story = await beginStory(MODEL)
    const b = story.browser()
    await b.visits('/motor-insurance', { engaged: '1m' })
    await b.visits('/tariffs', { engaged: '1m' })
    await b.submits('quote', { Phone: '+359 88 123 4567', 'E-mail': B })
    const lead = await story.lead(B)
    expect(lead).toMatchObject({
      stage: 'mql',
      moves: ['anonymous → lead', 'lead → mql'],
      because: ['home-market', 'quote', 'motor', 'tariffs'],
      needs: ['motor'],
      told: 1,
    })
    expect(new Set(lead.transitions.map(({ at }) => at))).toEqual(
      new Set([new Date(story.world.now).toISOString()]),
    )
    expect(lead.mql.by).toBe('when')
  })

  it('A too, the moment A asks', async () => {
    const story = await beginStory(MODEL)
    const a = story.browser()
    await a.visits('/блог/зимни-гуми', { engaged: '2m' })
    await a.visits('/тарифи', { engaged: '1m' })
    await a.submits('бюлетин', { Имейл: A })
    story.day(20)
    await a.submits('оферта', { Имейл: A, Държава: 'България' })
    expect(await story.lead(A)).toMatchObject({
      stage: 'mql',
      because: ['home-market', 'quote', 'tariffs', 'blog', 'newsletter'],
      told: 1,
    })
  })
})
