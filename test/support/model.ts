import type { EngagementRule, FitRule, ModelVersion, ScoringModel } from '../../collector/contracts/model.ts'
import { DAY_MS, SECOND_MS } from '../../shared/time.ts'

export const engagementRule = (
  given: Partial<EngagementRule> & Pick<EngagementRule, 'id' | 'on' | 'points'>,
) => ({
  if: null,
  cap: null,
  once: false,
  window: null,
  sets: [],
  forMs: null,
  ...given,
})

const fitRule = (given: Partial<FitRule> & Pick<FitRule, 'id' | 'if' | 'points'>) => ({
  sets: [],
  ...given,
})

const is = (key: string, ...oneOf: (string | number)[]) => ({ key, is: { oneOf } })

/** The example of the grammar (docs/model.md), as data: what tests of the pure rooms judge by. */
export const EXAMPLE: ScoringModel = {
  name: 'Example',
  timezone: 'Europe/Sofia',
  currency: 'EUR',
  pages: [
    { name: 'pricing', globs: ['/pricing/**'] },
    { name: 'case_study', globs: ['/customers/**'] },
    { name: 'careers', globs: ['/careers/**'] },
  ],
  assets: [
    { name: 'deep', globs: ['*guide*'] },
    { name: 'simple', globs: ['*checklist*'] },
  ],
  forms: [
    { name: 'newsletter', globs: ['newsletter*'] },
    { name: 'demo', globs: ['*demo*'] },
  ],
  lists: { competitors: { domains: ['rival.example'], emails: [], companies: [], ips: [] } },
  fit: {
    grades: { A: 70, B: 45, C: 20 },
    rules: [
      fitRule({
        id: 'marketing-head',
        if: { all: [is('jobFunction', 'marketing'), is('seniority', 'head', 'director', 'vp', 'c_level')] },
        points: 25,
        sets: ['authority'],
      }),
      fitRule({ id: 'it-company', if: is('industry', 'it', 'software'), points: 20 }),
      fitRule({
        id: 'student',
        if: { key: 'jobTitle', is: { contains: ['student', 'intern'] } },
        points: -40,
      }),
    ],
  },
  engagement: {
    halfLifeMs: 14 * DAY_MS,
    rules: [
      engagementRule({
        id: 'pricing',
        on: 'page_view',
        if: { all: [is('page.category', 'pricing'), { key: 'engaged', is: { from: 5 * SECOND_MS } }] },
        points: 10,
        cap: { points: 30, per: 'day' },
      }),
      engagementRule({
        id: 'pricing-3x',
        on: 'page_view',
        if: is('page.category', 'pricing'),
        points: 15,
        window: { atLeast: 3, withinMs: 14 * DAY_MS, per: 'session', again: 'afterWindow' },
        sets: ['budget'],
      }),
      engagementRule({
        id: 'guide',
        on: 'download',
        if: is('asset.depth', 'deep'),
        points: 15,
        cap: { points: 30, per: 'lifetime' },
      }),
      engagementRule({
        id: 'newsletter',
        on: 'form_submit',
        if: is('form.kind', 'newsletter'),
        points: 5,
        once: true,
      }),
      engagementRule({ id: 'demo', on: 'form_submit', if: is('form.kind', 'demo'), points: 50 }),
      engagementRule({
        id: 'careers',
        on: 'page_view',
        if: is('page.category', 'careers'),
        points: -10,
        cap: { points: -20, per: 'lifetime' },
      }),
    ],
  },
  needs: [{ tag: 'rebranding', words: ['rebrand'], pages: [], assets: [] }],
  disqualify: [{ id: 'competitor', if: is('list', 'competitors') }],
  mql: {
    when: {
      all: [
        { key: 'engagement', is: { from: 40 } },
        { key: 'fit', is: { from: 40 } },
        { key: 'email', is: { known: true } },
        { key: 'company', is: { known: true } },
      ],
    },
    exit: { engagement: 25 },
    dwellMs: DAY_MS,
    fastTrack: { rule: 'demo', fitFrom: 20 },
  },
  handoff: 'automatic',
  recycle: { newPoints: 25, cooldownMs: { not_ready: 30 * DAY_MS, default: 30 * DAY_MS } },
  sla: null,
  tests: [],
}

export const published = (model: ScoringModel, publishedAt = 0, version = 1): ModelVersion => ({
  version,
  publishedAt,
  hash: String(version),
  source: '',
  model,
})
