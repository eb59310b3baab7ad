import { describe, expect, it } from 'vitest'
import { type Browser, beginStory, type Story } from '../support/story.ts'
import { heardOf } from '../support/story-stream.ts'

/** Worked example 9 over the wire and the API, under the default model: 30 days of rest, then 25 new points. */

const ANNA = 'anna@acme.example'
const HEAD = { Email: ANNA, Company: 'Acme', 'Job title': 'Head of Marketing', Industry: 'IT' }
const SENT_BACK = ['anonymous → lead', 'lead → mql', 'mql → nurturing']
const NURTURING = { stage: 'nurturing', moves: SENT_BACK, told: 1 }
const AGAIN = { stage: 'mql', moves: [...SENT_BACK, 'nurturing → mql'], told: 2 }

/** An MQL on day 8, sent back by sales at nine in the morning of day 9: the rest ends at nine on day 39. */
async function sentBack(
  reason = 'not_ready',
  edit?: (text: string) => string,
): Promise<readonly [Story, Browser]> {
  const story = await beginStory('goldpan.yaml', edit)
  const anna = story.browser()
  await anna.submits('contact', HEAD)
  await anna.downloads('10-strategies-guide.pdf')
  for (const day of [1, 4, 8]) {
    story.day(day)
    await anna.visits('/pricing', { engaged: '1m' })
  }
  expect(await story.lead(ANNA)).toMatchObject({ stage: 'mql', told: 1 })
  story.day(9)
  await story.sales(ANNA, { to: 'nurturing', reason })
  return [story, anna]
}

async function visitsPricingOn(story: Story, browser: Browser, days: readonly number[]): Promise<void> {
  for (const day of days) {
    story.day(day)
    await browser.visits('/pricing', { engaged: '1m' })
  }
}

describe('worked example 9', () => {
  it('goes back to nurturing with the reason, and is not lost', async () => {
    const [story] = await sentBack()
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject({ ...NURTURING, mql: { since: null, reasons: [] } })
    expect(lead.transitions.at(-1)).toEqual({
      from: 'mql',
      to: 'nurturing',
      at: '2026-03-11T09:00:00.000Z',
      actor: 'sales',
      reason: 'not_ready',
      model: 1,
    })
    expect(lead.reasons).toEqual(expect.arrayContaining(['pricing-3x', 'guide', 'marketing-head']))
    expect(lead.engagement.score).toBeGreaterThan(40)
  })

  it('qualifies again on new activity after the rest, and sales is told a second time', async () => {
    const [story, anna] = await sentBack()
    await visitsPricingOn(story, anna, [40, 43])
    expect(await story.lead(ANNA)).toMatchObject(NURTURING)
    await visitsPricingOn(story, anna, [46])

    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(AGAIN)
    expect(lead.transitions.at(-1)).toMatchObject({ actor: 'goldpan', reason: 'when' })
    expect(await heardOf(story, ANNA)).toEqual([
      expect.stringMatching('anonymous → lead'),
      expect.stringMatching('lead → mql'),
      'handoff told',
      expect.stringMatching('nurturing at 2026-03-11'),
      expect.stringMatching('nurturing → mql'),
      'handoff told',
    ])
  })

  it('also when sales had accepted before', async () => {
    const story = await beginStory('goldpan.yaml')
    const anna = story.browser()
    await anna.submits('demo', { ...HEAD, Employees: '80' })
    await story.sales(ANNA, { to: 'sal', reason: 'accepted' })
    story.day(2)
    await story.sales(ANNA, { to: 'nurturing', reason: 'not_ready' })
    story.day(33)
    await anna.submits('demo', { ...HEAD, Message: 'Now we are.' })
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject({ stage: 'mql', told: 2 })
    expect(lead.moves.slice(2)).toEqual(['mql → sal', 'sal → nurturing', 'nurturing → mql'])
  })

  it('rests longer for want of a budget', async () => {
    const [story, anna] = await sentBack('no_budget')
    await visitsPricingOn(story, anna, [80, 90, 93, 96])
    expect(await story.lead(ANNA)).toMatchObject(NURTURING)
    await visitsPricingOn(story, anna, [99])
    expect(await story.lead(ANNA)).toMatchObject(AGAIN)
  })
})

describe('worked example 9, not', () => {
  it('on the old points, though they are still enough', async () => {
    const [story, anna] = await sentBack('not_ready', text => text.replace('not_ready: 30d', 'not_ready: 1h'))
    story.after('2h')
    await anna.visits('/about-us', { engaged: '20s' })
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(NURTURING)
    expect(lead.engagement.score).toBeGreaterThan(40)
    expect(lead.reasons).toContain('pricing-3x')
  })

  it('within the rest, to its last moment', async () => {
    const [story, anna] = await sentBack()
    await visitsPricingOn(story, anna, [30, 34, 38])
    expect(await story.lead(ANNA)).toMatchObject(NURTURING)
    story.after('23h')
    story.after('58m')
    await anna.visits('/pricing', { engaged: '30s' })
    expect(await story.lead(ANNA)).toMatchObject(NURTURING)

    story.day(39)
    await anna.visits('/about-us', { engaged: '5s' })
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(AGAIN)
    expect(lead.mql.since).toBe('2026-04-10T09:00:00.000Z')
  })

  it('by what is said of them or happens to them: identify, consent, an e-mail opened', async () => {
    const [story, anna] = await sentBack()
    await visitsPricingOn(story, anna, [30, 34, 38])
    story.day(40)
    await anna.does('identify', { email: ANNA, traits: { companySize: 120 } })
    expect(await story.lead(ANNA)).toMatchObject({ ...NURTURING, fit: { score: 65 } })
    await anna.does('consent', { state: 'granted', text: 'Newsletter' })
    await anna.does('web_vital', { name: 'LCP', value: 1200, rating: 'good' })
    const mailing = story.program('mailing-contact-7')
    await mailing.identifies({ email: ANNA })
    await mailing.sends('email_open', { campaign: 'spring' })
    expect(await story.lead(ANNA)).toMatchObject(NURTURING)

    await anna.visits('/features', { engaged: '15s' })
    expect(await story.lead(ANNA)).toMatchObject(AGAIN)
  })

  it('by time alone', async () => {
    const [story, anna] = await sentBack()
    await visitsPricingOn(story, anna, [30, 34, 38])
    for (let day = 39; day < 60; day++) {
      story.day(day)
      expect(await story.lead(ANNA)).toMatchObject(NURTURING)
    }
  })

  it('on too little that is new, though all else is new', async () => {
    const [story, anna] = await sentBack('not_ready', text => text.replace('newPoints: 25', 'newPoints: 80'))
    await visitsPricingOn(story, anna, [40, 43, 46])
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(NURTURING)
    expect(lead.engagement.score).toBeGreaterThan(60)

    await anna.submits('quote', HEAD)
    expect(await story.lead(ANNA)).toMatchObject(AGAIN)
  })
})
