import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../../collector/models/diff/changes.ts'
import { shipped } from './shipped.ts'

const OLD = shipped()

type Exchange = readonly [from: string, to: string]

/** What is said of exchanging pieces of the model that ships. */
const said = (exchanges: readonly Exchange[]) =>
  changesBetween({ old: OLD, new: shipped(...exchanges) }).map(({ text }) => text)

const rule = (text: string) => ['    - { id: too-small,', `    - ${text}\n    - { id: too-small,`] as const

describe('a change of a model is said in words', () => {
  it.each([
    ['nothing', [], []],
    ['a floor', [['- fit: { from: 40 }', '- fit: { from: 30 }']], ['fit must reach 30 instead of 40']],
    [
      'a condition more',
      [['- fit: { from: 40 }', '- fit: { from: 40 }\n      - need: migration']],
      ['asked in addition: a need of migration'],
    ],
    ['a condition less', [['known: [email, company]', 'known: [email]']], ['no longer asked: company known']],
    [
      'points',
      [['points: 35, for: 60d', 'points: 20, for: 60d']],
      ['pricing-3x: 20 points instead of 35 points'],
    ],
    [
      'a window',
      [
        [
          'atLeast: 3, within: 14d, per: session,\n        points: 35',
          'atLeast: 2, within: 7d, per: session,\n        points: 35',
        ],
      ],
      ['pricing-3x: 2 times (sessions) within 7 days instead of 3 times (sessions) within 14 days'],
    ],
    [
      'a cap',
      [['cap: { points: 30, per: day }', 'cap: { points: 20 }']],
      ['pricing: at most 20 points in all instead of at most 30 points a day'],
    ],
    [
      'what an event must be',
      [
        [
          '{ page.category: pricing, engaged: { from: 2m } }',
          '{ page.category: pricing, engaged: { from: 3m } }',
        ],
      ],
      [
        'pricing-minutes: page view (a pricing page and read for at least 3 minutes) instead of page view (a pricing page and read for at least 2 minutes)',
      ],
    ],
    [
      'a new fit rule',
      [rule('{ id: wealthy, if: { revenue: { from: 1000000 } }, points: 15 }')],
      ['new rule wealthy: 15 points for revenue at least 1000000'],
    ],
    [
      'a rule less',
      [['    - { id: attended, on: webinar_attended, points: 20, cap: { points: 40 } }\n', '']],
      ['rule attended is gone (20 points for webinar attended)'],
    ],
    [
      'a gate',
      [['disqualify:\n', 'disqualify:\n  - { id: free-mail, if: { email.kind: free } }\n']],
      ['now excluded: free-mail (a free e-mail address)'],
    ],
    [
      'a gate less',
      [['  - { id: throwaway, if: { email.kind: disposable } }\n', '']],
      ['no longer excluded: throwaway'],
    ],
    [
      'the fast track',
      [['fastTrack: { rule: demo, fit: { from: 20 } }', 'fastTrack: { rule: demo, fit: { from: 40 } }']],
      ['demo goes straight through from fit 40 instead of 20'],
    ],
    ['how points fade', [['halfLife: 14d', 'halfLife: 7d']], ['points halve in 7 days instead of 14 days']],
    [
      'the exit',
      [['exit: { engagement: 25 }', 'exit: { engagement: 30 }']],
      ['an MQL falls back below engagement 30 instead of engagement 25'],
    ],
    [
      'pages',
      [['legal: ["/privacy*/**"', 'legal: ["/datenschutz/**", "/privacy*/**"']],
      ['which pages are legal'],
    ],
    ['what decides about nobody', [['mqlsPerMonth: 40', 'mqlsPerMonth: 50']], []],
  ] as readonly (readonly [string, readonly Exchange[], readonly string[]])[])(
    '%s',
    (_what, exchanges, texts) => {
      expect(said(exchanges)).toEqual(texts)
    },
  )
})

const EXCHANGES = [
  ['- fit: { from: 40 }', '- fit: { from: 30 }'],
  ['known: [email, company]', 'known: [email]'],
  ['points: 35, for: 60d', 'points: 20, for: 60d'],
  ['    - { id: attended, on: webinar_attended, points: 20, cap: { points: 40 } }\n', ''],
  rule('{ id: wealthy, if: { revenue: { from: 1000000 } }, points: 15 }'),
  ['disqualify:\n', 'disqualify:\n  - { id: free-mail, if: { email.kind: free } }\n'],
  ['halfLife: 14d', 'halfLife: 7d'],
  ['legal: ["/privacy*/**"', 'legal: ["/datenschutz/**", "/privacy*/**"'],
] as const

describe('a change taken back', () => {
  it.each(EXCHANGES)(
    'alone gives the model as it was, and made alone the new one: %s',
    (...exchange: Exchange) => {
      const fresh = shipped(exchange)
      const [change, ...others] = changesBetween({ old: OLD, new: fresh })
      expect(others).toEqual([])
      expect(sorted(change?.reverted)).toEqual(sorted(OLD))
      expect(sorted(change?.applied)).toEqual(sorted(fresh))
    },
  )

  it('leaves the others as they are', () => {
    const fresh = shipped(...EXCHANGES)
    for (const change of changesBetween({ old: OLD, new: fresh })) {
      const left = changesBetween({ old: OLD, new: change.reverted }).map(({ text }) => text)
      const all = changesBetween({ old: OLD, new: fresh }).map(({ text }) => text)
      expect(left).toEqual(all.filter(text => text !== change.text))
      expect(changesBetween({ old: OLD, new: change.applied }).map(({ text }) => text)).toEqual([change.text])
    }
  })

  it('is one of few: very many are taken together by section', () => {
    const bare = { ...OLD, fit: { ...OLD.fit, rules: [] }, engagement: { halfLifeMs: 1, rules: [] } }
    const changes = changesBetween({ old: OLD, new: bare })
    expect(changes.map(({ text }) => text)).toEqual([
      'points halve in 0 seconds instead of 14 days',
      `${OLD.fit.rules.length} changes in fit.rules`,
      `${OLD.engagement.rules.length} changes in engagement.rules`,
    ])
    expect(changes[1]?.reverted).toEqual({ ...bare, fit: OLD.fit })
    expect(changes[2]?.applied).toEqual({ ...OLD, engagement: { ...OLD.engagement, rules: [] } })
  })
})

/** The place of a rule in its list decides nothing, nor does the model's own `when` being a list or not. */
function sorted(model: typeof OLD | undefined) {
  const byId = <T extends { readonly id: string }>(list: readonly T[] = []) =>
    [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
  const when = model?.mql.when && 'all' in model.mql.when ? model.mql.when.all : [model?.mql.when]
  return {
    ...model,
    fit: { ...model?.fit, rules: byId(model?.fit.rules) },
    engagement: { ...model?.engagement, rules: byId(model?.engagement.rules) },
    disqualify: byId(model?.disqualify),
    mql: { ...model?.mql, when: when.map(part => JSON.stringify(part)).sort() },
    tests: [],
  }
}
