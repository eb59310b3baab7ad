import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import type { GlobGroup, ModelTestEvent, Scalar, ScoringModel } from '../../collector/contracts/model.ts'
import { runModelTests } from '../../collector/models/tests.ts'
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts'
import { startingPoint } from '../support/starting-points.ts'

/** Who must not qualify under a model, whatever they do and whoever else they are. */
interface Outsider {
  readonly who: string
  readonly file: string
  /** what they stay away from: `form demo`, `page pricing` */
  readonly without: readonly string[]
  /** what is known of them; a list is a choice */
  readonly traits: Readonly<Record<string, readonly Scalar[]>>
}

const BOSS = ['CEO', 'Head of Marketing', 'Dyrektor Sprzedaży', 'Owner']
const OUTSIDERS: readonly Outsider[] = [
  {
    who: 'a reader, who never looks at prices',
    file: 'goldpan.yaml',
    without: ['page pricing', 'form demo', 'form trial', 'form quote'],
    traits: { jobTitle: BOSS, industry: ['IT'], companySize: [80], company: ['Acme'] },
  },
  {
    who: 'a company of another size',
    file: 'models/crm-vendor.yaml',
    without: [],
    traits: {
      jobTitle: BOSS,
      companySize: [1, 49, 201, 90_000],
      industry: ['Manufacturing'],
      technologies: ['Excel'],
    },
  },
  {
    who: 'an intern',
    file: 'models/crm-vendor.yaml',
    without: [],
    traits: { jobTitle: ['Sales intern', 'Stażysta'], companySize: [120], industry: ['Manufacturing'] },
  },
  {
    who: 'somebody who has not written',
    file: 'models/branding-agency.yaml',
    without: ['form brief'],
    traits: {
      jobTitle: BOSS,
      industry: ['Software'],
      companyAge: [1, 2],
      funding: ['seed'],
      monthsSinceFunding: [3],
    },
  },
  {
    who: 'somebody who asked for neither a quote nor a call',
    file: 'models/insurance.yaml',
    without: ['form quote', 'form callback'],
    traits: { country: ['BG'], age: [40], industry: ['Logistics'], fleetSize: [30] },
  },
  {
    who: 'a minor',
    file: 'models/insurance.yaml',
    without: [],
    traits: { country: ['BG'], age: [14, 17], industry: ['Logistics'] },
  },
  {
    who: 'a dreamer',
    file: 'models/interior-studio.yaml',
    without: ['form request'],
    traits: { country: ['BG'], budget: [90_000], floorArea: [300], industry: ['Hotels'] },
  },
  {
    who: 'a consumer, at home or at work',
    file: 'models/online-shop.yaml',
    without: ['form wholesale'],
    traits: { country: ['BG'], jobTitle: BOSS, industry: ['Retail'], companySize: [800] },
  },
]

const EMAILS = ['zoe@gmail.com', 'zoe@acme.example']

describe.each(OUTSIDERS)('$file never qualifies $who', ({ file, without, traits }) => {
  const { model, source } = startingPoint(file)
  const deeds = deedsOf(model, new Set(without))

  it('whatever they do', () => {
    const held = new Set<string>()
    fc.assert(
      fc.property(lifeOf(deeds, traits), events => {
        const test = { name: 'a life', events, expect: { stage: 'mql', because: [] } }
        const [result] = runModelTests({ ...model, tests: [test] }, source, advance)
        for (const rule of result?.got.reasons ?? []) held.add(rule)
        expect(result?.got.stage).toBe('lead')
      }),
      { numRuns: 150 },
    )
    expect(held.size).toBeGreaterThan(5)
  })
})

type Deed = Omit<ModelTestEvent, 'atMs'>

const NOTHING: Deed = {
  type: 'page_view',
  path: null,
  title: null,
  file: null,
  form: null,
  session: null,
  engagedMs: null,
  scrollPct: null,
  traits: {},
  props: {},
}

/** Everything the model has a word for. */
function deedsOf(model: ScoringModel, shut: ReadonlySet<string>): readonly Deed[] {
  const open = (kind: string, groups: readonly GlobGroup[]) =>
    groups.filter(({ name }) => !shut.has(`${kind} ${name}`))
  const first = ({ globs }: GlobGroup) => (globs[0] ?? '').replaceAll(/\*+/g, 'x')
  const known = new Set(['page_view', 'download', 'form_submit'])
  const others = model.engagement.rules.filter(({ on }) => !known.has(on))
  return [
    ...open('page', model.pages).map(group => ({ ...NOTHING, path: first(group), engagedMs: MINUTE_MS })),
    ...open('asset', model.assets).map(group => ({ ...NOTHING, type: 'download', file: first(group) })),
    ...open('form', model.forms).map(group => ({
      ...NOTHING,
      type: 'form_submit',
      form: first(group),
      traits: { message: 'We need a rebranding.' },
    })),
    ...others.map(({ on }) => ({
      ...NOTHING,
      type: on,
      props: { campaign: 'clear-brand', url: 'https://instagram.com/us' },
    })),
  ]
}

/** Deeds in any order over some months, after and before they say who they are. */
function lifeOf(deeds: readonly Deed[], traits: Outsider['traits']): fc.Arbitrary<readonly ModelTestEvent[]> {
  const who = fc.record(
    Object.fromEntries(Object.entries(traits).map(([name, values]) => [name, fc.constantFrom(...values)])),
  )
  const deed = fc.record({ deed: fc.constantFrom(...deeds), agoMs: fc.integer({ min: 0, max: 30 * DAY_MS }) })
  return fc
    .tuple(
      who,
      fc.constantFrom(...EMAILS),
      fc.array(deed, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 30 * DAY_MS }),
    )
    .map(([known, email, done, agoMs]) => {
      const said = { ...NOTHING, type: 'identify', traits: { email, ...known }, atMs: -agoMs }
      const events = done.map(one => ({
        ...one.deed,
        atMs: -one.agoMs,
        session: String(one.agoMs),
        traits: one.deed.type === 'form_submit' ? { email, ...one.deed.traits } : {},
      }))
      return [said, ...events].sort((a, b) => a.atMs - b.atMs)
    })
}
