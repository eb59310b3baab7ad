import { expect, it } from 'vitest'
import { beginStory, type Story } from '../support/story.ts'
import { PAGES_ORIGIN } from '../support/story-world.ts'

/** Worked example 3 with links of ours in the mails, in place of clicks that an e-mail program tells of. */

const MIRA = 'mira@orbit.example'

/** What is in the mail: a link to a page, made over the API. */
async function linkOf(story: Story, mail: number): Promise<string> {
  const url = `${PAGES_ORIGIN}/our-clients`
  const { body } = await story.world.post('/v1/email-links', {
    email: MIRA,
    url,
    message: `clear-brand/${mail}`,
  })
  const [link] = (body as { readonly links: readonly { readonly url: string }[] }).links
  if (!link) throw new Error('expected a link')
  return story.world.url + new URL(link.url).pathname
}

/** Follows it, as browsers and scanners do. @returns path and query of the page it leads to */
async function follow(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' })
  return (answer.headers.get('location') ?? '').replace(PAGES_ORIGIN, '')
}

/** Five mails, a week apart; a browser shows the pages of some, a scanner follows the links of all. */
async function mailing(opened: readonly number[]) {
  const story = await beginStory('models/branding-agency.yaml')
  const mira = story.browser()
  await mira.submits('newsletter', { 'E-mail': MIRA })
  for (const mail of [1, 2, 3, 4, 5]) {
    story.day(mail * 7)
    const link = await linkOf(story, mail)
    await follow(link)
    if (opened.includes(mail)) await mira.visits(await follow(link), { engaged: '1s' })
  }
  return story.lead(MIRA)
}

it('three mails whose pages a browser showed are three of five', async () => {
  const { reasons, score } = await mailing([1, 3, 5])
  expect(reasons).toEqual(expect.arrayContaining(['mail-click', 'campaign-3-of-5']))
  const clicks = score.engagement.reasons.find(({ rule }) => rule === 'mail-click')
  expect(clicks).toMatchObject({ count: 3 })
})

it('two are not, and what a scanner follows is nothing', async () => {
  const { reasons, score } = await mailing([1, 3])
  expect(reasons).not.toContain('campaign-3-of-5')
  const clicks = score.engagement.reasons.find(({ rule }) => rule === 'mail-click')
  expect(clicks).toMatchObject({ count: 2 })
})
