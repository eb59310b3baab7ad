import { describe, expect, it } from 'vitest'
import { type Browser, beginStory, type Story } from '../support/story.ts'
import { heardOf } from '../support/story-stream.ts'

/** Worked example 1 as life has it: several devices, outages, and people who are no prospects. */

const ANNA = 'anna@acme.example'
const HEAD = { Email: ANNA, Company: 'Acme', 'Job title': 'Head of Marketing', Industry: 'IT' }
const QUALIFIED = { stage: 'mql', moves: ['anonymous → lead', 'lead → mql'], told: 1 }
const ONLY_A_LEAD = { stage: 'lead', moves: ['anonymous → lead'], handoffs: [] }

/** Everything but the last of the three visits, on day 10. */
async function almost(story: Story, anna: Browser): Promise<void> {
  await anna.submits('contact', HEAD)
  await anna.downloads('10-strategies-guide.pdf')
  for (const day of [2, 6]) {
    story.day(day)
    await anna.visits('/pricing', { engaged: '6s' })
  }
  story.day(10)
}

describe('worked example 1', () => {
  it('on two devices, each knowing a part: one lead, whose visits add up', async () => {
    const story = await beginStory('goldpan.yaml')
    const [laptop, phone] = [story.browser(), story.browser()]
    await almost(story, laptop)
    await phone.visits('/pricing', { engaged: '6s' })
    expect(await story.lead(ANNA)).toMatchObject(ONLY_A_LEAD)

    story.after('1h')
    const joined = new Date(story.world.now + 40_000).toISOString()
    await phone.submits('newsletter', { Email: ANNA })
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject({ ...QUALIFIED, visitors: [laptop.visitor, phone.visitor].sort() })
    expect(lead.mql.since).toBe(joined)
  })

  it('not when the phone is somebody else’s: two people are two leads', async () => {
    const story = await beginStory('goldpan.yaml')
    const [laptop, phone] = [story.browser(), story.browser()]
    await almost(story, laptop)
    await phone.visits('/pricing', { engaged: '6s' })
    await phone.submits('newsletter', { Email: 'boris@acme.example' })
    expect(await story.lead(ANNA)).toMatchObject(ONLY_A_LEAD)
    expect(await story.lead('boris@acme.example')).toMatchObject(ONLY_A_LEAD)
  })

  it('when the third visit was kept in the browser through an outage: dated when it was, told once', async () => {
    const story = await beginStory('goldpan.yaml')
    const anna = story.browser()
    await almost(story, anna)
    anna.losesTheNet()
    const third = new Date(story.world.now).toISOString()
    await anna.visits('/pricing', { engaged: '6s' })
    story.day(16)
    expect(await story.lead(ANNA)).toMatchObject(ONLY_A_LEAD)
    await anna.comesBack()
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject({ ...QUALIFIED, mql: { since: third } })
    expect(await heardOf(story, ANNA)).toHaveLength(3)
  })

  it('not when it comes more than a week late', async () => {
    const story = await beginStory('goldpan.yaml')
    const anna = story.browser()
    await almost(story, anna)
    anna.losesTheNet()
    await anna.visits('/pricing', { engaged: '6s' })
    story.day(18)
    await anna.comesBack()
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(ONLY_A_LEAD)
    expect(lead.reasons).not.toContain('pricing-3x')
  })

  it('not as a robot, though its form makes a lead to look at', async () => {
    const story = await beginStory('goldpan.yaml')
    const robot = story.browser('Mozilla/5.0 (compatible; SomeBot/2.0; +https://bot.example)')
    await almost(story, robot)
    await robot.visits('/pricing', { engaged: '6s' })
    await robot.submits('demo', HEAD)
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(ONLY_A_LEAD)
    expect(lead.score.engagement).toEqual({ score: 0, reasons: [] })
  })

  it.each(['competitors', 'staff'])('not as one of the %s', async list => {
    // The model's own tests are about people of that very company.
    const untested = (text: string) => text.slice(0, text.indexOf('\ntests:') + 1)
    const put = (text: string) =>
      untested(text).replace(`${list}: { domains: []`, `${list}: { domains: [acme.example]`)
    const story = await beginStory('goldpan.yaml', put)
    const anna = story.browser()
    for (const day of [1, 4, 8]) {
      story.day(day)
      await anna.visits('/pricing', { engaged: '6s' })
    }
    await anna.submits('demo', HEAD)
    expect(await story.lead(ANNA)).toMatchObject(ONLY_A_LEAD)
  })
})
