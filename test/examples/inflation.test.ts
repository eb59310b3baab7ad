import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { beginStory, type Story } from '../support/story.ts'
import { eventsIn, expectReplayed, leadsIn, standingOf, waitingIn, whoIs } from '../support/story-people.ts'
import { runScript, SEVEN_DAYS, sendCrowd } from '../support/story-script.ts'

/** Ten thousand scripted visits are no MQL (trust.md, score inflation), whatever the script says of them. */

const VISITS = 10_000
// Ten thousand requests take a while on a busy machine.
vi.setConfig({ testTimeout: 120_000 })
const MAX = 'max@script.example'
/** Of the right persona: only engagement is missing. */
const PERSONA = {
  ...{ 'E-mail': MAX, Company: 'Script', 'Job title': 'Head of Marketing' },
  ...{ Industry: 'IT', Employees: '120' },
}
const NOT_AN_MQL = { stage: 'lead', handoffs: [], moves: ['anonymous → lead'] }

let story: Story
beforeEach(async () => {
  story = await beginStory('goldpan.yaml')
})

const kindsOf = async (visitor: string) =>
  new Set((await eventsIn(story, `visitor=${visitor}`)).map(({ traffic }) => traffic.kind))
const evidenceOf = async (visitor: string) =>
  (await eventsIn(story, `visitor=${visitor}&type=page_view`)).at(0)?.traffic

describe('ten thousand visits of one visitor', () => {
  it('at speed, with forged minutes of attention, earn nothing, and the events say why', async () => {
    const max = story.browser()
    await max.submits('newsletter', PERSONA)
    story.after('1h')
    const { reasons } = await whoIs(story, MAX)
    await runScript(story, { visits: VISITS, visitor: max.visitor, everyMs: 20, engagedMs: 180_000 })
    const after = await whoIs(story, MAX)
    expect(after).toMatchObject({ ...NOT_AN_MQL, reasons })
    expect(after.engagement.score).toBeLessThan(5)
    expect(await evidenceOf(max.visitor)).toEqual({
      kind: 'bot',
      evidence: expect.stringMatching(/within a minute/),
    })
    expect(await waitingIn(story)).toEqual([])
    await expectReplayed(story)
  })

  it('spread over a week by what they say, but sent at once, are no MQL: what was told of the first is taken back', async () => {
    const max = story.browser()
    story.day(8)
    await max.submits('newsletter', PERSONA)
    const lie = { overMs: SEVEN_DAYS, engagedMs: 50_000 }
    await runScript(story, { visits: VISITS, visitor: max.visitor, ...lie })
    const after = await whoIs(story, MAX)
    expect(after).toMatchObject({ stage: 'lead', told: 0 })
    expect(after.handoffs.filter(({ status }) => status !== 'withdrawn')).toEqual([])
    expect(after.engagement.score).toBeLessThan(6)
    expect(await evidenceOf(max.visitor)).toEqual({
      kind: 'bot',
      evidence: expect.stringMatching(/sent 300 events within two minutes/),
    })
    expect(await waitingIn(story)).toEqual([])
    await expectReplayed(story)
  })

  it('as the browser of a lead who is somebody: the lead stays as it was', async () => {
    const eva = story.browser()
    await eva.submits('newsletter', PERSONA)
    await eva.visits('/pricing', { engaged: '1m' })
    story.day(2)
    const later = story.world.now + 30 * DAY_MS
    const { lastSeenAt: _, score, ...before } = await standingOf(story, MAX, later)
    await runScript(story, { visits: VISITS, visitor: eva.visitor, everyMs: 20 })
    const after = await standingOf(story, MAX, later)
    expect(after).toMatchObject(before)
    expect(after.score).toEqual(score)
    expect(await kindsOf(eva.visitor)).toEqual(new Set(['bot']))

    story.day(3)
    await eva.visits('/pricing', { engaged: '1m' })
    const latest = (await eventsIn(story, `visitor=${eva.visitor}`)).slice(0, 3)
    expect(latest.map(({ traffic }) => traffic.kind)).toEqual(['human', 'human', 'human'])
    await expectReplayed(story)
  })
})

describe('ten thousand new visitors from one public address', () => {
  it('are sixty people and a crowd, which makes leads to look at and no points', async () => {
    const address = '198.51.100.7'
    await sendCrowd(story, VISITS, address)
    const last = story.browser(undefined, { forwardedFor: address })
    await last.submits('demo-request', PERSONA)
    expect(story.world.takeWarnings()).toEqual([expect.stringMatching(/one address in 198\.51\.100\.0/)])
    expect(await whoIs(story, MAX)).toMatchObject({ ...NOT_AN_MQL, engagement: { score: 0 } })
    expect(await evidenceOf(last.visitor)).toEqual({
      kind: 'bot',
      evidence: expect.stringMatching(/^one of \d+ visitors from one address within ten minutes$/),
    })
    expect(await leadsIn(story)).toHaveLength(1)
    const warm = await leadsIn(story, '&stage=anonymous&minEngagement=0.001')
    expect(warm).toEqual([])
    const neighbour = story.browser(undefined, { forwardedFor: '198.51.100.8' })
    await neighbour.submits('demo-request', { ...PERSONA, 'E-mail': 'eva@acme.example', Company: 'Acme' })
    expect(await whoIs(story, 'eva@acme.example')).toMatchObject({ stage: 'mql', told: 1 })
  })
})
