import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { modelIn, SAMPLE, withEvent, withFit, withPolicy } from './sample.ts'

const SMALLEST = 'goldpan: 1\nname: Smallest\nmql: { when: { fit: { from: 1 } } }\n'

describe('what is not written', () => {
  it('has its documented default, and restricts nothing', () => {
    expect(modelIn(SMALLEST)).toEqual({
      name: 'Smallest',
      timezone: 'UTC',
      currency: 'EUR',
      pages: [],
      assets: [],
      forms: [],
      lists: {},
      fit: { grades: { A: 70, B: 45, C: 20 }, rules: [] },
      engagement: { halfLifeMs: 14 * DAY_MS, rules: [] },
      needs: [],
      disqualify: [],
      mql: { when: { key: 'fit', is: { from: 1 } }, exit: null, dwellMs: 0, fastTrack: null },
      handoff: 'automatic',
      recycle: { newPoints: 0, cooldownMs: { default: 0 } },
      sla: null,
      tests: [],
    })
  })

  it('leaves the grades that are not named as they are', () => {
    expect(modelIn(`${SMALLEST}fit: { grades: { A: 90 } }\n`).fit.grades).toEqual({ A: 90, B: 45, C: 20 })
  })

  it('makes a plain rule: every match counts, without cap, for ever', () => {
    const [rule] = modelIn(`${SMALLEST}engagement: { rules: [ { id: a, on: page_view, points: 1 } ] }\n`)
      .engagement.rules
    expect(rule).toEqual({
      id: 'a',
      on: 'page_view',
      if: null,
      points: 1,
      cap: null,
      once: false,
      window: null,
      sets: [],
      forMs: null,
    })
  })

  it('counts a window by events and earns again after it; a cap is for life', () => {
    const rules = '{ id: a, on: page_view, points: 1, cap: { points: 5 }, atLeast: 3, within: 2w }'
    const [rule] = modelIn(`${SMALLEST}engagement: { rules: [ ${rules} ] }\n`).engagement.rules
    expect(rule?.window).toEqual({ atLeast: 3, withinMs: 14 * DAY_MS, per: 'event', again: 'afterWindow' })
    expect(rule?.cap).toEqual({ points: 5, per: 'lifetime' })
  })
})

describe('what is written', () => {
  it('comes out as data, durations in milliseconds, names in their order', () => {
    const model = modelIn(`goldpan: 1
name: Full
timezone: Asia/Jerusalem
currency: ILS
pages: { blog: ["/blog/**"], pricing: ["/pricing/**", "/מחירים"] }
lists: { rivals: { domains: [Rival.Example], emails: [Ann@Rival.Example], companies: [Rival Ltd], ip: [203.0.113.0/24, "2001:db8::/48"] } }
engagement:
  halfLife: 10d
  rules:
    - { id: calm, on: page_view, points: -1.5, cap: { points: -3, per: day }, once: true, for: 90d, sets: [slow] }
    - { id: often, on: Webinar Attended, points: 5, atLeast: 2, within: 36h, per: day, again: never }
needs: { speed: { words: [fast], assets: ["*speed*"] } }
mql:
  when: { fit: { from: 1 } }
  exit: { engagement: 5 }
  dwell: 1.5h
  fastTrack: { rule: calm, fit: { from: -2 } }
handoff: manual
recycle: { newPoints: 25, cooldown: { not_ready: 30d, default: 0 } }
sla: { accept: 4h, hours: "mon-thu,sun 09:00-17:30", holidays: [2026-12-25], target: { mqlsPerMonth: 40 } }
`)
    expect(model.pages).toEqual([
      { name: 'blog', globs: ['/blog/**'] },
      { name: 'pricing', globs: ['/pricing/**', '/מחירים'] },
    ])
    expect(model.lists.rivals).toEqual({
      domains: ['rival.example'],
      emails: ['ann@rival.example'],
      companies: ['Rival Ltd'],
      ips: ['203.0.113.0/24', '2001:db8::/48'],
    })
    expect(model.engagement).toMatchObject({
      halfLifeMs: 10 * DAY_MS,
      rules: [
        { points: -1.5, cap: { points: -3, per: 'day' }, once: true, forMs: 90 * DAY_MS, sets: ['slow'] },
        {
          on: 'Webinar Attended',
          window: { atLeast: 2, withinMs: 36 * HOUR_MS, per: 'day', again: 'never' },
        },
      ],
    })
    expect(model.needs).toEqual([{ tag: 'speed', words: ['fast'], pages: [], assets: ['*speed*'] }])
    expect(model.mql).toMatchObject({
      exit: { engagement: 5 },
      dwellMs: 90 * MINUTE_MS,
      fastTrack: { rule: 'calm', fitFrom: -2 },
    })
    expect(model.handoff).toBe('manual')
    expect(model.recycle).toEqual({ newPoints: 25, cooldownMs: { not_ready: 30 * DAY_MS, default: 0 } })
    expect(model.sla).toEqual({
      acceptMs: 4 * HOUR_MS,
      qualifyMs: null,
      hours: 'mon-thu,sun 09:00-17:30',
      holidays: ['2026-12-25'],
      target: { mqlsPerMonth: 40, acceptedShare: null },
    })
  })

  it('keeps the stories of tests, times before their end', () => {
    const event = '{ at: -20d, type: page_view, path: /цени, title: T, engaged: 20s, scroll: 80, session: 1 }'
    const form =
      '{ at: 0, type: form_submit, form: demo, traits: { email: a@b.example, age: 30 }, props: { x: { y: 1 } } }'
    const [test] = modelIn(
      `${SAMPLE}tests: [ { name: n, events: [ ${event}, ${form} ], expect: { stage: mql } } ]\n`,
    ).tests
    expect(test).toEqual({
      name: 'n',
      expect: { stage: 'mql', because: [] },
      events: [
        {
          atMs: -20 * DAY_MS,
          type: 'page_view',
          path: '/цени',
          title: 'T',
          file: null,
          form: null,
          session: '1',
          engagedMs: 20 * SECOND_MS,
          scrollPct: 80,
          traits: {},
          props: {},
        },
        {
          atMs: 0,
          type: 'form_submit',
          path: null,
          title: null,
          file: null,
          form: 'demo',
          session: null,
          engagedMs: null,
          scrollPct: null,
          traits: { email: 'a@b.example', age: 30 },
          props: { x: { y: 1 } },
        },
      ],
    })
  })
})

