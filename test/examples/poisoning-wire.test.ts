import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { type Browser, beginStory, fieldsOf, newId, nextEventId, type Story } from '../support/story.ts'
import { eventsIn, expectReplayed, leadsIn, standingOf, whoIs } from '../support/story-people.ts'
import { PAGES_ORIGIN } from '../support/story-world.ts'

/** What anybody can send with the public key: ids that are guessed, taken or nobody's, events sent again, words of others. */

const ANNA = 'anna@acme.example'
const SAYS = { 'E-mail': ANNA, 'Last name': 'Ivanova', Company: 'Acme', 'Job title': 'Buyer' }
const LIES = { 'E-mail': ANNA, 'Last name': 'Mallet', Company: 'Mallet and Sons', Employees: '120' }

let story: Story
let anna: Browser
let later: number
beforeEach(async () => {
  story = await beginStory('goldpan.yaml')
  anna = story.browser()
  await anna.visits('/pricing', { engaged: '1m' })
  await anna.submits('newsletter', SAYS)
  later = story.world.now + 30 * DAY_MS
})

const event = (type: string, props = {}, over = {}) => ({
  ...{ id: nextEventId(story.world.now), type, at: story.world.now, props },
  ...{ page: { url: `${PAGES_ORIGIN}/pricing`, title: 'Pricing' }, ...over },
})
const demo = (answers: Readonly<Record<string, string>>, over = {}) =>
  event('form_submit', { form: { id: 'demo-request' }, fields: fieldsOf(answers), traps: [] }, over)
const offer = async (visitor: string, ...events: readonly unknown[]) =>
  (await story.world.offer({ by: 'browser', visitor, session: newId() }, events)).body

describe('visitor ids that are guessed', () => {
  it.each(['visitor-0000001', '10000001', 'f47ac10b58cc4372a5670e02b2c3d479'])(
    '%s joins nobody',
    async id => {
      const before = await standingOf(story, ANNA, later)
      expect(await offer(id, event('page_view'), event('page_view'))).toMatchObject({ accepted: 2 })
      expect(await standingOf(story, ANNA, later)).toEqual(before)
      expect(await leadsIn(story, '&stage=anonymous')).toMatchObject([{ visitors: [id] }])
      await expectReplayed(story)
    },
  )

  it.each(['undefined', 'anonymous', '00000000-0000-0000-0000-000000000000', '12345678'])(
    '%s is nobody’s: two people who carry it stay two, and get nothing of what others do',
    async id => {
      const before = await standingOf(story, ANNA, later)
      const people = ['boris@birch.example', 'clara@cedar.example']
      for (const email of people) {
        await offer(id, event('page_view'))
        expect(await offer(id, demo({ 'E-mail': email }))).toMatchObject({ accepted: 1 })
      }
      await offer(id, event('download', { url: `${PAGES_ORIGIN}/guide.pdf`, file: 'guide.pdf' }))
      for (const email of people)
        expect(await whoIs(story, email)).toMatchObject({ visitors: [], reasons: ['demo'], suspicions: [] })
      expect(await standingOf(story, ANNA, later)).toEqual(before)
      expect(await leadsIn(story)).toHaveLength(3)
      const seen = await eventsIn(story, 'type=page_view')
      expect(seen.filter(({ visitor }) => visitor === id)).toEqual([])
      expect(seen.filter(({ visitor }) => visitor === null)).toHaveLength(2)
      await expectReplayed(story)
    },
  )
})

describe('another’s events, sent again', () => {
  it('count as duplicates and change nothing, whatever they say by now', async () => {
    const seen = await eventsIn(story, `visitor=${anna.visitor}`)
    const before = await standingOf(story, ANNA, later)
    const again = seen.map(({ id }) => demo(LIES, { id }))
    const all = { accepted: 0, duplicate: seen.length, quarantined: 0, refused: 0 }
    expect(seen.length).toBeGreaterThan(4)
    expect(await offer(anna.visitor, ...again)).toMatchObject(all)
    expect(await offer(newId(), ...again)).toMatchObject(all)
    expect(await offer(newId(), ...again, ...again)).toMatchObject({
      accepted: 0,
      duplicate: 2 * seen.length,
    })
    expect(await standingOf(story, ANNA, later)).toEqual(before)
    expect(await eventsIn(story, `visitor=${anna.visitor}`)).toEqual(seen)
    expect(await leadsIn(story, '&stage=anonymous')).toEqual([])
    await expectReplayed(story)
  })

  it('to another site are that site’s, and change nothing here', async () => {
    const timeline = `/v1/leads/${(await whoIs(story, ANNA)).id}/timeline`
    const before = await story.world.get(timeline)
    const [{ id } = { id: '' }] = await eventsIn(story, `visitor=${anna.visitor}`)
    const other = await story.world.addSite('Other')
    const sent = await story.world.offer({ by: 'browser', visitor: anna.visitor, site: other.publicKey }, [
      demo(LIES, { id }),
    ])
    expect(sent.body).toMatchObject({ accepted: 1, duplicate: 0 })
    await story.world.settle()
    expect(await story.world.get(`${timeline}?site=company`)).toEqual(before)
    const there = await story.world.get('/v1/leads?site=other')
    expect(there.data).toMatchObject([{ email: ANNA, visitors: [anna.visitor] }])
  })
})

