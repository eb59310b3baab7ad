import { describe, expect, it } from 'vitest'
import { beginStory } from '../support/story.ts'
import { heardOf } from '../support/story-stream.ts'

/** Worked example 7 over the wire: models/online-shop.yaml. */

const MODEL = 'models/online-shop.yaml'
const ZOE = 'zoe@gmail.com'
const ROSA = 'rosa@salon.example'

describe('worked example 7', () => {
  it('viewed a product and left: nobody a salesperson could see', async () => {
    const story = await beginStory(MODEL)
    await story.browser().visits('/perfume/rose-absolue', { engaged: '40s', from: 'https://www.google.com/' })
    await story.world.settle()
    expect(await story.world.get('/v1/leads')).toMatchObject({ data: [] })
    expect(await story.world.get('/v1/leads?stage=anonymous')).toMatchObject({
      data: [{ stage: 'anonymous', mql: { since: null } }],
    })
  })

  it.each([
    ['at home', { 'E-mail': ZOE }],
    [
      'at work',
      { 'E-mail': 'zoe@bank.example', Company: 'Bank', 'Job title': 'Head of HR', Employees: '900' },
    ],
  ])('never an MQL as a consumer %s, whatever the love for the shop', async (_, answers) => {
    const story = await beginStory(MODEL)
    const zoe = story.browser()
    await zoe.visits('/perfume/rose-absolue', { engaged: '2m' })
    await zoe.submits('newsletter', answers)
    for (let day = 1; day <= 10; day++) {
      story.day(day)
      await zoe.visits('/парфюми/ирис', { engaged: '3m' })
      await zoe.does('add_to_cart', { sku: 'IRIS-50', price: 95 })
      await zoe.visits('/доставка', { engaged: '20s' })
      await zoe.does('purchase', { total: 95, currency: 'EUR' })
      await zoe.visits('/wholesale', { engaged: '30s' })
      await zoe.downloads('wholesale-price-list.pdf', '/wholesale')
    }
    const lead = await story.lead(answers['E-mail'])
    expect(lead).toMatchObject({ stage: 'lead', handoffs: [], moves: ['anonymous → lead'] })
    expect(lead.engagement.score).toBeGreaterThan(60)
    expect(await heardOf(story, answers['E-mail'])).toEqual([expect.stringMatching('anonymous → lead')])
  })

  it("a salon that asks for the trade's prices is an MQL: the shop has salespeople after all", async () => {
    const story = await beginStory(MODEL)
    const rosa = story.browser()
    await rosa.visits('/на-едро', { engaged: '1m' })
    await rosa.submits('wholesale', {
      Имейл: ROSA,
      Фирма: 'Салон Роза',
      Длъжност: 'Собственик',
      Бранш: 'Търговия на дребно',
      Държава: 'България',
    })
    expect(await story.lead(ROSA)).toMatchObject({
      stage: 'mql',
      told: 1,
      because: ['sells-scent', 'buyer', 'we-deliver', 'wholesale-page', 'wholesale-request'],
    })
  })
})
