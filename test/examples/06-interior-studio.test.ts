import { describe, expect, it } from 'vitest'
import { type Browser, beginStory, type Story } from '../support/story.ts'
import { heardOf } from '../support/story-stream.ts'
import { BEGINNING } from '../support/story-world.ts'

/** Worked example 6 over the wire: models/interior-studio.yaml. */

const VERA = 'vera@mail.example'
const AD = 'utm_source=google&utm_medium=cpc&utm_campaign=kitchens&gclid=abc123'
const AD_AGAIN = 'utm_source=instagram&utm_medium=paid_social&utm_campaign=remarketing-kitchens'

/** An ad, prices, away; the ad again, back, a follower: nobody knows her name yet. */
async function discovery(): Promise<readonly [Story, Browser]> {
  const story = await beginStory('models/interior-studio.yaml')
  const vera = story.browser()
  await vera.visits(`/prices?${AD}`, { engaged: '40s', from: 'https://www.google.com/' })
  story.day(7)
  await vera.visits(`/portfolio?${AD_AGAIN}`, { engaged: '1m', from: 'https://l.instagram.com/' })
  await vera.does('outbound_click', { url: 'https://www.instagram.com/our-studio/' })
  return [story, vera]
}

async function anonymous(story: Story): Promise<readonly unknown[]> {
  await story.world.settle()
  const { data } = await story.world.get('/v1/leads?stage=anonymous')
  return Array.isArray(data) ? data : []
}

describe('worked example 6', () => {
  it('is anonymous first: a score, and no stage', async () => {
    const [story] = await discovery()
    expect(await anonymous(story)).toMatchObject([{ stage: 'anonymous', email: null }])
    expect(await story.world.get('/v1/leads')).toMatchObject({ data: [] })
  })

  it('is a lead for two months, fading and never handed over, and an MQL at the request', async () => {
    const [story, vera] = await discovery()
    story.day(21)
    await vera.submits('inspiration-letter', { Имейл: VERA })
    const scores: number[] = []
    for (const day of [28, 35, 42, 49, 56]) {
      story.day(day)
      if (day === 35) await vera.visits('/portfolio/kitchens', { engaged: '30s' })
      const lead = await story.lead(VERA)
      expect(lead).toMatchObject({ stage: 'lead', moves: ['anonymous → lead'], handoffs: [] })
      scores.push(lead.engagement.score)
    }
    expect(scores.slice(1)).toEqual(scores.slice(1).toSorted((a, b) => b - a))
    expect(Math.max(...scores)).toBeLessThan(20)

    story.day(61)
    const message = 'Искаме нова кухня и баня, можем ли да се видим?'
    await vera.submits('request', { Имейл: VERA, Телефон: '+359 88 123 4567', Съобщение: message })
    const lead = await story.lead(VERA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1, moves: ['anonymous → lead', 'lead → mql'] })
    expect(lead.because).toEqual([
      'near',
      'ad',
      'remarketing',
      'follows-us',
      'prices',
      'portfolio',
      'comes-back',
      'newsletter',
      'request',
    ])
    expect(lead.needs).toEqual(['bathroom', 'kitchen'])
    expect(await heardOf(story, VERA)).toEqual([
      expect.stringMatching('anonymous → lead'),
      expect.stringMatching('lead → mql'),
      'handoff told',
    ])
  })

  it('shows the whole way back to the first anonymous click', async () => {
    const [story, vera] = await discovery()
    story.day(61)
    await vera.submits('request', { Имейл: VERA, Телефон: '+359 88 123 4567' })
    const lead = await story.lead(VERA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1 })
    expect(lead.firstTouch).toMatchObject({
      channel: 'paid_search',
      clickId: 'gclid',
      utm: { campaign: 'kitchens' },
      landingPath: '/prices',
      at: new Date(BEGINNING).toISOString(),
    })
    expect(lead.lastTouch).toMatchObject({
      channel: 'paid_social',
      utm: { campaign: 'remarketing-kitchens' },
    })
    const { data } = await story.world.get(`/v1/leads/${lead.id}/timeline?limit=200`)
    const timeline = Array.isArray(data) ? data : []
    expect(timeline.at(-1)).toMatchObject({
      type: 'page_view',
      page: { path: '/prices' },
      occurredAt: new Date(BEGINNING).toISOString(),
    })
    expect(await anonymous(story)).toEqual([])
  })

  it('is never an MQL by looking, however often, and known to fit', async () => {
    const [story, vera] = await discovery()
    await vera.submits('inspiration-letter', { Имейл: VERA, Държава: 'България', '@budget': '40000' })
    for (let day = 8; day < 15; day++) {
      story.day(day)
      await vera.visits('/prices', { engaged: '3m' })
      await vera.visits('/services', { engaged: '1m' })
      await vera.downloads('price-list-2026.pdf', '/prices')
    }
    const lead = await story.lead(VERA)
    expect(lead).toMatchObject({ stage: 'lead', handoffs: [], fit: { score: 50 } })
    expect(lead.engagement.score).toBeGreaterThan(80)
  })
})
