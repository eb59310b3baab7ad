import { describe, expect, it } from 'vitest'
import { beginStory, type Story } from '../support/story.ts'

/** Worked example 8 over the wire: models/insurance.yaml screens by age, industry, kind of interaction and geography. */

const IVAN = 'ivan@mail.example'
const GOOD = { 'E-mail': IVAN, Country: 'Bulgaria', '@age': '41' }

async function asksFor(
  form: string,
  answers: Readonly<Record<string, string>>,
  edit?: (text: string) => string,
) {
  const story = await beginStory('models/insurance.yaml', edit)
  const ivan = story.browser()
  await ivan.visits('/motor-insurance', { engaged: '1m' })
  await ivan.visits('/tariffs', { engaged: '1m' })
  await ivan.submits(form, answers)
  return story
}

const handOff = (word: string) => (text: string) => text.replace('handoff: automatic', `handoff: ${word}`)

const PASSED = { stage: 'mql', moves: ['anonymous → lead', 'lead → mql'] }
const HELD_BACK = { stage: 'lead', moves: ['anonymous → lead'], handoffs: [] }

describe('worked example 8', () => {
  it.each([
    ['a person of good age who lives here', GOOD, 50],
    ['a person of whom nothing is known', { 'E-mail': IVAN }, 0],
    [
      'a haulier',
      { 'E-mail': IVAN, Company: 'Haul', Industry: 'Logistics', Country: 'BG', '@fleetSize': '12' },
      70,
    ],
  ])('lets %s through', async (_, answers, fit) => {
    const lead = await (await asksFor('quote', answers)).lead(IVAN)
    expect(lead).toMatchObject({ ...PASSED, told: 1, fit: { score: fit } })
  })

  it.each([
    ['age', { ...GOOD, '@age': '17' }, 30],
    ['age, in part', { 'E-mail': IVAN, '@age': '19' }, -20],
    ['geography', { ...GOOD, Country: 'Portugal' }, -40],
    ['industry', { ...GOOD, Company: 'Cabs', Industry: 'Taxi' }, -30],
  ])('holds back by %s', async (_, answers, fit) => {
    const lead = await (await asksFor('quote', answers)).lead(IVAN)
    expect(lead).toMatchObject({ ...HELD_BACK, fit: { score: fit } })
    expect(lead.reasons).toContain('quote')
  })

  it.each(['newsletter', 'claim', 'job-application'])('holds back by kind of interaction: %s', async form => {
    const lead = await (await asksFor(form, GOOD)).lead(IVAN)
    expect(lead).toMatchObject({ ...HELD_BACK, fit: { score: 50 } })
  })

  it('lets through at the kind of interaction that counts', async () => {
    const lead = await (await asksFor('callback', GOOD)).lead(IVAN)
    expect(lead).toMatchObject({ ...PASSED, told: 1, mql: { by: 'when' } })
  })

  it('is told by itself, or waits for a word: one word of the file', async () => {
    const told = await (await asksFor('quote', GOOD, handOff('automatic'))).lead(IVAN)
    expect(told).toMatchObject({ ...PASSED, handoffs: [{ status: 'told' }] })
    const waiting = await (await asksFor('quote', GOOD, handOff('manual'))).lead(IVAN)
    expect(waiting).toMatchObject({ ...PASSED, told: 0, handoffs: [{ status: 'waiting' }] })
    expect(waiting.because).toEqual(told.because)
  })

  it('closes again when something that speaks against becomes known', async () => {
    const story: Story = await asksFor('quote', GOOD)
    expect(await story.lead(IVAN)).toMatchObject(PASSED)
    story.after('5m')
    await story.program('crm-contact-5').identifies({ email: IVAN, age: 17 })
    const lead = await story.lead(IVAN)
    expect(lead).toMatchObject({ stage: 'lead', moves: [...PASSED.moves, 'mql → lead'] })
    expect(lead.transitions.at(-1)).toMatchObject({
      reason: 'gate:minor',
      at: new Date(story.world.now).toISOString(),
    })
  })
})
