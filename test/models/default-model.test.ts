import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import type { ModelTest, ModelTestEvent } from '../../collector/contracts/model.ts'
import { runModelTests } from '../../collector/models/tests.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { modelIn } from './sample.ts'

const SOURCE = readFileSync(new URL('../../goldpan.yaml', import.meta.url), 'utf8')
const MODEL = modelIn(SOURCE)

it.each(runModelTests(MODEL, SOURCE, advance))(
  'the shipped model keeps its word: $name',
  ({ pass, message }) => {
    expect(message).toBe('')
    expect(pass).toBe(true)
  },
)

/** Worked example 1 at any pace: the newsletter, the guide, then visits to pricing this long before the end. */
function stageAfter(
  visits: readonly number[],
  told: Readonly<Record<string, string>>,
  lead: number,
  engagedMs: number | null,
): string {
  const first = Math.max(...visits)
  const event = (event: Partial<ModelTestEvent> & Pick<ModelTestEvent, 'atMs' | 'type'>): ModelTestEvent => ({
    path: null,
    title: null,
    file: null,
    form: null,
    session: null,
    engagedMs: null,
    scrollPct: null,
    traits: {},
    props: {},
    ...event,
  })
  const email = 'a@acme.example'
  const test: ModelTest = {
    name: 'worked example 1',
    events: [
      event({ atMs: -first - lead - HOUR_MS, type: 'form_submit', form: 'newsletter', traits: { email } }),
      event({ atMs: -first - lead, type: 'download', file: '10-strategies-guide.pdf' }),
      event({ atMs: -first - lead, type: 'identify', traits: { email, company: 'Acme', ...told } }),
      ...visits.map((at, index) =>
        event({ atMs: -at, type: 'page_view', path: '/pricing', session: String(index), engagedMs }),
      ),
    ],
    expect: { stage: 'mql', because: [] },
  }
  const [result] = runModelTests({ ...MODEL, tests: [test] }, SOURCE, advance)
  return result?.got.stage ?? ''
}

const FITS = { jobTitle: 'Ръководител на маркетинга', industry: 'IT' }
const lead = fc.integer({ min: 0, max: 14 * DAY_MS })
const engaged = fc.constantFrom(null, 6_000, 20_000, MINUTE_MS)
const within = (days: number) => fc.integer({ min: 0, max: days * DAY_MS - HOUR_MS })

describe('worked example 1 comes out right at any pace', () => {
  it('with three visits within two weeks', () => {
    fc.assert(
      fc.property(within(14), within(14), lead, engaged, (one, two, before, time) => {
        expect(stageAfter([one, two, 0], FITS, before, time)).toBe('mql')
      }),
      { numRuns: 60 },
    )
  }, 30_000)

  it('and stays qualified when the first of the visits leaves the two weeks', () => {
    const fiveDaysAgo = [18, 11, 5].map(days => days * DAY_MS)
    expect(stageAfter(fiveDaysAgo, FITS, 0, 20_000)).toBe('mql')
  })

  it('never with two', () => {
    fc.assert(
      fc.property(within(14), lead, engaged, (one, before, time) => {
        expect(stageAfter([one, 0], FITS, before, time)).toBe('lead')
      }),
      { numRuns: 60 },
    )
  }, 30_000)

  it('never with three over fifteen days or more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15 * DAY_MS, max: 60 * DAY_MS }),
        within(14),
        lead,
        engaged,
        (one, two, before, time) => {
          expect(stageAfter([one, two, 0], FITS, before, time)).toBe('lead')
        },
      ),
      { numRuns: 60 },
    )
  }, 30_000)

  it('never while title and industry are unknown', () => {
    fc.assert(
      fc.property(within(14), within(14), lead, engaged, (one, two, before, time) => {
        expect(stageAfter([one, two, 0], {}, before, time)).toBe('lead')
      }),
      { numRuns: 60 },
    )
  }, 30_000)
})