describe('a visitor id that was taken', () => {
  it('changes nothing that the server knows, and a contradiction waits for a person’s word', async () => {
    await story
      .program(anna.visitor)
      .identifies({ email: ANNA, lastName: 'Ivanova', company: 'Acme', companySize: 9 })
    const before = await whoIs(story, ANNA)
    story.after('1h')
    await offer(anna.visitor, ...[1, 2, 3].map(() => event('page_view')), demo(LIES))
    const after = await whoIs(story, ANNA)
    expect(after.traits).toMatchObject(before.traits)
    expect(after).toMatchObject({ fit: before.fit, suspicions: [{ code: 'contradiction' }] })
    expect(after).toMatchObject({ told: 0 })
    await expectReplayed(story)
  })

  it('with another’s address makes another lead, and leaves this one with what it did', async () => {
    story.after('1h')
    const before = await standingOf(story, ANNA, later)
    await offer(anna.visitor, demo({ ...LIES, 'E-mail': 'mallory@mallet.example' }))
    expect(await standingOf(story, ANNA, later)).toEqual(before)
    expect(await leadsIn(story)).toHaveLength(2)
    await expectReplayed(story)
  })
})

describe('with the public key', () => {
  it.each(['decision', 'merge', 'unmerge', 'reclassify'])('the word %s is refused', async type => {
    const before = await standingOf(story, ANNA, later)
    const answer = await offer(anna.visitor, event(type, { to: 'mql', lead: 'any', kind: 'human' }))
    expect(answer).toMatchObject({
      accepted: 0,
      refused: 1,
      errors: [{ code: 'reserved_type', path: '/type' }],
    })
    expect(await standingOf(story, ANNA, later)).toEqual(before)
  })

  it('whose address it was is refused, and named in the answer', async () => {
    const context = { ip: '203.0.113.7', userAgent: 'Googlebot/2.1' }
    const answer = await offer(anna.visitor, event('page_view', {}, { context }), event('page_view'))
    expect(answer).toMatchObject({
      ...{ accepted: 1, refused: 1 },
      errors: [{ index: 0, code: 'secret_key_needed', path: '/context' }],
    })
  })

  it('a bare ip is no part of an event', async () => {
    const answer = await offer(anna.visitor, event('page_view', {}, { ip: '203.0.113.7' }))
    expect(answer).toMatchObject({ accepted: 0, quarantined: 1, errors: [{ code: 'invalid_event' }] })
  })

  it('whose user it is is refused, with all that came along', async () => {
    const sender = { by: 'browser', visitor: anna.visitor, user: '42' } as const
    const { status, body } = await story.world.offer(sender, [event('page_view')])
    expect({ status, body }).toMatchObject({ status: 403, body: { code: 'secret_key_needed' } })
  })

  it('old times are kept and neither score nor claim', async () => {
    const before = await standingOf(story, ANNA, later)
    const at = story.world.now - 7 * DAY_MS - 1
    const old = [event('page_view', {}, { at }), demo({ 'E-mail': 'old@birch.example' }, { at })]
    expect(await offer('visitor-of-last-week', ...old)).toMatchObject({ accepted: 2 })
    expect(await offer(anna.visitor, demo(LIES, { at }))).toMatchObject({ accepted: 1 })
    const kinds = (await eventsIn(story, `until=${new Date(at).toISOString()}`)).map(({ traffic }) => traffic)
    expect(kinds).toHaveLength(3)
    for (const kind of kinds) expect(kind).toMatchObject({ kind: 'too_late', evidence: expect.any(String) })
    expect(await leadsIn(story)).toHaveLength(1)
    const { firstSeenAt: _, firstTouch: __, ...after } = await standingOf(story, ANNA, later)
    expect(before).toMatchObject(after)
    await expectReplayed(story)
  })
})
