import { describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { download, form, identify, NOON, pageView, wordOn } from '../support/facts.ts'
import { ANNA, advanceAll, leadId } from '../support/history.ts'
import { clicked, namedUser, reclassified } from '../support/proofs.ts'

const on = (visitor: string) => ({ visitor, subject: visitor })
const [DESK, PHONE] = [on('desk'), on('phone')]
const people = (facts: readonly Fact[]) => advanceAll(facts).persons
const leads = (facts: readonly Fact[]) => people(facts).filter(({ identifier }) => identifier !== null)
const lead = (facts: readonly Fact[], email = ANNA) => {
  const found = people(facts).find(({ id }) => id === leadId(email))
  if (!found) throw new Error(`no lead ${email}`)
  return found
}
/** Anna's desk is proven to be hers. */
const proven = [pageView(NOON, '/', DESK), clicked(NOON + 1, ANNA, DESK)]
const later = NOON + DAY_MS
const typed = form(later, 'newsletter', { email: ANNA }, PHONE)
const read = download(later + 1, 'guide.pdf', PHONE)

describe('a browser that types an address proven on another', () => {
  it('is a device to be confirmed, whose doings are not the lead’s', () => {
    const anna = lead([...proven, typed, read])
    const device = people([...proven, typed, read]).find(({ claims }) => claims === anna.id)
    expect(anna).toMatchObject({ visitors: ['desk'], engagement: lead(proven).engagement })
    expect(anna.unconfirmed).toEqual([{ person: device?.id, visitor: 'phone', since: later }])
    expect(device).toMatchObject({ stage: 'anonymous', identifier: null, visitors: ['phone'] })
  })

  it('is the lead’s once it follows a signed link, with what it did, and not before', () => {
    const confirmed = [...proven, typed, read, clicked(later + HOUR_MS, ANNA, PHONE)]
    expect(lead(confirmed)).toMatchObject({ visitors: ['desk', 'phone'], unconfirmed: [] })
    expect(lead(confirmed).engagement.score).toBeGreaterThan(lead(proven).engagement.score)
    expect(people(confirmed)).toHaveLength(1)
  })

  it('is the lead’s by a person’s word, until that is taken back', () => {
    const waiting = [...proven, typed, read]
    const device = lead(waiting).unconfirmed[0]?.person ?? ''
    const word = (at: number, type: 'merge' | 'unmerge') => wordOn(at, type, [leadId(ANNA), device])
    const merged = [...waiting, word(later + 2, 'merge')]
    expect(lead(merged)).toMatchObject({ visitors: ['desk', 'phone'], unconfirmed: [] })
    expect(people([...merged, word(later + 3, 'unmerge')])).toEqual(
      people(waiting).map(person => ({ ...person })),
    )
  })

  it('goes on as it was when it was the lead’s before the proof', () => {
    const early = form(NOON - DAY_MS, 'newsletter', { email: ANNA }, PHONE)
    expect(lead([early, ...proven, typed])).toMatchObject({ visitors: ['desk', 'phone'], unconfirmed: [] })
  })

  it.each([
    ['nobody proved it', [form(NOON, 'newsletter', { email: ANNA }, DESK)]],
    [
      'a list from a CRM said it',
      [identify(NOON, ANNA, {}, { visitor: null, subject: 'fact:x', origin: 'server' })],
    ],
    [
      'a mailing tool did, by an id of its own',
      [identify(NOON, ANNA, {}, { ...on('mailing-1'), origin: 'server' })],
    ],
    ['a mail scanner opened the link', [clicked(NOON, ANNA, { ...DESK, userAgent: 'HeadlessChrome/120' })]],
    [
      'the proof came to be known later',
      [pageView(NOON, '/', DESK), clicked(NOON + 1, ANNA, { ...DESK, receivedAt: later + 900 })],
    ],
  ] as const)('is believed when %s', (_, before) => {
    expect(lead([...before, typed])).toMatchObject({ unconfirmed: [] })
    expect(lead([...before, typed]).visitors).toContain('phone')
  })

  it('is not when the customer’s server named the other browser', () => {
    const named = [pageView(NOON, '/', DESK), identify(NOON + 1, ANNA, {}, { ...DESK, origin: 'server' })]
    expect(lead([...named, typed]).unconfirmed).toHaveLength(1)
  })
})

describe('names of one person', () => {
  it('are the customer’s to join: a changed address stays one lead, under the name known first', () => {
    const facts = [
      form(NOON, 'newsletter', { email: ANNA }, DESK),
      namedUser(NOON + 1, '7', ANNA),
      namedUser(NOON + 2, '7', 'anna@new.example'),
      form(NOON + 3, 'demo', { email: 'anna@new.example' }, PHONE),
      namedUser(NOON + 4, '7', null),
    ]
    expect(leads(facts)).toHaveLength(1)
    expect(lead(facts)).toMatchObject({
      visitors: ['desk', 'phone'],
      traits: { email: { value: 'anna@new.example', strength: 'verified' } },
    })
  })

  it('a number becomes its e-mail on the browser that gave both, and on no other', () => {
    const call =
      (visitor: string, more = {}) =>
      (at: number) =>
        form(at, 'callback', { phone: '+359 88 123 4567', ...more }, on(visitor))
    const facts = [call('desk')(NOON), call('phone')(NOON + 1), call('desk', { email: ANNA })(NOON + 2)]
    expect(
      leads(facts)
        .map(({ identifier, visitors }) => [identifier, visitors])
        .sort(),
    ).toEqual([
      [`email:${ANNA}`, ['desk']],
      ['phone:+359881234567', ['phone']],
    ])
  })

  it('a test key’s are apart from the same address with the other key', () => {
    const test = { noted: { test: true as const }, visitor: 'desk', subject: 'test:desk' }
    const facts = [
      form(NOON, 'demo', { email: ANNA }, DESK),
      form(NOON + 1, 'demo', { email: ANNA, company: 'Test' }, test),
    ]
    expect(
      leads(facts)
        .map(({ isTest, identifier }) => [identifier, isTest])
        .sort(),
    ).toEqual([
      [`email:${ANNA}`, false],
      [`test:email:${ANNA}`, true],
    ])
    expect(people(facts).find(({ isTest }) => isTest)?.engagement.score).toBeGreaterThan(0)
    expect(lead(facts).traits.company).toBeUndefined()
  })
})

describe('suspicions', () => {
  const known = identify(
    NOON,
    ANNA,
    { company: 'Acme Ltd', lastName: 'Ivanova' },
    { ...DESK, origin: 'server' },
  )
  it.each([
    [{ company: 'ACME' }, []],
    [{ jobTitle: 'Intern' }, []],
    [{ company: 'Rival' }, ['contradiction']],
    [{ lastName: 'Petrova' }, ['contradiction']],
  ])('a form that says %j: %j', (said, suspicions) => {
    expect(lead([known, form(NOON + 1, 'demo', { email: ANNA, ...said }, DESK)])).toMatchObject({
      suspicions,
    })
  })

  it('of more people than share a browser', () => {
    const claims = (many: number) =>
      Array.from({ length: many }, (_, n) => form(NOON + n, 'demo', { email: `p${n}@acme.example` }, DESK))
    expect(leads(claims(3)).flatMap(({ suspicions }) => suspicions)).toEqual([])
    expect(new Set(leads(claims(4)).flatMap(({ suspicions }) => suspicions))).toEqual(
      new Set(['many_people']),
    )
  })
})

describe('what no person does', () => {
  const views = (many: number, everyMs: number) =>
    Array.from({ length: many }, (_, n) =>
      pageView(NOON + n * everyMs, '/pricing', { ...DESK, session: `s${n}` }),
    )
  const score = (facts: readonly Fact[]) =>
    lead([form(NOON - HOUR_MS, 'nothing', { email: ANNA }, DESK), ...facts]).engagement.score

  it('forty pages in a minute are a program’s, from the first', () => {
    expect(score(views(39, 1_000))).toBeGreaterThan(0)
    expect(score(views(40, 1_000))).toBe(0)
    expect(score(views(40, 3_000))).toBeGreaterThan(0)
  })

  it('and after half an hour of quiet it may be somebody again', () => {
    const again = download(NOON + 2 * HOUR_MS, 'guide.pdf', DESK)
    const soon = download(NOON + 20 * MINUTE_MS, 'guide.pdf', DESK)
    expect(score([...views(40, 1_000), soon])).toBe(0)
    expect(score([...views(40, 1_000), again])).toBeGreaterThan(0)
  })

  it('a flood is one whatever times it claims', () => {
    const forged = (many: number) =>
      Array.from({ length: many }, (_, n) =>
        pageView(NOON + n * HOUR_MS, '/pricing', {
          ...DESK,
          session: `s${n}`,
          receivedAt: NOON + 1_000 * HOUR_MS,
        }),
      )
    expect(score(forged(299))).toBeGreaterThan(0)
    expect(score(forged(300))).toBe(0)
  })

  it('links of one mail opened at once prove and earn nothing, in one browser or in several', () => {
    const open = (ms: number, visitor: string, link: string) =>
      clicked(NOON + ms, ANNA, on(visitor), { link: `https://acme.example/${link}` })
    const scan = [open(0, 'desk', 'a'), open(300, 'phone', 'b')]
    const leadsOf = (facts: readonly Fact[]) => leads(facts).length
    expect(leadsOf(scan)).toBe(0)
    expect(leadsOf([open(0, 'desk', 'a'), open(5_000, 'desk', 'b')])).toBe(1)
    expect(leadsOf([open(0, 'desk', 'a'), open(4_000, 'desk', 'b'), open(9_000, 'desk', 'c')])).toBe(0)
    expect(leadsOf([open(0, 'desk', 'a'), open(300, 'desk', 'a')])).toBe(1)
  })

  it('a person’s word goes before all that, both ways', () => {
    const fast = views(40, 1_000)
    expect(score([...fast, reclassified(NOON + DAY_MS, 'desk', 'human')])).toBeGreaterThan(0)
    expect(score([...views(3, 1_000), reclassified(NOON + DAY_MS, 'desk', 'bot')])).toBe(0)
    const taken = [
      reclassified(NOON + DAY_MS, 'desk', 'bot'),
      reclassified(NOON + 2 * DAY_MS, 'desk', 'auto'),
    ]
    expect(score([...views(3, 1_000), ...taken])).toBe(score(views(3, 1_000)))
  })
})

it('a network’s country fills a gap, and gives way to what people say', () => {
  const view = pageView(NOON, '/', { ...DESK, noted: { country: 'BG' } })
  const country = (...facts: readonly Fact[]) => people([view, ...facts])[0]?.traits.country
  expect(country()).toMatchObject({ value: 'BG', source: 'network', strength: 'derived' })
  expect(country(form(NOON + 1, 'demo', { email: ANNA, country: 'Poland' }, DESK))).toMatchObject({
    value: 'PL',
  })
})
