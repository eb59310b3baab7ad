import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { beginStory, type Story } from '../support/story.ts'
import { heardOf } from '../support/story-stream.ts'
import { BEGINNING } from '../support/story-world.ts'

/** Worked example 1 over the wire, under the default model. */

const ANNA = 'anna@acme.example'
type Answers = Readonly<Record<string, string>>

/** The same form in the languages of the first users: labels and titles as people write them. */
const PROFILES: readonly (readonly [language: string, answers: Answers])[] = [
  ['Bulgarian', { Имейл: ANNA, Фирма: 'Акме', Длъжност: 'Ръководител на маркетинга', Бранш: 'ИТ' }],
  [
    'Polish',
    { 'Adres e-mail': ANNA, Firma: 'Acme', Stanowisko: 'Kierowniczka działu marketingu', Branża: 'IT' },
  ],
  [
    'Russian',
    { 'Эл. почта': ANNA, Компания: 'Акме', Должность: 'Руководитель отдела маркетинга', Отрасль: 'ИТ' },
  ],
  ['Hebrew', { אימייל: ANNA, חברה: 'אקמי', תפקיד: 'ראש מחלקת השיווק', תעשייה: 'IT' }],
  ['German', { 'E-Mail-Adresse': ANNA, Unternehmen: 'Acme', Position: 'Leiterin Marketing', Branche: 'IT' }],
  ['French', { 'Adresse e-mail': ANNA, Société: 'Acme', Fonction: 'Responsable marketing', Secteur: 'IT' }],
  ['Spanish', { 'Correo electrónico': ANNA, Empresa: 'Acme', Cargo: 'Directora de marketing', Sector: 'IT' }],
  ['English', { Email: ANNA, Company: 'Acme', 'Job title': 'Head of Marketing', Industry: 'Software' }],
]
const HEAD: Answers = { Email: ANNA, Company: 'Acme', 'Job title': 'Head of Marketing', Industry: 'IT' }
const QUALIFIED = { stage: 'mql', moves: ['anonymous → lead', 'lead → mql'], told: 1 }
const ONLY_A_LEAD = { stage: 'lead', moves: ['anonymous → lead'], told: 0, handoffs: [] }
const REASONS = [
  'marketing-head',
  'it-company',
  'pricing',
  'pricing-3x',
  'contact',
  'newsletter',
  'guide',
  'returning',
]

/** Newsletter, guide and visits to pricing on these days; the profile comes last, in a contact form. */
async function live(pricingOn: readonly number[], profile: Answers): Promise<Story> {
  const story = await beginStory('goldpan.yaml')
  const anna = story.browser()
  await anna.submits('newsletter', { 'E-mail': ANNA })
  story.day(1)
  await anna.downloads('10-strategies-for-digital-marketing-guide.pdf')
  for (const day of pricingOn) {
    story.day(day)
    await anna.visits('/pricing', { engaged: '6s' })
  }
  story.after('1h')
  await anna.submits('contact', profile)
  return story
}

