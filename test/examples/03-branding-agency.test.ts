import { describe, expect, it } from 'vitest'
import { beginStory, type Program, type Story } from '../support/story.ts'

/** Worked example 3 over the wire: models/branding-agency.yaml. */

const MIRA = 'mira@orbit.example'
const START_UP = {
  company: 'Orbit',
  jobTitle: 'CEO',
  industry: 'Software',
  companyAge: 2,
  funding: 'seed',
  monthsSinceFunding: 4,
}
const BRIEF = 'We need help with rebranding: our unique value proposition is clear to nobody but us.'
const MAILS_OPENED = [1, 2, 3, 4]
const MAILS_CLICKED = [1, 3, 5]

interface Told {
  readonly clicked?: readonly number[]
  readonly who?: Readonly<Record<string, unknown>>
}

/** The CRM says who she is, five e-mails go out a week apart; guide and two pages follow. Everything but the form. */
async function courtship({ clicked = MAILS_CLICKED, who = START_UP }: Told = {}): Promise<Story> {
  const story = await beginStory('models/branding-agency.yaml')
  const mira = story.browser()
  await mira.visits('/blog/why-names-matter', { engaged: '2m', from: 'https://www.google.com/' })
  const mailing = story.program('mailing-contact-7')
  await mailing.identifies({ email: MIRA, ...who })
  for (const mail of [1, 2, 3, 4, 5]) {
    story.day(mail * 7)
    await receives(mailing, mail, clicked)
  }
  await mira.visits('/brand-strategy?utm_source=mailing&utm_medium=email&utm_campaign=clear-brand', {
    engaged: '1m',
  })
  await mira.downloads('comprehensive-brand-positioning-guide.pdf', '/brand-strategy')
  story.day(37)
  await mira.visits('/our-clients', { engaged: '90s' })
  await mira.submits('newsletter', { 'E-mail': MIRA })
  return story
}

async function receives(mailing: Program, mail: number, clicked: readonly number[]): Promise<void> {
  const props = { campaign: 'clear-brand', mail }
  if (MAILS_OPENED.includes(mail)) await mailing.sends('email_open', props)
  for (const _ of clicked.filter(one => one === mail)) await mailing.sends('email_click', props)
}

const writes = (story: Story, message: string) =>
  story.browser().submits('contact', { 'Your name': 'Mira Orlova', 'E-mail': MIRA, Message: message })

describe('worked example 3', () => {
  it('the CEO of a young, funded start-up who reads and then writes: MQL, with the needs she named', async () => {
    const story = await courtship()
    const before = await story.lead(MIRA)
    expect(before).toMatchObject({
      stage: 'lead',
      told: 0,
      needs: ['strategy'],
      fit: { score: 75, grade: 'A' },
    })
    expect(before.reasons).toContain('campaign-3-of-5')

    story.day(40)
    await writes(story, BRIEF)
    const lead = await story.lead(MIRA)
    expect(lead).toMatchObject({ stage: 'mql', told: 1, moves: ['anonymous → lead', 'lead → mql'] })
    expect(lead.mql).toMatchObject({ by: 'when', since: new Date(story.world.now).toISOString() })
    expect(lead.because).toEqual([
      'founder',
      'technology',
      'start-up',
      'recently-funded',
      'mail-open',
      'mail-click',
      'campaign-3-of-5',
      'brand-strategy',
      'our-clients',
      'guide',
      'newsletter',
      'brief',
    ])
    expect(lead.needs).toEqual(['rebranding', 'strategy', 'value_proposition'])
    expect(lead.flags).toEqual(['authority', 'budget'])
  })

  it('opens and clicks of e-mails never make one alone, and count little', async () => {
    const story = await courtship()
    const { reasons } = (await story.lead(MIRA)).score.engagement
    const earned = Object.fromEntries(reasons.map(reason => [reason.rule, reason.earned - reason.capped]))
    expect(earned).toMatchObject({ 'mail-open': 4, 'mail-click': 9, 'campaign-3-of-5': 15, guide: 20 })
  })
})

describe('worked example 3, not', () => {
  it('a campaign read on two days, though clicked three times', async () => {
    const lead = await (await courtship({ clicked: [1, 3, 3] })).lead(MIRA)
    expect(lead.reasons).toContain('mail-click')
    expect(lead.reasons).not.toContain('campaign-3-of-5')
  })

  it.each([
    ['for a message that names no need of ours', START_UP, 'Would you like to speak at our meetup in May?'],
    ['from a company that is neither young nor technology', { company: 'Mill', jobTitle: 'CEO' }, BRIEF],
    [
      'on a round of three years ago',
      { jobTitle: 'CEO', companyAge: 4, funding: 'seed', monthsSinceFunding: 36 },
      BRIEF,
    ],
    ['as somebody without a say', { ...START_UP, jobTitle: 'Design student' }, BRIEF],
    ['as another agency', { ...START_UP, industry: 'Marketing agency', monthsSinceFunding: 40 }, BRIEF],
  ])('%s', async (_, who, message) => {
    const story = await courtship({ who })
    await writes(story, message)
    const lead = await story.lead(MIRA)
    expect(lead).toMatchObject({ stage: 'lead', told: 0, handoffs: [], moves: ['anonymous → lead'] })
    expect(lead.reasons).toContain('brief')
  })
})
