import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { type Browser, beginStory, fieldsOf, newId, nextEventId, type Story } from '../support/story.ts'
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

/** Somebody poses as another (trust.md, identity poisoning): over the wire and the API, under the default model. */

const ANNA = 'anna@acme.example'
const SAYS = {
  'E-mail': ANNA,
  'First name': 'Anna',
  'Last name': 'Ivanova',
  Company: 'Acme',
  'Job title': 'Buyer',
}
const LIES = {
  ...{ 'E-mail': ANNA, 'First name': 'Mallory', 'Last name': 'Mallet', Company: 'Mallet and Sons' },
  ...{ 'Job title': 'Chief Marketing Officer', Industry: 'Software', Employees: '120' },
}
/** As the customer's server knows her. */
const KNOWN = { email: ANNA, firstName: 'Anna', lastName: 'Ivanova', company: 'Acme', jobTitle: 'Buyer' }

let story: Story
beforeEach(async () => {
  story = await beginStory('goldpan.yaml')
})

async function byLink(): Promise<Browser> {
  const anna = story.browser()
  await anna.submits('newsletter', SAYS)
  story.after('1h')
  await anna.visits(await follow(await linkTo(story, ANNA, '/features')), { engaged: '20s' })
  return anna
}

async function byServer(): Promise<Browser> {
  const anna = story.browser()
  await anna.submits('newsletter', SAYS)
  story.after('1h')
  await story.program(anna.visitor).identifies(KNOWN)
  return anna
}

/** Everything that would make an MQL of whose it is. */
async function poses(mallory: Browser): Promise<void> {
  await mallory.submits('newsletter', LIES)
  for (const _ of [1, 2, 3]) {
    story.after('1h')
    await mallory.visits('/pricing', { engaged: '3m' })
  }
  await mallory.submits('demo-request', LIES)
}

describe.each([
  ['confirmed by a signed link', byLink],
  ['verified by the server', byServer],
])('a person %s', (_, known) => {
  it('is not touched by who types their address elsewhere, and the operator sees the device', async () => {
    const anna = await known()
    story.day(2)
    const later = story.world.now + 30 * DAY_MS
    const before = await standingOf(story, ANNA, later)
    const mallory = story.browser()
    await poses(mallory)
    expect(await standingOf(story, ANNA, later)).toEqual(before)
    const after = await whoIs(story, ANNA)
    expect(after).toMatchObject({
      stage: 'lead',
      told: 0,
      visitors: [anna.visitor],
      moves: ['anonymous → lead'],
    })

    expect(after.unconfirmed).toMatchObject([{ visitor: mallory.visitor }])
    const [device] = await leadsIn(story, '&stage=anonymous')
    expect(device).toMatchObject({ id: after.unconfirmed[0]?.lead, claims: after.id, stage: 'anonymous' })
    const deeds = await eventsIn(story, `visitor=${mallory.visitor}`)
    expect(new Set(deeds.map(({ lead }) => lead))).toEqual(new Set([device?.id]))
    expect(await leadsIn(story)).toHaveLength(1)
    expect(await waitingIn(story)).toEqual([])
    await expectReplayed(story)
  })

  it('nor touched by who says to have typed it days before it was confirmed', async () => {
    story.day(8)
    await known()
    story.day(10)
    const later = story.world.now + 30 * DAY_MS
    const before = await standingOf(story, ANNA, later)
    const at = story.world.now - 6 * DAY_MS
    const props = { form: { id: 'demo-request' }, fields: fieldsOf(LIES), traps: [] }
    await story.world.send({ by: 'browser', visitor: newId() }, [
      { id: nextEventId(at), type: 'form_submit', at, props },
    ])
    expect(await standingOf(story, ANNA, later)).toEqual(before)
    expect((await whoIs(story, ANNA)).unconfirmed).toHaveLength(1)
    await expectReplayed(story)
  })

  it('is exactly as before when an operator took the device for theirs, and takes that back', async () => {
    await known()
    story.day(2)
    await poses(story.browser())
    story.after('1m')
    const later = story.world.now + 30 * DAY_MS
    const before = await standingOf(story, ANNA, later)
    const { id, unconfirmed } = await whoIs(story, ANNA)
    const device = unconfirmed[0]?.lead ?? ''
    await say(story, 'merge', id, device)
    const merged = await whoIs(story, ANNA)
    expect(merged.visitors).toHaveLength(2)
    expect(merged.unconfirmed).toEqual([])
    expect(merged.reasons).toEqual(expect.arrayContaining(['demo', 'pricing-3x']))

    story.after('1m')
    await say(story, 'unmerge', id, device)
    story.after('1m')
    expect(await standingOf(story, ANNA, later)).toEqual(before)
    expect((await whoIs(story, ANNA)).unconfirmed).toEqual(unconfirmed)
    await expectReplayed(story)
  })
})

