import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { type Browser, beginStory, type Story } from '../support/story.ts'
import {
  eventsIn,
  expectReplayed,
  follow,
  leadsIn,
  linkTo,
  say,
  standingOf,
  waitingIn,
  whoIs,
} from '../support/story-people.ts'

/** Mail scanners open the links of a mail before anybody reads it (trust.md, score inflation): models/branding-agency.yaml. */

const MIRA = 'mira@orbit.example'
const PAGES = ['/our-clients', '/brand-strategy', '/pricing', '/packages', '/about']
const HEADLESS =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36'

let story: Story
let links: readonly string[]
let later: number
let before: unknown
beforeEach(async () => {
  story = await beginStory('models/branding-agency.yaml')
  await story.browser().submits('newsletter', { 'E-mail': MIRA })
  story.day(1)
  links = await Promise.all(PAGES.map(path => linkTo(story, MIRA, path)))
  later = story.world.now + 30 * DAY_MS
  before = await standingOf(story, MIRA, later)
})

/** The pages that the links lead to, each looked at for a moment. */
async function opens(browserFor: () => Browser, which: readonly string[], everyMs: number): Promise<void> {
  for (const link of which) {
    await browserFor().visits(await follow(link, HEADLESS), { engaged: `${everyMs / 1_000}s` })
  }
}

const trafficIn = async (query: string) =>
  new Set((await eventsIn(story, query)).map(({ traffic: { kind } }) => kind))

describe('a scanner that follows every link of a mail', () => {
  it.each([
    'curl/8.5.0',
    HEADLESS,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  ])('and runs no script leaves no trace: %s', async agent => {
    for (const link of links) expect(await follow(link, agent)).toMatch(/utm_goldpan=/)
    expect(await standingOf(story, MIRA, later)).toEqual(before)
    expect(await eventsIn(story, 'type=email_click')).toEqual([])
  })

  it.each([
    [
      'one browser',
      () => {
        const one = story.browser(HEADLESS)
        return () => one
      },
    ],
    ['a new browser for each', () => () => story.browser(HEADLESS)],
  ])('with a headless one earns nothing and confirms nothing: %s', async (_, open) => {
    await opens(open(), links, 20_000)
    expect(await standingOf(story, MIRA, later)).toEqual(before)
    const clicks = await eventsIn(story, 'type=email_click')
    expect(clicks).toHaveLength(PAGES.length)
    for (const { traffic } of clicks)
      expect(traffic).toEqual({ kind: 'headless', evidence: expect.stringContaining('HeadlessChrome') })
    await expectReplayed(story)
  })

  it.each([
    [
      'one browser',
      () => {
        const one = story.browser()
        return () => one
      },
    ],
    ['a new browser for each', () => () => story.browser()],
  ])(
    'with a real one’s agent, all within a second, earns nothing and confirms nothing: %s',
    async (_, open) => {
      await opens(open(), links, 100)
      expect(await standingOf(story, MIRA, later)).toEqual(before)
      const clicks = await eventsIn(story, 'type=email_click')
      for (const { traffic } of clicks)
        expect(traffic).toEqual({
          kind: 'mail_scanner',
          evidence: expect.stringMatching(/several links of one e-mail/),
        })
      expect(clicks).toHaveLength(PAGES.length)
      expect(await trafficIn('type=page_view&since=2026-03-03T00:00:00Z')).toEqual(new Set(['mail_scanner']))
      await expectReplayed(story)
    },
  )

  it('does not keep the person from their own click the day after', async () => {
    await opens(() => story.browser(), links, 100)
    story.day(2)
    await story.browser().visits(await follow(links[0] ?? ''), { engaged: '30s' })
    const mira = await whoIs(story, MIRA)
    expect(mira.score.engagement.reasons).toContainEqual(
      expect.objectContaining({ rule: 'mail-click', count: 1 }),
    )
    expect(mira.visitors).toHaveLength(2)
    expect(await trafficIn('since=2026-03-04T00:00:00Z')).toEqual(new Set(['human']))
    await expectReplayed(story)
  })
})

describe('a scanner that opens a single link with a real one’s agent', () => {
  it('cannot be told from a person: it is worth one click, and never an MQL', async () => {
    await opens(() => story.browser(), links.slice(2, 3), 100)
    const mira = await whoIs(story, MIRA)
    const clicks = mira.score.engagement.reasons.find(({ rule }) => rule === 'mail-click')
    expect(clicks).toMatchObject({ count: 1, earned: 3 })
    expect(mira).toMatchObject({ stage: 'lead', handoffs: [] })
    expect(await waitingIn(story)).toEqual([])
  })

  it('is shown as one of theirs, and an operator’s word that it is a scanner takes all of it back', async () => {
    const scanner = story.browser()
    await opens(() => scanner, links.slice(2, 3), 100)
    expect((await whoIs(story, MIRA)).visitors).toContain(scanner.visitor)
    const said = await story.world.post(`/v1/visitors/${scanner.visitor}/traffic`, { kind: 'mail_scanner' })
    expect(said.status).toBe(201)
    expect(await standingOf(story, MIRA, later)).toEqual(before)
    expect(await trafficIn(`visitor=${scanner.visitor}&type=email_click`)).toEqual(new Set(['mail_scanner']))
    await expectReplayed(story)
  })

  it('locks nobody out: a browser of theirs from before goes on, a new one waits for a word and then counts whole', async () => {
    await opens(() => story.browser(), links.slice(2, 3), 100)
    story.day(2)
    const fresh = story.browser()
    await fresh.submits('contact', { 'E-mail': MIRA, Message: 'We need a new logo.' })
    const waiting = await whoIs(story, MIRA)
    expect(waiting.unconfirmed).toMatchObject([{ visitor: fresh.visitor }])
    expect(waiting.reasons).not.toContain('brief')
    story.after('1m')
    await say(story, 'merge', waiting.id, waiting.unconfirmed[0]?.lead ?? '')
    story.after('1m')
    expect((await whoIs(story, MIRA)).reasons).toContain('brief')
    expect(await leadsIn(story)).toHaveLength(1)
    await expectReplayed(story)
  })
})
