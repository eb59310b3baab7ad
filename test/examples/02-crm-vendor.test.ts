import { describe, expect, it } from 'vitest'
import { beginStory, type Story } from '../support/story.ts'

/** Worked example 2 over the wire: models/crm-vendor.yaml. */

const EWA = 'ewa@handel.example'
const MODEL = 'models/crm-vendor.yaml'
type Answers = Readonly<Record<string, string>>

const DIRECTOR: Answers = {
  'Adres e-mail': EWA,
  Firma: 'Handel Sp. z o.o.',
  Stanowisko: 'Dyrektor Sprzedaży',
  'Liczba pracowników': '120',
}

/** E-book, the product pages again and again, the webinar: everything but the demo. */
async function courtship(): Promise<Story> {
  const story = await beginStory(MODEL)
  const ewa = story.browser()
  await ewa.downloads('How-to-choose-a-CRM-for-SMEs.pdf', '/poradnik')
  story.day(4)
  await ewa.visits('/funkcje', { engaged: '40s' })
  await ewa.visits('/integracje', { engaged: '30s' })
  story.day(9)
  await ewa.visits('/pl/funkcje/lejek-sprzedazy', { engaged: '50s' })
  story.day(12)
  await ewa.submits('webinar', { 'Adres e-mail': EWA, Stanowisko: 'Dyrektor Sprzedaży' })
  story.day(15)
  await ewa.visits('/integracje/poczta', { engaged: '20s' })
  return story
}

const demo = (story: Story, answers: Answers) => story.browser().submits('demo', answers)

describe('worked example 2', () => {
  it('a sales director of 120 people who asks for a demo in the end: MQL, told once', async () => {
    const story = await courtship()
    expect(await story.lead(EWA)).toMatchObject({ stage: 'lead', told: 0, handoffs: [] })

    story.day(16)
    await demo(story, DIRECTOR)
    const lead = await story.lead(EWA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1, moves: ['anonymous → lead', 'lead → mql'] })
    expect(lead.mql).toMatchObject({ by: 'when', since: new Date(story.world.now).toISOString() })
    expect(lead.because).toEqual([
      'decision-maker',
      'right-size',
      'product',
      'product-again',
      'demo',
      'ebook',
      'webinar',
    ])
    expect(lead.fit).toMatchObject({ score: 60, grade: 'A' })
    expect(lead.flags).toEqual(['authority'])
  })

  it.each([
    ['Dyrektor Operacyjny', '50'],
    ['Dyrektorka Sprzedaży', '200'],
    ['Operations Director', '51-200'],
    ['Vertriebsleiter', '80'],
  ])('so does a %s of %s', async (title, people) => {
    const story = await courtship()
    await demo(story, { ...DIRECTOR, Stanowisko: title, 'Liczba pracowników': people })
    expect(await story.lead(EWA)).toMatchObject({ stage: 'mql', told: 1 })
  })

  it('who came to the webinar and keeps coming back is called before asking', async () => {
    const story = await courtship()
    await story.browser().submits('newsletter', DIRECTOR)
    story.day(18)
    const webinarTool = story.program('webinar-guest-17')
    await webinarTool.identifies({ email: EWA })
    expect(await story.lead(EWA)).toMatchObject({ stage: 'lead', told: 0 })
    await webinarTool.sends('webinar_attended', { title: 'Increase sales by 20 % with CRM' })
    const lead = await story.lead(EWA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1 })
    expect(lead.because).toEqual(expect.arrayContaining(['attended', 'product-again']))
  })
})

describe('worked example 2, not', () => {
  it.each([
    ['with 49 employees', { 'Liczba pracowników': '49' }, 0],
    ['with 201 employees', { 'Liczba pracowników': '201' }, 0],
    ['with 11-50 employees', { 'Liczba pracowników': '11-50' }, 0],
    ['as an intern', { Stanowisko: 'Stażystka w dziale sprzedaży' }, -30],
    ['as a sales representative', { Stanowisko: 'Przedstawiciel handlowy' }, 30],
    ['as an HR director', { Stanowisko: 'Dyrektor HR' }, 30],
  ])('%s', async (_, other, fit) => {
    const story = await courtship()
    await demo(story, { ...DIRECTOR, ...other })
    const lead = await story.lead(EWA)
    expect(lead).toMatchObject({ stage: 'lead', told: 0, handoffs: [], moves: ['anonymous → lead'] })
    expect(lead.reasons).toContain('demo')
    expect(lead.fit.score).toBe(fit)
  })

  it('while the size is unknown; at once when it is known', async () => {
    const story = await courtship()
    const { 'Liczba pracowników': _, ...unsized } = DIRECTOR
    await demo(story, unsized)
    const waiting = await story.lead(EWA)
    expect(waiting).toMatchObject({ stage: 'lead', told: 0, fit: { score: 30 } })
    expect(waiting.fit.unknown).toContain('right-size')

    story.day(20)
    const crm = story.program('crm-contact-1')
    await crm.identifies({ email: EWA, companySize: 90 })
    expect(await story.lead(EWA)).toMatchObject({ stage: 'mql', told: 1, fit: { score: 60 } })
  })
})
