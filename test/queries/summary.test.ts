import { describe, expect, it } from 'vitest'
import { inquire } from '../../collector/queries/inquiry.ts'
import { scoreShape } from '../../collector/queries/score-shape.ts'
import { ENGLISH } from '../../collector/queries/words/english.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, download, form, NOON, pageView } from '../support/facts.ts'
import { ANNA, advanceAll, idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { inquiryAt, scoreAt, visit } from './asking.ts'

const HEAD = {
  email: ANNA,
  firstName: 'Anna',
  lastName: 'Ivanova',
  jobTitle: 'Head of Marketing',
  industry: 'IT',
  company: 'Acme',
  companySize: '120',
}
const WHO = 'Anna Ivanova, Head of Marketing at Acme, an IT company of about 120 people.'
const warm = [
  form(NOON - 9 * DAY_MS, 'newsletter', HEAD),
  download(NOON - 5 * DAY_MS, '10-strategies-guide.pdf'),
]
const qualified = [...warm, ...visit(NOON - 4 * DAY_MS), ...visit(NOON - 2 * DAY_MS), ...visit(NOON - DAY_MS)]

describe('a summary', () => {
  it('of an MQL says who, what lately, since when and why, and when it cools', () => {
    expect(scoreAt(qualified, NOON).summary).toBe(
      `${WHO} In the last two weeks: pricing three times, the download “10 strategies guide”, the newsletter form. ` +
        'Qualified on 11 January: fit 45 (B), engagement 48.8, most of it from three pricing visits and the guide download. ' +
        'Cools on 28 January if nothing happens.',
    )
  })

  it('of one who came by the fast track names it', () => {
    const { summary } = scoreAt([form(NOON, 'demo', { email: ANNA, industry: 'IT' })], NOON + HOUR_MS)
    expect(summary).toContain(
      'Qualified on 12 January by the fast track, for the demo form: fit 20 (C), engagement 50.',
    )
  })

  it('of a lead says what would be enough, else what it needs', () => {
    expect(scoreAt([...warm, ...visit(NOON - 2 * DAY_MS)], NOON).summary).toMatch(
      /Not an MQL yet, but two more pricing visits before 24 January or one demo form would be enough\.$/,
    )
    expect(scoreAt([form(NOON, 'newsletter', { email: ANNA })], NOON).summary).toBe(
      'anna@acme.example, of whom little is known. In the last two weeks: the newsletter form. ' +
        'Not an MQL yet: needs 35 more engagement points and 40 more fit points (job function, seniority and industry are not known).',
    )
  })

  it('of one sent back tells by whom and why, and from when on it may qualify again', () => {
    const back = decision(NOON, leadId(ANNA), 'nurturing', 'not_ready')
    expect(scoreAt([...qualified, back], NOON + DAY_MS).summary).toContain(
      'Sent back on 12 January by sales (not ready); cannot qualify again before 11 February, and needs 25 new points since 12 January (0 so far).',
    )
    expect(scoreAt([...qualified, back], NOON + 60 * DAY_MS).summary).toContain(
      'Last here on 11 January; in all: pricing three times',
    )
  })

  it('of one who cooled says so', () => {
    expect(scoreAt(qualified, NOON + 30 * DAY_MS).summary).toContain(
      'Was an MQL from 11 January to 28 January (cooled); to qualify again, three more pricing visits or one demo form would be enough.',
    )
  })

  it('of one who is excluded says why, and no more', () => {
    const email = 'eva@rival.example'
    const { summary } = scoreAt([form(NOON, 'demo', { ...HEAD, email })], NOON, { email })
    expect(summary).toMatch(/Excluded: on the list “competitors”\.$/)
  })

  it('after a person’s decision tells it', () => {
    const won = decision(NOON, leadId(ANNA), 'sal', 'accepted')
    expect(scoreAt([...qualified, won], NOON).summary).toMatch(
      /Accepted by sales on 12 January \(sales: accepted\)\.$/,
    )
    const made = decision(NOON, leadId(ANNA), 'mql', 'met_at_fair')
    expect(scoreAt([...warm, made], NOON).summary).toContain(
      'Made an MQL on 12 January by sales (met at fair).',
    )
  })

  it('keeps what a person wrote on one line, and names the administrator, not the token', () => {
    const won = {
      ...decision(NOON, leadId(ANNA), 'sal', 'called\n\u001b[31mus\u2028back'),
      actor: 'GOLDPAN_ADMIN_TOKEN',
    }
    expect(scoreAt([...qualified, won], NOON).summary).toMatch(
      /Accepted by sales on 12 January \(the administrator: called \[31mus back\)\.$/,
    )
  })

  it('of one whom a gate put back says what the gate asks for, not its name', () => {
    const versions = [
      published({
        ...EXAMPLE,
        disqualify: [{ id: 'g-7', if: { key: 'country', is: { oneOf: ['BG'] } } }],
      }),
    ]
    const moved = form(NOON, 'contact', { email: ANNA, country: 'Bulgaria' })
    const { summary } = scoreAt([...qualified, moved], NOON, { versions })
    expect(summary).toContain('Was an MQL from 11 January to 12 January (excluded: country is BG)')
    expect(summary).not.toContain('g-7')
  })

  it('says when no answer to a known question would bring the fit that is asked for', () => {
    const versions = [
      published({
        ...EXAMPLE,
        mql: { ...EXAMPLE.mql, when: { key: 'fit', is: { from: 130 } }, fastTrack: null },
      }),
    ]
    const { summary } = scoreAt([form(NOON, 'newsletter', { email: ANNA })], NOON, { versions })
    expect(summary).toMatch(
      /needs 130 more fit points \(job function, seniority and industry are not known, and no answer would be enough\)\.$/,
    )
    const told = [form(NOON, 'newsletter', HEAD)]
    expect(scoreAt(told, NOON, { versions }).summary).toMatch(
      /needs 85 more fit points \(no answer to a known question would be enough\)\.$/,
    )
  })

  it('of somebody anonymous says what there is to say', () => {
    const facts = [pageView(NOON, '/pricing?utm_source=google&utm_medium=cpc')]
    const id = advanceAll(facts).persons[0]?.id ?? ''
    const inquiry = inquire({ site: 'site', facts, versions: [published(EXAMPLE)], idOf }, id, NOON)
    expect(inquiry && scoreShape(inquiry, ENGLISH, true).summary).toBe(
      'An anonymous visitor, who first came by paid search. In the last two weeks: pricing.',
    )
  })

  it('without the right to personal data has none', () => {
    const { summary } = scoreShape(inquiryAt(qualified, NOON), ENGLISH, false)
    for (const secret of ['Anna', 'Ivanova', 'Head of', 'Acme', 'acme', '120'])
      expect(summary).not.toContain(secret)
    expect(summary).toMatch(/^In the last two weeks: pricing three times/)
  })
})

describe('a reason', () => {
  it('tells how often, what the cap let count, and what is left', () => {
    const facts = [
      warm[0] ?? [],
      ...[1, 2, 3, 4, 5].flatMap(hour => visit(NOON - 14 * DAY_MS + hour * HOUR_MS)),
    ].flat()
    const texts = (at: number) => scoreAt(facts, at).engagement.reasons.map(({ text }) => text)
    expect(texts(NOON)).toEqual([
      '5 pricing visits: 30 of 50 points count (at most 30 a day), worth 15.1 of 30 by now',
      '3 pricing visits within 14 days: worth 7.5 of 15 by now',
      '1 newsletter form: worth 3.2 of 5 by now',
    ])
    expect(scoreAt(facts, NOON).fit.reasons.map(({ text }) => text)).toEqual([
      'Job function is marketing and seniority is head, director, VP or C-level',
      'Industry is IT or software',
    ])
  })

  it('of points just earned has nothing to add', () => {
    const { reasons } = scoreAt([form(NOON, 'demo', { email: ANNA })], NOON).engagement
    expect(reasons.map(({ text }) => text)).toEqual(['1 demo form'])
  })
})
