import { describe, expect, it } from 'vitest'
import { examplePerson } from '../../demo-site/browser/example-person.ts'
import { feedLines } from '../../demo-site/browser/feed.ts'
import { NOTHING_YET, readEvent, readState, withEvent, withEventsOf } from '../../demo-site/browser/state.ts'
import { eventWords, minutesText, pointsText, spaced } from '../../demo-site/browser/words.ts'
import { GROWING, QUALIFIED, viewed } from './worlds.ts'

const said = (type: string, props: object = {}, page: object | null = null) =>
  eventWords(readEvent({ id: 'x', type, props, page })).join('')

describe('an event in words', () => {
  it.each([
    ['Viewed Pricing', 'page_view', {}, { path: '/pricing', title: 'Pricing · Quartermark' }],
    ['Viewed the home page', 'page_view', {}, { path: '/', title: 'Quartermark: the plan' }],
    ['Viewed /untitled', 'page_view', {}, { path: '/untitled', title: null }],
    ['Downloaded 10-strategies-guide.pdf', 'download', { file: '10-strategies-guide.pdf' }, null],
    ['Started the contact form', 'form_start', { form: { id: 'contact' } }, null],
    ['Sent the demo request', 'form_submit', { form: { id: 'demo-request' } }, null],
    ['Left the newsletter form unsent', 'form_abandon', { form: { name: 'newsletter' } }, null],
    ['Sent the form', 'form_submit', {}, null],
    ['Left for partner.example', 'outbound_click', { url: 'https://partner.example/x' }, null],
    ['Sales moved this person to SAL', 'decision', { to: 'sal' }, null],
    ['Webinar attended', 'webinar_attended', {}, null],
  ])('%s', (text, type, props, page) => {
    expect(said(type, props, page)).toBe(text)
  })
})

describe('numbers and names', () => {
  it('are written as people read them', () => {
    expect([10, 9.87, 0.04, -10, -0.5].map(pointsText)).toEqual(['10', '9.9', '0', '−10', '−0.5'])
    expect([0, 7_400, 61_000, 600_000].map(minutesText)).toEqual(['0:00', '0:07', '1:01', '10:00'])
    expect(['jobTitle', 'it-company', 'pricing-3x', 'company_size'].map(spaced)).toEqual([
      'job title',
      'IT company',
      'pricing 3x',
      'company size',
    ])
  })
})

describe('what was heard', () => {
  const lines = feedLines(readState(GROWING))

  it('is newest first, reports of attention folded into their view', () => {
    expect(lines.map(({ words }) => words.join(''))).toEqual([
      'Viewed Pricing',
      'Downloaded 10-strategies-guide.pdf',
      'Sent the newsletter form',
      'Viewed Pricing',
    ])
    expect(lines.at(-1)?.notes).toEqual(['0:12 engaged'])
  })

  it('names the rules that credited it, also through its reports', () => {
    expect(lines.map(({ rules }) => rules)).toEqual([['pricing'], ['guide'], ['newsletter'], ['pricing']])
  })

  it('takes the largest of several reports, and leaves page metrics out', () => {
    const report = (id: string, engagedMs: number) => ({
      id,
      type: 'engagement',
      props: { view: 'e1', engagedMs },
    })
    const events = [
      report('a', 5_000),
      report('b', 65_000),
      report('c', 20_000),
      { id: 'v', type: 'web_vital' },
      viewed,
    ]
    expect(feedLines(readState({ events })).map(({ notes }) => notes)).toEqual([['1:05 engaged']])
  })

  it('says when somebody does not count', () => {
    const bot = { ...viewed, traffic: { kind: 'bot', evidence: 'user agent' } }
    expect(feedLines(readState({ events: [bot] }))[0]?.notes).toEqual(['bot, not scored'])
  })
})

describe('reading an answer', () => {
  it('takes the person with score, reasons and the latest hand-off', () => {
    expect(readState(QUALIFIED).person).toMatchObject({
      stage: 'mql',
      name: 'Mira Petrova',
      company: 'Northlight Software',
      fit: { score: 65, grade: 'B', known: true },
      engagement: 90,
      handoff: { status: 'told', fit: 65, engagement: 90 },
    })
    expect(readState(GROWING).person?.fit.known).toBe(false)
  })

  it.each([null, 'no', 7, [], {}, { events: 'x', lead: [], score: 1 }, { events: [null, 3, {}], lead: {} }])(
    'survives %j',
    answer => {
      expect(() => feedLines(readState(answer))).not.toThrow()
    },
  )
})

describe('keeping events', () => {
  const event = (id: string, seconds: number) =>
    readEvent({ id, type: 'page_view', occurredAt: new Date(seconds * 1000).toISOString() })
  const idsOf = (state: typeof NOTHING_YET) => state.events.map(({ id }) => id)

  it('takes each once, in the order of their times', () => {
    const state = [event('b', 2), event('a', 1), event('b', 2), event('c', 3)].reduce(withEvent, NOTHING_YET)
    expect(idsOf(state)).toEqual(['c', 'b', 'a'])
  })

  it('keeps four hundred, and says that there was more', () => {
    const events = Array.from({ length: 401 }, (_, second) => event(`e${second}`, second))
    const full = events.slice(0, 400).reduce(withEvent, NOTHING_YET)
    expect([full.events.length, full.hasMore]).toEqual([400, false])
    const over = withEvent(full, event('last', 500))
    expect([over.events.length, over.hasMore]).toEqual([400, true])
  })

  it('does not lose what was heard while the state was asked for', () => {
    const heard = [event('a', 1), event('b', 2)].reduce(withEvent, NOTHING_YET)
    const answer = withEvent(NOTHING_YET, event('a', 1))
    expect(idsOf(withEventsOf(answer, heard))).toEqual(['b', 'a'])
  })
})

describe('the example person', () => {
  it('is the same for a visitor and another one for most others', () => {
    const visitors = Array.from(
      { length: 200 },
      (_, index) => `visitor-${index.toString(16).padStart(24, '0')}`,
    )
    expect(visitors.map(examplePerson)).toEqual(visitors.map(examplePerson))
    expect(new Set(visitors.map(visitor => examplePerson(visitor).email)).size).toBeGreaterThan(100)
    for (const { email } of visitors.map(examplePerson))
      expect(email).toMatch(/^[a-z]+\.[a-z]+@[a-z-]+\.example$/)
  })
})
