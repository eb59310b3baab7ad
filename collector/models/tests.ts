import type { Fact } from '../contracts/facts.ts'
import type { ModelTest, ModelTestEvent, ModelVersion, ScoringModel } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'

/** How a test of goldpan.yaml went. */
export interface ModelTestResult {
  readonly name: string
  readonly pass: boolean
  readonly expected: { readonly stage: string; readonly because: readonly string[] }
  readonly got: { readonly stage: string; readonly reasons: readonly string[] }
  /** empty when it passed */
  readonly message: string
}

/** qualify's `advance`, handed in by the caller: models may not know who judges. */
export type Advance = (input: {
  readonly site: string
  readonly facts: readonly Fact[]
  readonly versions: readonly ModelVersion[]
  readonly idOf: (identifier: string) => string
  readonly now: number
}) => { readonly persons: readonly PersonState[] }

/** Every test ends at this instant, Thursday 15 January 2026 at noon UTC, so that it goes the same way each day. */
export const TEST_END_MS = Date.UTC(2026, 0, 15, 12)

/** Runs the tests of the file through the very function that scores visitors. */
export const runModelTests = (
  model: ScoringModel,
  source: string,
  advance: Advance,
): readonly ModelTestResult[] => {
  const version: ModelVersion = { version: 1, publishedAt: 0, hash: '', source, model }
  return model.tests.map(test => {
    const facts = factsOfTest(test, TEST_END_MS)
    const idOf = (identifier: string) => identifier
    const { persons } = advance({ site: SITE, facts, versions: [version], idOf, now: TEST_END_MS })
    return resultOf(test, persons)
  })
}

/** The person a test is about: the one seen last, when its events name several. */
function resultOf({ name, expect }: ModelTest, persons: readonly PersonState[]): ModelTestResult {
  const person = [...persons].sort((a, b) => b.lastSeenAt - a.lastSeenAt)[0]
  const got = { stage: person?.stage ?? 'anonymous', reasons: person ? reasonsFor(person) : [] }
  const missing = expect.because.filter(rule => !got.reasons.includes(rule))
  const flaws = [
    ...(got.stage === expect.stage ? [] : [`expected the stage ${expect.stage}, got ${got.stage}`]),
    ...(missing.length === 0 ? [] : [`expected ${missing.join(', ')} among the reasons`]),
  ]
  const message =
    flaws.length === 0 ? '' : `${flaws.join('; ')}. The reasons are ${got.reasons.join(', ') || 'none'}.`
  return { name, pass: flaws.length === 0, expected: expect, got, message }
}

/** Of an MQL, the rules that earned by the moment it qualified; of anyone else, the rules that hold at the end. */
const reasonsFor = ({ mql, fit, holds }: PersonState): readonly string[] =>
  mql ? mql.reasons.map(({ rule }) => rule) : [...fit.matched, ...Object.keys(holds)]

const SITE = 'test'
const VISITOR = 'test-visitor'
const ORIGIN = 'https://www.example.com'
/** An ordinary browser, so that the test's visitor is taken for a person. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/**
 * What the collector would have stored of a test's story: one visitor's facts. A view with engaged time or scroll depth
 * becomes two, the view that much earlier and the report at the event's own time. Ids ascend in the order of the file, so
 * that it decides between events of one instant.
 * @param endMs epoch ms of the end that `at` counts back from
 */
export function factsOfTest(test: ModelTest, endMs: number): readonly Fact[] {
  return test.events.flatMap((event, index) => {
    const at = endMs + event.atMs
    if (event.engagedMs === null && event.scrollPct === null) return [factOf(event, testId(2 * index), at)]
    const engagedMs = event.engagedMs ?? 0
    const view = factOf(event, testId(2 * index), at - engagedMs)
    const scroll = event.scrollPct === null ? {} : { scrollPct: event.scrollPct }
    const props = { view: view.id, engagedMs, ...scroll }
    return [
      view,
      { ...view, id: testId(2 * index + 1), type: 'engagement', occurredAt: at, receivedAt: at, props },
    ]
  })
}

const testId = (count: number): string => `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`

function factOf(event: ModelTestEvent, id: string, at: number): Fact {
  const url = new URL(event.path ?? '/', ORIGIN).href
  return {
    id,
    site: SITE,
    subject: VISITOR,
    visitor: VISITOR,
    session: event.session === null ? null : `test-session-${event.session}`,
    type: event.type,
    occurredAt: at,
    receivedAt: at,
    page: event.title === null ? { url } : { url, title: event.title },
    props: { ...propsOf(event), ...event.props },
    origin: 'browser',
    actor: null,
    ip: null,
    userAgent: USER_AGENT,
    tooLate: false,
    noted: null,
  }
}

function propsOf({ type, file, form, traits }: ModelTestEvent): Readonly<Record<string, unknown>> {
  if (type === 'download')
    return { url: `${ORIGIN}/files/${encodeURIComponent(file ?? '')}`, file: file ?? '' }
  if (type === 'identify') {
    const { email, phone, ...others } = traits
    return {
      ...(email === undefined ? {} : { email: String(email) }),
      ...(phone === undefined ? {} : { phone: String(phone) }),
      traits: others,
    }
  }
  if (!type.startsWith('form_')) return {}
  const reference = { form: form === null ? {} : { id: form } }
  return type === 'form_submit' ? { ...reference, fields: fieldsOf(traits) } : reference
}

const fieldsOf = (traits: ModelTestEvent['traits']) =>
  Object.entries(traits).map(([trait, value]) => ({
    name: trait,
    'data-goldpan-field': trait,
    value: String(value),
  }))