describe('a condition', () => {
  const leaf = (key: string, is: unknown) => ({ key, is })

  it.each([
    ['a value', '{ country: bg }', leaf('country', { oneOf: ['bg'] })],
    ['one of several', '{ industry: [it, software] }', leaf('industry', { oneOf: ['it', 'software'] })],
    ['a range', '{ companySize: { from: 50, to: 200 } }', leaf('companySize', { from: 50, to: 200 })],
    ['half a range', '{ companySize: { to: 9 } }', leaf('companySize', { to: 9 })],
    ['a glob', '{ website: { glob: "*.bg" } }', leaf('website', { glob: '*.bg' })],
    ['words', '{ jobTitle: { contains: ["student*"] } }', leaf('jobTitle', { contains: ['student*'] })],
    ['known', '{ phone: { known: false } }', leaf('phone', { known: false })],
    ['not', '{ industry: { not: [it] } }', leaf('industry', { not: { oneOf: ['it'] } })],
    ['a custom trait', '{ fleet: { from: 10 } }', leaf('fleet', { from: 10 })],
    ['a list', '{ list: rivals }', leaf('list', { oneOf: ['rivals'] })],
    [
      'several keys',
      '{ country: bg, fleet: 1 }',
      { all: [leaf('country', { oneOf: ['bg'] }), leaf('fleet', { oneOf: [1] })] },
    ],
    [
      'any',
      '{ any: [ { country: bg }, { country: pl } ] }',
      { any: [leaf('country', { oneOf: ['bg'] }), leaf('country', { oneOf: ['pl'] })] },
    ],
    ['none', '{ none: [ { country: bg } ] }', { none: [leaf('country', { oneOf: ['bg'] })] }],
  ])('of fit: %s', (_name, written, expected) => {
    expect(modelIn(withFit(written)).fit.rules[0]?.if).toEqual(expected)
  })

  it.each([
    ['engaged time in milliseconds', '{ engaged: { from: 2m } }', leaf('engaged', { from: 2 * MINUTE_MS })],
    ['scroll depth', '{ scroll: { from: 75 } }', leaf('scroll', { from: 75 })],
    ['a path', '{ page.path: { glob: "/docs/**" } }', leaf('page.path', { glob: '/docs/**' })],
    ['a property', '{ props.seats: { from: 5 } }', leaf('props.seats', { from: 5 })],
    [
      'where the visit came from',
      '{ channel: paid_search, utm.source: google }',
      { all: [leaf('channel', { oneOf: ['paid_search'] }), leaf('utm.source', { oneOf: ['google'] })] },
    ],
  ])('of engagement: %s', (_name, written, expected) => {
    expect(modelIn(withEvent(written)).engagement.rules[0]?.if).toEqual(expected)
  })

  it('of the policy: what must hold stands side by side, and known asks for each', () => {
    const written =
      '{ all: [ { engagement: { from: 40 }, grade: [A, B] }, { known: [email, company] }, { any: [ { rule: demo }, { flag: hot }, { need: rebranding } ] } ] }'
    expect(modelIn(withPolicy(written)).mql.when).toEqual({
      all: [
        leaf('engagement', { from: 40 }),
        leaf('grade', { oneOf: ['A', 'B'] }),
        leaf('email', { known: true }),
        leaf('company', { known: true }),
        {
          any: [
            leaf('rule', { oneOf: ['demo'] }),
            leaf('flag', { oneOf: ['hot'] }),
            leaf('need', { oneOf: ['rebranding'] }),
          ],
        },
      ],
    })
  })
})
