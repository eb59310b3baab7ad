import { describe, expect, it } from 'vitest'
import { beginStory } from '../support/story.ts'

/** Worked example 4 over the wire, under the default model. */

const EVA = 'eva@acme.example'
const PERSONA = {
  'E-mail': EVA,
  Company: 'Acme',
  'Job title': 'Chief Marketing Officer',
  Industry: 'Software',
  'Number of employees': '120',
}

describe('worked example 4', () => {
  it('one visit and one e-book are a weak content lead, even of the right persona', async () => {
    const story = await beginStory('goldpan.yaml')
    const eva = story.browser()
    await eva.visits('/pricing', { engaged: '40s' })
    await eva.downloads('marketing-planning-ebook.pdf')
    await eva.submits('newsletter', PERSONA)
    const lead = await story.lead(EVA)
    expect(lead).toMatchObject({ stage: 'lead', told: 0, handoffs: [], moves: ['anonymous → lead'] })
    expect(lead.reasons).toEqual([
      'marketing-head',
      'it-company',
      'right-size',
      'pricing',
      'newsletter',
      'guide',
    ])
    expect(lead.fit).toMatchObject({ score: 65, grade: 'B' })
    expect(lead.engagement.score).toBeLessThan(40)
  })

  it('a sales form from a company that can hardly afford it has a low fit', async () => {
    const story = await beginStory('goldpan.yaml')
    await story.browser().submits('demo-request', { ...PERSONA, 'Number of employees': '4' })
    const lead = await story.lead(EVA)
    expect(lead).toMatchObject({ stage: 'lead', told: 0, handoffs: [] })
    expect(lead.reasons).toEqual(['marketing-head', 'it-company', 'too-small', 'demo'])
    expect(lead.fit).toMatchObject({ score: 15, grade: 'D' })
    expect(lead.engagement.score).toBe(50)
  })

  it('the same form from one of the right size goes straight to sales', async () => {
    const story = await beginStory('goldpan.yaml')
    await story.browser().submits('demo-request', { 'E-mail': EVA, Company: 'Acme', Employees: '51-200' })
    const lead = await story.lead(EVA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1, because: ['right-size', 'demo'] })
    expect(lead.mql.by).toBe('fast_track')
  })

  it('several visits, minutes on the pricing page, newsletter and the right persona are a strong MQL', async () => {
    const story = await beginStory('goldpan.yaml')
    const eva = story.browser()
    await eva.submits('newsletter', { 'E-mail': EVA })
    await eva.visits('/features', { engaged: '40s' })
    story.day(3)
    await eva.visits('/customers/halden-optics', { engaged: '1m' })
    await eva.visits('/pricing', { engaged: '50s' })
    story.day(6)
    await eva.visits('/pricing', { engaged: '4m' })
    expect(await story.lead(EVA)).toMatchObject({ stage: 'lead', told: 0 })
    await eva.submits('profile', PERSONA)

    const lead = await story.lead(EVA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1, moves: ['anonymous → lead', 'lead → mql'] })
    expect(lead.mql.by).toBe('when')
    expect(lead.because).toEqual([
      'marketing-head',
      'it-company',
      'right-size',
      'pricing',
      'pricing-minutes',
      'case-study',
      'product',
      'newsletter',
      'returning',
    ])
    expect(lead.fit).toMatchObject({ score: 65, matched: ['marketing-head', 'it-company', 'right-size'] })
  })
})