it('what the server knows outlasts a merge, and the contradiction waits for a person’s word', async () => {
  await byServer()
  story.day(2)
  await poses(story.browser())
  const { id, unconfirmed, traits } = await whoIs(story, ANNA)
  await say(story, 'merge', id, unconfirmed[0]?.lead ?? '')
  const merged = await whoIs(story, ANNA)
  expect(merged.traits).toMatchObject(traits)
  expect(merged.suspicions).toMatchObject([{ code: 'contradiction' }])
  expect(merged).toMatchObject({ stage: 'mql', told: 0, handoffs: [{ status: 'waiting' }] })
})

describe('a contact brought from the CRM, never seen in a browser', () => {
  it('keeps what the CRM says, carries a badge, and waits for a person’s word', async () => {
    const crm = story.program('crm-contact-7')
    await crm.identifies({ ...KNOWN, companySize: 80 })
    story.day(1)
    const before = await whoIs(story, ANNA)
    await poses(story.browser())
    const after = await whoIs(story, ANNA)
    expect(after.traits).toMatchObject(before.traits)
    expect(after.suspicions).toEqual([
      { code: 'contradiction', text: expect.stringMatching(/name or company/) },
    ])
    expect(after).toMatchObject({ stage: 'mql', told: 0, handoffs: [{ status: 'waiting' }] })
    expect(await waitingIn(story)).toMatchObject([{ lead: { id: after.id } }])
    await expectReplayed(story)
  })

  it('is told when the person says the same as the CRM', async () => {
    await story.program('crm-contact-7').identifies({ ...KNOWN, companySize: 80 })
    story.day(1)
    await story.browser().submits('demo-request', SAYS)
    expect(await whoIs(story, ANNA)).toMatchObject({ stage: 'mql', told: 1, suspicions: [] })
  })
})

describe('one browser that says it is ten people', () => {
  const NAMES = ['ada', 'ben', 'cem', 'dan', 'eva', 'fay', 'gil', 'hal', 'ida', 'jan']
  const MANY = [{ code: 'many_people', text: expect.stringMatching(/more people than share one/) }]
  const answers = (name: string) => ({
    'E-mail': `${name}@${name}-works.example`,
    Company: name,
    Employees: '120',
  })

  it('makes ten leads, each with a badge, of whom none is handed over by itself', async () => {
    const one = story.browser()
    for (const name of NAMES) await one.submits('newsletter', answers(name))
    expect(await leadsIn(story)).toHaveLength(10)
    for (const name of NAMES) await one.submits('demo-request', answers(name))
    for (const { suspicions, stage } of await leadsIn(story))
      expect({ suspicions, stage }).toEqual({ suspicions: MANY, stage: 'mql' })
    expect(await waitingIn(story)).toHaveLength(10)
    for (const name of NAMES) expect(await whoIs(story, answers(name)['E-mail'])).toMatchObject({ told: 0 })
    await expectReplayed(story)
  })

  it('is four people before anybody can know; from the fourth on sales is not told', async () => {
    const one = story.browser()
    for (const name of NAMES) {
      await one.submits('demo-request', answers(name))
      await story.world.settle()
    }
    const told: number[] = []
    for (const name of NAMES) told.push((await whoIs(story, answers(name)['E-mail'])).told)
    expect(told).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    for (const { suspicions } of await leadsIn(story)) expect(suspicions).toEqual(MANY)
    expect(await waitingIn(story)).toHaveLength(7)
  })

  it('is a computer that colleagues share, while they are three', async () => {
    const one = story.browser()
    for (const name of NAMES.slice(0, 3)) await one.submits('demo-request', answers(name))
    for (const { suspicions } of await leadsIn(story)) expect(suspicions).toEqual([])
    expect(await waitingIn(story)).toEqual([])
  })
})