describe('worked example 1', () => {
  it('a newsletter subscriber is a lead, and nothing more', async () => {
    const story = await beginStory('goldpan.yaml')
    await story.browser().submits('newsletter', { 'E-mail': ANNA })
    expect(await story.lead(ANNA)).toMatchObject({ ...ONLY_A_LEAD, reasons: ['newsletter'] })
  })

  it.each(PROFILES)('guide, three pricing visits and a title in %s: MQL, told once', async (_, profile) => {
    const story = await live([2, 6, 10], profile)
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(QUALIFIED)
    expect(lead.mql).toMatchObject({ by: 'when', since: new Date(story.world.now).toISOString() })
    expect(lead.because).toEqual(REASONS)
    expect(lead.fit).toMatchObject({ score: 45, grade: 'B', matched: ['marketing-head', 'it-company'] })
  })

  it('the score is what a pencil makes of it', async () => {
    const story = await live([2, 6, 10], HEAD)
    const { now } = story.world
    const left = (points: number, day: number, afterNine: number) =>
      points * 2 ** (-(now - (BEGINNING + day * DAY_MS + afterNine)) / (14 * DAY_MS))
    const pencil = [
      left(5, 0, 40 * SECOND_MS), // newsletter, when the form was filled in
      left(20, 1, 10 * SECOND_MS), // guide, after a look at the page
      ...[2, 6, 10].map(day => left(10, day, 5 * SECOND_MS)), // pricing, at the fifth second
      left(35, 10, 0), // the third visit within two weeks
      left(5, 2, 0), // the third visit at all
      15, // the contact form, now
    ]
    const { engagement } = (await story.lead(ANNA)).score
    expect(engagement.score).toBeCloseTo(
      pencil.reduce((sum, points) => sum + points),
      9,
    )
  })

  it('tells sales once, whatever follows', async () => {
    const story = await live([2, 6, 10], HEAD)
    const anna = story.browser()
    await anna.submits('demo', HEAD)
    story.day(12)
    await anna.visits('/pricing', { engaged: '3m' })
    await anna.submits('newsletter', { 'E-mail': ANNA })
    expect(await story.lead(ANNA)).toMatchObject(QUALIFIED)
    expect(await heardOf(story, ANNA)).toEqual([
      expect.stringMatching('anonymous → lead'),
      expect.stringMatching('lead → mql'),
      'handoff told',
    ])
  })

  it('the third visit makes the MQL when the rest was known before', async () => {
    const story = await live([2, 6], HEAD)
    const anna = story.browser()
    story.day(10)
    await anna.submits('newsletter', { 'E-mail': ANNA })
    expect(await story.lead(ANNA)).toMatchObject(ONLY_A_LEAD)
    story.after('30m')
    const third = new Date(story.world.now).toISOString()
    await anna.visits('/pricing')
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(QUALIFIED)
    expect(lead.mql.since).toBe(third)
  })
})

describe('worked example 1, not', () => {
  it.each([
    ['with two visits', [2, 6]],
    ['with three visits over fifteen days', [2, 9, 17]],
    ['with three visits over three weeks', [2, 14, 23]],
  ])('%s', async (_, pricingOn) => {
    const story = await live(pricingOn, HEAD)
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(ONLY_A_LEAD)
    expect(lead.reasons).not.toContain('pricing-3x')
    expect(lead.fit.score).toBe(45)
  })

  it('a moment after two weeks, though at two weeks to the millisecond', async () => {
    expect(await (await live([2, 9, 16], HEAD)).lead(ANNA)).toMatchObject(QUALIFIED)
    const aMillisecond = 1 / DAY_MS
    expect(await (await live([2, 9, 16 + aMillisecond], HEAD)).lead(ANNA)).toMatchObject(ONLY_A_LEAD)
  })

  it('with three views in one visit', async () => {
    const minutes = [0, 5, 10].map(minute => 2 + (minute * MINUTE_MS) / DAY_MS)
    const lead = await (await live(minutes, HEAD)).lead(ANNA)
    expect(lead).toMatchObject(ONLY_A_LEAD)
    expect(lead.reasons).toContain('pricing')
  })

  it('when title and industry are unknown; and says that they are missing', async () => {
    const story = await live([2, 6, 10], { Email: ANNA, Company: 'Acme' })
    const lead = await story.lead(ANNA)
    expect(lead).toMatchObject(ONLY_A_LEAD)
    expect(lead.reasons).toContain('pricing-3x')
    expect(lead.fit).toMatchObject({ score: 0, matched: [], mismatched: [] })
    expect(lead.fit.unknown).toEqual(expect.arrayContaining(['marketing-head', 'it-company']))
    expect(lead.mql.missing.length).toBeGreaterThan(0)

    await story.browser().submits('profile', HEAD)
    expect(await story.lead(ANNA)).toMatchObject(QUALIFIED)
  })

  it.each([
    ['another function', { 'Job title': 'Head of Finance' }],
    ['another rank', { 'Job title': 'Marketing intern' }],
    ['another industry', { Industry: 'Agriculture' }],
  ])('with %s', async (_, other) => {
    const lead = await (await live([2, 6, 10], { ...HEAD, ...other })).lead(ANNA)
    expect(lead).toMatchObject(ONLY_A_LEAD)
    expect(lead.fit.score).toBeLessThan(40)
  })
})
