import { beforeEach, describe, expect, it } from 'vitest'
import { type Browser, beginStory, type Story } from '../support/story.ts'
import { eventsIn, expectReplayed, waitingIn, whoIs } from '../support/story-people.ts'

/** Our own people and competitors score nothing (trust.md, score inflation), and the events say why. */

const OURS = '203.0.113.77'
const LISTS = (text: string) =>
  text
    .replace('staff: { domains: [], ip: [] }', `staff: { domains: [our.example], ip: [${OURS}] }`)
    .replace('competitors: { domains: [] }', 'competitors: { domains: [rival.example] }')

let story: Story
beforeEach(async () => {
  story = await beginStory('goldpan.yaml', LISTS)
})

const answers = (email: string) => ({
  'E-mail': email,
  Company: 'Acme',
  'Job title': 'Head of Marketing',
  Employees: '120',
})

async function buys(browser: Browser, email: string): Promise<void> {
  await browser.visits('/pricing', { engaged: '3m' })
  await browser.submits('demo-request', answers(email))
  await browser.visits('/pricing', { engaged: '3m' })
}

const trafficOf = async (browser: Browser) =>
  (await eventsIn(story, `visitor=${browser.visitor}`)).map(e => e.traffic)

describe('one of us', () => {
  it('at a single address of the list earns nothing; the neighbour does', async () => {
    const [own, neighbour] = [OURS, '203.0.113.78'].map(forwardedFor =>
      story.browser(undefined, { forwardedFor }),
    )
    if (!own || !neighbour) throw new Error('expected two browsers')
    await buys(own, 'anna@acme.example')
    await buys(neighbour, 'boris@birch.example')
    expect(await whoIs(story, 'anna@acme.example')).toMatchObject({
      ...{ stage: 'lead', handoffs: [], engagement: { score: 0 } },
    })
    for (const traffic of await trafficOf(own))
      expect(traffic).toEqual({ kind: 'internal', evidence: 'network 203.0.113.0 is on list staff' })
    expect(await whoIs(story, 'boris@birch.example')).toMatchObject({ stage: 'mql', told: 1 })
    for (const traffic of await trafficOf(neighbour)) expect(traffic.kind).toBe('human')
    await expectReplayed(story)
  })

  it('who forges another address in front of the proxy’s word is where the proxy saw them', async () => {
    const liar = story.browser(undefined, { forwardedFor: `198.51.100.4, ${OURS}` })
    await buys(liar, 'anna@acme.example')
    expect(await whoIs(story, 'anna@acme.example')).toMatchObject({ engagement: { score: 0 }, handoffs: [] })
  })

  it('by the address they give: from then on nothing counts', async () => {
    const own = story.browser()
    await own.submits('newsletter', answers('ola@our.example'))
    await buys(own, 'ola@our.example')
    const ola = await whoIs(story, 'ola@our.example')
    expect(ola).toMatchObject({
      stage: 'lead',
      handoffs: [],
      reasons: expect.not.arrayContaining(['demo', 'pricing']),
    })
    const [latest] = await trafficOf(own)
    expect(latest).toEqual({ kind: 'internal', evidence: 'e-mail is on list staff' })
    expect(ola.engagement.score).toBe(0)
    await expectReplayed(story)
  })

  it('by the page where our people say so', async () => {
    const { url, keys } = story.world
    const page = `${url}/v1/opt-out?site=${keys.publicKey}`
    const marked = await fetch(`${page}&own=yes`, {
      method: 'POST',
      headers: { origin: url },
      redirect: 'manual',
    })
    const cookie = marked.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect(cookie).toMatch(/=1$/)
    const own = story.browser(undefined, { cookie })
    await buys(own, 'anna@acme.example')
    expect(await whoIs(story, 'anna@acme.example')).toMatchObject({
      ...{ stage: 'lead', handoffs: [], engagement: { score: 0 } },
    })
    for (const traffic of await trafficOf(own))
      expect(traffic).toEqual({ kind: 'internal', evidence: 'the browser is marked as one of our own' })
    await expectReplayed(story)
  })
})

describe('a competitor', () => {
  it('by the address they give earns nothing, and never reaches sales', async () => {
    const rival = story.browser()
    await buys(rival, 'rick@rival.example')
    const rick = await whoIs(story, 'rick@rival.example')
    expect(rick).toMatchObject({ stage: 'lead', handoffs: [] })
    expect(rick.reasons).not.toContain('demo')
    expect((await trafficOf(rival)).at(0)).toEqual({
      kind: 'competitor',
      evidence: 'e-mail is on list competitors',
    })
    expect(await waitingIn(story)).toEqual([])
    await expectReplayed(story)
  })

  it('is nobody of a domain that only looks like theirs', async () => {
    const other = story.browser()
    await buys(other, 'rita@notrival.example')
    expect(await whoIs(story, 'rita@notrival.example')).toMatchObject({ stage: 'mql', told: 1 })
  })
})
